"""Where this installation is reached, and the secret that its forms are sealed with."""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from fourcorners.infra import Floor

__all__ = ["Site", "floor_of", "site_of"]


@dataclass(frozen=True)
class Site:
    """`origin` is what people type, such as `https://verify.example.org`, without a path; `secret` is 32 bytes or more.

    `hosts` are further names by which a load balancer or a test may ask; no other Host header is answered.
    """

    origin: str
    secret: bytes
    hosts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        parts = urlsplit(self.origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
            raise ValueError(f"an origin is a scheme, a host and perhaps a port, not {self.origin!r}")
        if len(self.secret) < 32:
            raise ValueError("the secret has fewer than 32 bytes")

    @property
    def secure(self) -> bool:
        """Is it reached over TLS? Then cookies say so, and browsers are told to insist on it."""
        return self.origin.startswith("https:")

    @property
    def host(self) -> str:
        """The name alone, without the port: what passkeys are bound to."""
        return urlsplit(self.origin).hostname or ""

    def knows(self, host: str) -> bool:
        """Is this Host header, port included, one of ours?"""
        return host == urlsplit(self.origin).netloc or host in self.hosts

    def cookie(self, name: str) -> str:
        """The full name of a cookie: over TLS with the prefix that no other host and no other path can set."""
        return f"__Host-fc_{name}" if self.secure else f"fc_{name}"

    def seal(self, purpose: str, value: str) -> str:
        """A keyed hash of `value`, 64 hex digits, that is good for one `purpose` only."""
        return hmac.new(self.secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def site_of(floor: Floor) -> Site:
    """The site that the operator's settings describe; its secret is derived from the master key."""
    secret = hmac.digest(floor.database.keyring.master, b"fourcorners forms", "sha256")
    return Site(floor.settings.public_url.rstrip("/"), secret)


def floor_of(asked: HTTPConnection) -> Floor:
    """The opened parts of the service, for whoever answers a request or a socket."""
    floor: Floor = asked.app.state.floor
    return floor

"""The one place that speaks to endpoints: one POST to an address that was looked at first, and no following elsewhere.

A name is resolved once; every address that it leads to must be a public one, and the connection goes to an address that
was looked at, so that a name which changes in between leads nowhere else (OWASP, server-side request forgery).
"""

import socket
import ssl
import threading
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from fourcorners.infra.settings import Settings
from fourcorners.infra.webhooks.errors import AddressForbidden, EndpointUrlInvalid, WebhookFailed
from fourcorners.infra.webhooks.events import rules

__all__ = ["check_url", "is_public", "post"]

TRANSLATED = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
PORT_MAX = 65_535


def check_url(url: str, settings: Settings) -> None:
    """Is this an address that we may send to? Names are not resolved yet. Raises EndpointUrlInvalid."""
    if len(url) > rules()["url_letters_max"] or not url.isascii() or not url.isprintable() or " " in url:
        raise EndpointUrlInvalid("The address is too long, or has letters that no address has.", why="letters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise EndpointUrlInvalid("This is no address.", why="form") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.webhooks_plain_http):
        raise EndpointUrlInvalid("The address must begin with https.", why="scheme")
    if not host or parts.username is not None or parts.fragment or port == 0:
        raise EndpointUrlInvalid("The address needs a host, and no name, password or fragment.", why="form")
    try:
        literal = ip_address(host)
    except ValueError:
        return
    if not settings.webhooks_private_addresses and not is_public(literal):
        raise EndpointUrlInvalid("The address lies in a private network.", why="private")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """May a message go there? Looks through IPv4 addresses that are written as IPv6."""
    if isinstance(address, IPv6Address):
        if address.teredo is not None:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def post(url: str, body: bytes, headers: dict[str, str], settings: Settings) -> int:
    """Send it; the status of the answer, whatever it is, and nothing else of it.

    Raises AddressForbidden, EndpointUrlInvalid, WebhookFailed.
    """
    check_url(url, settings)
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    connection = _Looked(
        parts.hostname or "", parts.port or (443 if secure else 80), secure, settings.webhooks_private_addresses
    )
    hurry = threading.Timer(rules()["answer_s_max"], connection.cut)
    hurry.daemon = True
    hurry.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except (TimeoutError, ssl.SSLError, OSError, HTTPException) as error:
        raise WebhookFailed("The endpoint could not be reached.", why=_why(error, cut=connection.was_cut)) from error
    finally:
        hurry.cancel()
        connection.close()


class _Looked(HTTPConnection):
    """A connection to an address that was looked at; over TLS, the certificate must be that of the name."""

    def __init__(self, host: str, port: int, secure: bool, private: bool) -> None:
        super().__init__(host, port, timeout=rules()["connect_s_max"])
        self.secure, self.private, self.was_cut = secure, private, False

    def connect(self) -> None:
        """Resolve, look, connect. Raises AddressForbidden."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        for *_, place in found:
            if not self.private and not is_public(ip_address(str(place[0]).partition("%")[0])):
                raise AddressForbidden("The name leads into a private network.")
        family, kind, protocol, _, place = found[0]
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(self.timeout)
        try:
            plain.connect(place)
            secured = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self.secure else plain
            )
        except BaseException:
            plain.close()
            raise
        self.sock = secured

    def cut(self) -> None:
        """End it from another thread: it has taken too long."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


def _why(error: Exception, *, cut: bool) -> str:
    if cut or isinstance(error, TimeoutError):
        return "too_slow"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, socket.gaierror):
        return "name_unknown"
    return "answer_malformed" if isinstance(error, HTTPException) else "not_connected"

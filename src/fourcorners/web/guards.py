"""What every request passes before a route sees it: known host, own origin, a bearable rate."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from fourcorners.web.errors import HostUnknown, OriginForeign, TooManyRequests
from fourcorners.web.limits import RateLimit, rate_keys_max, rate_limits
from fourcorners.web.site import Site

__all__ = ["Buckets", "KnownHost", "OwnOrigin", "Paced", "is_api", "network_address"]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_api(path: str) -> bool:
    """Is it an address of the JSON API, which keys open and cookies do not?"""
    return path == "/v1" or path.startswith("/v1/")


class KnownHost:
    """Refuse a Host header that is not ours: links in mails and pages are built from it nowhere, caches may."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or raise HostUnknown."""
        if scope["type"] in ("http", "websocket") and not self.site.knows(Headers(scope=scope).get("host", "")):
            raise HostUnknown("This installation does not answer for that host name.")
        await self.app(scope, receive, send)


class OwnOrigin:
    """Refuse what another site's page sends with our visitor's cookies: writes, and every socket.

    Sec-Fetch-Site is what the browser itself says (W3C Fetch Metadata); Origin is asked where it is missing. A client
    that sends neither is no browser; forms are held by their token besides.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or raise OriginForeign."""
        if scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["method"] not in SAFE and not is_api(scope["path"])
        ):
            self._check(Headers(scope=scope), socket=scope["type"] == "websocket")
        await self.app(scope, receive, send)

    def _check(self, headers: Headers, *, socket: bool) -> None:
        said, origin = headers.get("sec-fetch-site"), headers.get("origin")
        own = said in ("same-origin", "none") if said else origin is None or self._ours(origin)
        if socket:  # browsers let any page open a socket to us: here a missing Origin will not do
            own = origin is not None and self._ours(origin)
        if not own:
            raise OriginForeign("This was sent from another site, so nothing was done.")

    def _ours(self, origin: str) -> bool:
        scheme, _, host = origin.partition("://")
        return self.site.knows(host) and scheme == self.site.origin.partition("://")[0]


class Buckets:
    """Token buckets, the longest unseen forgotten first. `clock` gives seconds that never run backwards."""

    def __init__(self, keys_max: int, clock: Callable[[], float]) -> None:
        self.keys_max, self.clock = keys_max, clock
        self.kept: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, limit: RateLimit, key: str) -> float:
        """Take one from the bucket of `key`: 0, or the seconds until there is one to take."""
        moment, refill = self.clock(), limit.requests / limit.per_s
        left, since = self.kept.pop((limit.name, key), (float(limit.requests), moment))
        left = min(float(limit.requests), left + (moment - since) * refill)
        wait = 0.0 if left >= 1 else (1 - left) / refill
        self.kept[limit.name, key] = (left if wait else left - 1, moment)
        if len(self.kept) > self.keys_max:
            self.kept.popitem(last=False)
        return wait

    def left(self, limit: RateLimit, key: str) -> int:
        """How many can be taken just now."""
        left, since = self.kept.get((limit.name, key), (float(limit.requests), self.clock()))
        return int(min(float(limit.requests), left + (self.clock() - since) * limit.requests / limit.per_s))


class Paced:
    """Refuse an address that asks too often, as limits.toml says."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.buckets = app, Buckets(rate_keys_max(), clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or raise TooManyRequests."""
        if scope["type"] == "http":
            limit = next((x for x in rate_limits() if x.fits(scope["method"], scope["path"])), None)
            wait = self.buckets.take(limit, network_address(scope)) if limit else 0.0
            if wait:
                raise TooManyRequests("Too many requests came from your address.", retry_after_s=ceil(wait))
        await self.app(scope, receive, send)


def network_address(scope: Scope) -> str:
    """Who asks, as far as limits go: the IPv4 address, or the /64 that one IPv6 subscriber is given."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)

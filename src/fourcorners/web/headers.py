"""What every answer tells the browser: trust nothing but us, show us in no frame, keep nothing of what is private."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fourcorners.web.site import Site

__all__ = ["CONTENT_SECURITY_POLICY", "SafeHeaders"]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",  # a picture is shown before it is sent
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # not `no-referrer`: with it, our own forms would be sent with `Origin: null`
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ONE_YEAR_S = 365 * 24 * 3600


class SafeHeaders:
    """Add them to every answer. One that says nothing about caching is private, and kept by nobody."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.headers = dict(HEADERS)
        if site.secure:
            self.headers["strict-transport-security"] = f"max-age={ONE_YEAR_S}; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and add the headers to what comes back."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)

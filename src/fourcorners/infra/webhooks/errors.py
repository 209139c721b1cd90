"""What webhooks decline."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["AddressForbidden", "EndpointUrlInvalid", "EventUnknown", "TooManyEndpoints", "WebhookFailed"]


class EndpointUrlInvalid(Refusal):
    """The address of an endpoint is not one that we send to: `why` says what is wrong with it."""

    code = "endpoint_url_invalid"


class AddressForbidden(Refusal):
    """The name of an endpoint leads to an address of a private network, where nobody outside has any business."""

    code = "address_forbidden"


class EventUnknown(Refusal):
    """There is no event of this name."""

    code = "event_unknown"


class TooManyEndpoints(Refusal):
    """There can be only so many endpoints."""

    code = "too_many_endpoints"


class WebhookFailed(Refusal):
    """The endpoint did not take the message; it is tried again. `status` is what it answered, if it did."""

    code = "webhook_failed"
    retryable: ClassVar[bool] = True

"""What the web edge itself declines."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "BodyMalformed",
    "BodyTooLarge",
    "BodyTooSlow",
    "FormExpired",
    "HostUnknown",
    "LinkNeeded",
    "MediaTypeDiffers",
    "MediaTypeUnsupported",
    "MethodNotOffered",
    "OriginForeign",
    "PageMissing",
    "RequestInvalid",
    "TooManyRequests",
]


class BodyTooLarge(Refusal):
    """More was sent than this address takes."""

    code = "body_too_large"


class BodyTooSlow(Refusal):
    """The rest of what was announced did not come in time."""

    code = "body_too_slow"
    retryable = True


class BodyMalformed(Refusal):
    """What was sent is not what its header says it is, or has too many parts."""

    code = "body_malformed"


class FormExpired(Refusal):
    """The form was not handed out to this browser, or before it signed in or out."""

    code = "form_expired"
    retryable = True


class HostUnknown(Refusal):
    """The request names a host that this installation does not answer for."""

    code = "host_unknown"


class MediaTypeUnsupported(Refusal):
    """The body is of a type that this address does not take."""

    code = "media_type_unsupported"


class MediaTypeDiffers(Refusal):
    """The file is not of the type that was said; `found` is what it is."""

    code = "media_type_differs"


class MethodNotOffered(Refusal):
    """The address exists, but not for this method."""

    code = "method_not_offered"


class OriginForeign(Refusal):
    """Another site tried to act in the name of whoever is signed in here."""

    code = "origin_foreign"


class PageMissing(Refusal):
    """Nothing is at this address, or nothing that this person may know of."""

    code = "page_missing"


class LinkNeeded(PageMissing):
    """The page belongs to one person, who comes by a link of their own or signs in."""

    code = "link_needed"


class RequestInvalid(Refusal):
    """The request lacks something or has it of the wrong kind; `errors` says where, never what was sent."""

    code = "request_invalid"


class TooManyRequests(Refusal):
    """This address or account asked too often. `retry_after_s` says when to come back."""

    code = "too_many_requests"
    retryable = True

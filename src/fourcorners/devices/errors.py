"""What devices decline."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "DeviceHere",
    "DeviceUnknown",
    "FactorNotAsked",
    "KeyUnusable",
    "LinkOver",
    "NotCompared",
    "NumberUnusable",
    "ProofRefused",
    "ProofSpent",
    "RequestOver",
    "SecondReviewer",
    "TicketOver",
    "TooOften",
]


class KeyUnusable(Refusal):
    """What the browser sent is not a public key on the curve P-256."""

    code = "device_key_unusable"


class ProofRefused(Refusal):
    """The signature is not this device's over this request, or came too late: a copied cookie cannot make one."""

    code = "device_proof_refused"
    retryable = True


class ProofSpent(ProofRefused):
    """This signature was used before."""

    code = "device_proof_spent"


class DeviceUnknown(Refusal):
    """This browser is no device that the account trusts."""

    code = "device_unknown"


class DeviceHere(Refusal):
    """A device cannot remove itself: sign out instead, or remove it from another one (DEV10)."""

    code = "device_here"


class RequestOver(Refusal):
    """The request to come in was decided, has run out or was locked; `status` says which."""

    code = "device_request_over"


class FactorNotAsked(Refusal):
    """The server chose other ways to show who it is; nobody else chooses (DEV3)."""

    code = "factor_not_asked"


class TooOften(Refusal):
    """Enough for now: `what` was used as often as policy.toml allows, and `again_at` says when it may be again."""

    code = "device_too_often"
    retryable = True


class LinkOver(Refusal):
    """The link of a mail was used, has run out, or never was one."""

    code = "device_link_over"


class NumberUnusable(Refusal):
    """What was typed is no telephone number that can be called from abroad: country code and all."""

    code = "phone_number_unusable"


class TicketOver(Refusal):
    """A new device that waits for a person was decided, objected to, or has run out; `stage` says which."""

    code = "device_ticket_over"


class SecondReviewer(Refusal):
    """Another person must look at what somebody proposed."""

    code = "device_second_reviewer"


class NotCompared(Refusal):
    """The machine is still comparing the photos; what it doubts may ask for a second person."""

    code = "device_not_compared"
    retryable = True

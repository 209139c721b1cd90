"""What an institution's application cannot do."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["ApplicationIncomplete", "KindNotAllowed", "TransitionNotAllowed"]


class TransitionNotAllowed(Refusal):
    """An application cannot go from the state it is in to the one asked for."""

    code: ClassVar[str] = "institution_transition_not_allowed"


class KindNotAllowed(Refusal):
    """What is said of the institution does not go with the kind it applies as."""

    code: ClassVar[str] = "institution_kind_not_allowed"
    retryable: ClassVar[bool] = True


class ApplicationIncomplete(Refusal):
    """An application lacks something that it needs to be submitted; the message names each item."""

    code: ClassVar[str] = "institution_application_incomplete"
    retryable: ClassVar[bool] = True

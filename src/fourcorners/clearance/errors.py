"""What clearance declines to do."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "AlreadyDecided",
    "CaseChanged",
    "CaseTaken",
    "CursorInvalid",
    "ExceptionNotAllowed",
    "ItemsOpen",
    "NotCleared",
    "NotHeld",
    "NotInReview",
    "NotVerified",
    "NothingWaits",
    "ReasonUnknown",
    "SecondPersonNeeded",
    "TextMissing",
]


class NotCleared(Refusal):
    """This person is not verified to the level that is needed; `level` and `needed` say where they stand."""

    code = "not_cleared"


class AlreadyDecided(Refusal):
    """Somebody else decided this case a moment ago."""

    code = "already_decided"


class ReasonUnknown(Refusal):
    """A reason that is not in the catalogue, or none where one is needed (FAI16)."""

    code = "reason_unknown"


class SecondPersonNeeded(Refusal):
    """Four eyes: the second decision must come from another person."""

    code = "second_person_needed"


class CaseChanged(Refusal):
    """Somebody decided or proposed something on this case after you opened it."""

    code = "case_changed"


class CaseTaken(Refusal):
    """Somebody else is working on this case."""

    code = "case_taken"


class NotInReview(Refusal):
    """The case does not stand where this can be done; `phase` says where it stands."""

    code = "not_in_review"


class ItemsOpen(Refusal):
    """An institution is approved when every item of its application was accepted; `items` lists the others."""

    code = "items_open"
    retryable = True


class NothingWaits(Refusal):
    """No case in the queue waits for you."""

    code = "nothing_waits"


class ExceptionNotAllowed(Refusal):
    """The policy names the reasons that a reviewer may let stand; this is none of them."""

    code = "exception_not_allowed"


class TextMissing(Refusal):
    """A note or a question needs a text, of a bearable length."""

    code = "text_missing"
    retryable = True


class CursorInvalid(Refusal):
    """The place in the list is not one that was handed out."""

    code = "cursor_invalid"


class NotHeld(Refusal):
    """Nobody holds this person, so there is nothing to lift."""

    code = "not_held"


class NotVerified(Refusal):
    """Only of somebody who is verified can it be said what was verified."""

    code = "not_verified"

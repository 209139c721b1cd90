"""What clearance declines to do."""

from fourcorners.kit.errors import Refusal

__all__ = ["AlreadyDecided", "NotCleared", "ReasonUnknown", "SecondPersonNeeded"]


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

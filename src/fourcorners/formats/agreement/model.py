"""The answer, the same for every kind of field."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["DIFFERENT", "MISSING", "TOO_LONG", "Agreement", "Outcome", "is_blank", "is_too_long"]

Outcome = Literal["same", "compatible", "different", "missing"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two texts say the same, and what sets them apart.

    `same`: they differ in nothing, or only in how one thing is written (case, marks, spacing, transliteration, order of
    a date). `compatible`: both can be true of one person, but one says less, or a letter may have been misread; a rule
    decides whether that is enough. `different`: they cannot both be true. `missing`: one of them says nothing.
    `reasons` are stable codes; under `different` they are hints for a reviewer.
    """

    outcome: Outcome
    reasons: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Same or compatible."""
        return self.outcome in ("same", "compatible")

    @property
    def note(self) -> str:
        """The outcome and its reasons in one line, for a report."""
        return ", ".join((self.outcome, *self.reasons))


MISSING = Agreement("missing")
DIFFERENT = Agreement("different")
TOO_LONG = Agreement("different", ("too_long",))

CHARACTERS_MAX = 1_000
"""No field of a document holds more; a longer text is not looked at, so that no input can take seconds."""


def is_too_long(*texts: str | None) -> bool:
    """Is one of them longer than any field?"""
    return any(text is not None and len(text) > CHARACTERS_MAX for text in texts)


def is_blank(text: str | None) -> bool:
    """Nothing but space and fillers."""
    return text is None or not text.strip(" <\t\r\n-.")

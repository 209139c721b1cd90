"""A sign that a paper was changed after it was issued."""

from dataclasses import dataclass

from fourcorners.vision.papers.line import Box

__all__ = ["Edit"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A sign. `kind` is a key of the check's weights; `box` is in page pixels, None where it has no place."""

    kind: str
    note: str
    box: Box | None = None
    page: int = 0

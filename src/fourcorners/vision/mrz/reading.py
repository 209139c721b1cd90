"""What was read in the machine-readable zone of a picture, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fourcorners.kit.geometry import Quad

if TYPE_CHECKING:
    from fourcorners.formats.mrz import Mrz

__all__ = ["MrzReading"]


@dataclass(frozen=True, slots=True, eq=False)
class MrzReading:
    """The lines as printed, right or marked as not sure; never repaired to please a check digit.

    `mrz` is the parsed zone, None when the text is none. `format` is a format's name, or "" when no format fits.
    `sure` says that no other reading is plausible; `alternatives` are the competing ones, likeliest first.
    `line_quads` and `field_quads` are in photo pixels, clockwise from the start of the text. `confidence` holds for
    each line the chance 0..1 that all of it is right. `quarter_turns` says how often the page must be turned
    counter-clockwise (as `turned` does) for the lines to run from left to right.
    """

    mrz: Mrz | None
    format: str
    lines: tuple[str, ...]
    check_digits_agree: bool
    sure: bool
    confidence: tuple[float, ...]
    line_quads: tuple[Quad, ...]
    quarter_turns: int
    alternatives: tuple[tuple[str, ...], ...] = ()
    field_quads: Mapping[str, Quad] = field(default_factory=dict)

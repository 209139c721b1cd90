"""The typefaces that documents are printed in: Roboto, Source Sans Pro and Source Serif Pro, carried by packages."""

from functools import cache
from importlib.resources import files

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from fourcorners.specimens.model import Plane, SpecimenError

__all__ = ["draw_text", "text_width"]

FACES = {
    "roboto": ("font_roboto", "Roboto"),
    "sans": ("font_source_sans_pro", "SourceSansPro"),
    "serif": ("font_source_serif_pro", "SourceSerifPro"),
}


@cache
def _font(name: str, em_px: float) -> ImageFont.FreeTypeFont:
    """A font such as "sans-Bold"; `em_px` is its size in pixels."""
    family, _, weight = name.partition("-")
    if family not in FACES:
        raise SpecimenError(f"No typeface is called {family!r}; there are {', '.join(FACES)}.")
    package, stem = FACES[family]
    return ImageFont.truetype(str(files(package) / "files" / f"{stem}-{weight or 'Regular'}.ttf"), em_px)


def text_width(text: str, name: str, em_px: float) -> float:
    """Advance width in pixels."""
    return float(_font(name, em_px).getlength(text))


def draw_text(text: str, name: str, em_px: float) -> tuple[Plane, int, int]:
    """Ink coverage of a line of text, and where its top left lies from the pen on the baseline, in pixels."""
    font = _font(name, em_px)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text, anchor="ls"))
    picture = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(picture).text((-left, -top), text, fill=255, font=font, anchor="ls")
    return np.asarray(picture), left, top

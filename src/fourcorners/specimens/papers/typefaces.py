"""Typefaces of papers, embedded in their PDFs: those that packages carry."""

from functools import cache
from importlib.resources import files

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from fourcorners.specimens.fonts import FACES

__all__ = ["FAMILIES", "typeface"]

FAMILIES = tuple(FACES)


@cache
def typeface(family: str, *, bold: bool = False) -> str:
    """The name under which a PDF canvas knows a typeface."""
    package, stem = FACES[family]
    weight = "Bold" if bold else "Regular"
    name = f"{stem}-{weight}"
    registerFont(TTFont(name, str(files(package) / "files" / f"{name}.ttf")))
    return name

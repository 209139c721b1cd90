"""Typefaces of papers, embedded in their PDFs: those that packages carry."""

from functools import cache
from importlib.resources import files

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from fourcorners.specimens.fonts import FACES

__all__ = ["CORE", "EVALUATION_FAMILIES", "FAMILIES", "typeface"]

FAMILIES = tuple(FACES)

EVALUATION_FAMILIES = ("roboto-light", "sans-light", "serif-light", "Helvetica", "Times")
"""Light cuts, and those that every PDF reader carries (Western European letters only)."""

CORE = {"Helvetica": ("Helvetica", "Helvetica-Bold"), "Times": ("Times-Roman", "Times-Bold")}


@cache
def typeface(family: str, *, bold: bool = False) -> str:
    """The name under which a PDF canvas knows a typeface."""
    if family in CORE:
        return CORE[family][bold]
    family, _, cut = family.partition("-")
    package, stem = FACES[family]
    weight = "Bold" if bold else cut.capitalize() or "Regular"
    name = f"{stem}-{weight}"
    registerFont(TTFont(name, str(files(package) / "files" / f"{name}.ttf")))
    return name

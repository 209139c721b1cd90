"""Printed text on a page, as lines with places and confidences."""

from fourcorners.vision.text.direction import text_votes
from fourcorners.vision.text.lines import READABLE_MIN, Script, TextLine, read_lines
from fourcorners.vision.text.recognise import cut_line
from fourcorners.vision.text.tesseract import read_with_tesseract, tesseract_languages

__all__ = [
    "READABLE_MIN",
    "Script",
    "TextLine",
    "cut_line",
    "read_lines",
    "read_with_tesseract",
    "tesseract_languages",
    "text_votes",
]

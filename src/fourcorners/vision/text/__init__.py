"""Printed text on a page, as lines with places and confidences."""

from fourcorners.vision.text.direction import text_votes
from fourcorners.vision.text.lines import READABLE_MIN, Script, TextLine, read_lines

__all__ = ["READABLE_MIN", "Script", "TextLine", "read_lines", "text_votes"]

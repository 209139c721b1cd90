"""Printed text on a page, as lines with places and confidences."""

from fourcorners.vision.text.direction import text_votes
from fourcorners.vision.text.lines import Script, TextLine, read_lines

__all__ = ["Script", "TextLine", "read_lines", "text_votes"]

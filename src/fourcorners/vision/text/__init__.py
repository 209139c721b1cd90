"""Printed text on a page, as lines with places and confidences."""

from fourcorners.vision.text.lines import TextLine, read_lines

__all__ = ["TextLine", "read_lines"]

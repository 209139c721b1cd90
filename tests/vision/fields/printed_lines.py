"""Printed lines as the network would give them, without a network."""

import numpy as np

from fourcorners.vision.text import TextLine


def line(text, x=100.0, y=100.0, height=30.0, confidence=0.98, script="latin"):
    """A level line at `x`, `y`, its letters half as wide as high."""
    width = 0.5 * height * len(text)
    quad = np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])
    places = tuple((i + 0.5) / len(text) for i in range(len(text)))
    return TextLine(text, confidence, quad, script, places)


def column(*texts, x=100.0, y=100.0, label_height=18.0, height=30.0):
    """Labels and values below one another, in turn."""
    lines = []
    for i, text in enumerate(texts):
        size = height if i % 2 else label_height
        lines.append(line(text, x, y, size))
        y += size + (14.0 if i % 2 else 4.0)
    return lines

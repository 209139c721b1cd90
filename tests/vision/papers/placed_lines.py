"""A paper from texts and where they stand: (left, top, text) or (left, top, text, height), in pixels of an A4 page."""

from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.reading import PaperReading, read_paper

HEIGHT = 1684


def read(*placed: tuple[float, float, str] | tuple[float, float, str, float]) -> PaperReading:
    lines = []
    for x, y, text, *size in placed:
        height = size[0] if size else 18.0
        places = tuple((i + 0.5) / len(text) for i in range(len(text)))
        lines.append(PaperLine(text, (x, y, x + 0.48 * height * len(text), y + height), places=places))
    return read_paper(lines, HEIGHT)

"""Papers that prove an address: opened, read, and looked at for edits."""

from fourcorners.vision.papers.bound import BoundPaper
from fourcorners.vision.papers.fields import PaperField
from fourcorners.vision.papers.kinds import KINDS, Kind
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.paper import Paper, PaperPage, open_paper
from fourcorners.vision.papers.reading import PaperReading

__all__ = [
    "KINDS",
    "BoundPaper",
    "Kind",
    "Paper",
    "PaperField",
    "PaperLine",
    "PaperPage",
    "PaperReading",
    "open_paper",
]

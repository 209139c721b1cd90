"""What stands beside a mark, in the reader's words: checks name places briefly, and measures as plain numbers."""

import re

from fourcorners.verdict.catalogue import text

__all__ = ["mark_words"]

MEASURED = (
    (re.compile(r"(?P<place>[a-z_ ]+): -(?P<share>[\d.]+)%"), "outside"),
    (re.compile(r"(?P<place>[a-z_ ]+): (?P<share>[\d.]+)%"), "from_the_edge"),
    (re.compile(r"(?P<place>[a-z_ ]+): hidden"), "hidden"),
    (re.compile(r"(?P<place>[a-z_ ]+): (?P<share>\d+)% lost"), "lost"),
    (re.compile(r"(?P<place>[a-z_ ]+): (?P<share>\d+)% without the noise of the rest"), "without_noise"),
    (re.compile(r"(?P<place>[a-z_ ]+): traces of camera and compression unlike the rest"), "other_traces"),
    (re.compile(r"(?P<place>[a-z_ ]+): (?P<signs>[^\d]+)"), "signs"),
    (re.compile(r"paper (?P<value>\d+)"), "paper_light"),
    (re.compile(r"(?P<value>\d\.\d+)"), "edge_width"),
)
"""The forms of labels with a measure, and the key of their words in the section `measured_marks`."""


def mark_words(label: str, locale: str) -> str:
    """The words of a label; the label itself where there are none."""
    for form, key in MEASURED:
        if found := form.fullmatch(label):
            parts = found.groupdict()
            if "place" in parts:
                parts["place"] = text("marks", parts["place"], locale)
            if "signs" in parts:
                parts["signs"] = "; ".join(text("marks", sign, locale) for sign in parts["signs"].split("; "))
            return text("measured_marks", key, locale).format(**parts)
    return text("marks", label, locale)

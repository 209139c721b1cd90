"""Which kind of an institution's paper it is, and the words that say so."""

from collections.abc import Sequence

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers import Kind, PaperLine
from fourcorners.vision.papers.kinds import OPEN, WORDS_SHOWN
from fourcorners.vision.papers.kinds import find_kind as find_bill
from fourcorners.vision.papers.phrases import Spoken, kind_names, kind_rule, weigh_phrases

from .words import PACKAGE, first_phrase

__all__ = ["BUSINESS_ADDRESS", "FORMS", "KINDS", "find_form", "find_kind", "speaks_for"]

BUSINESS_ADDRESS = "business_address"
"""Bills and statements: their words are those of proofs of address."""

KINDS = (*(name for name in kind_names(PACKAGE) if name != "other"), BUSINESS_ADDRESS, "other")
"""The papers of institutions/kinds.toml, and three that are asked for besides."""

FORMS = ("letter", "board_resolution", "register", "chart", "certificate", "extract")

MARGIN_FULL = 8.0
"""Lead over the next kind, in weight, from which the kind is sure."""

BILL_SURE = 0.6


def find_kind(lines: Sequence[PaperLine], page_height: float) -> Kind:
    """The kind of a paper from all its lines; `page_height` in pixels is that of the first page."""
    rule = kind_rule(PACKAGE)
    spoken = weigh_phrases(lines, page_height, PACKAGE)
    ranked = sorted(spoken, key=lambda kind: (-spoken[kind].score, KINDS.index(kind)))
    best, second = ranked[0], ranked[1]
    bill = find_bill(lines, page_height)
    loud = _loudness(lines, page_height, bill)
    if bill.name not in OPEN and bill.confidence >= BILL_SURE and rule["bill_share"] * loud > spoken[best].score:
        return Kind(BUSINESS_ADDRESS, bill.confidence, bill.words)
    if spoken[best].score < rule["enough"]:
        return Kind("other", 0.5, ())
    sure = min(1.0, (spoken[best].score - max(spoken[second].score, loud * (bill.name not in OPEN))) / MARGIN_FULL)
    return Kind(best, round(0.5 + 0.5 * max(0.0, sure), 3), spoken[best].words[:WORDS_SHOWN])


def speaks_for(lines: Sequence[PaperLine], page_height: float, kind: str) -> tuple[tuple[str, PaperLine], ...]:
    """The words for a kind that a paper was handed in as, if no other kind has louder ones; () if one has.

    Whoever hands a paper in says what it is. Fewer words are enough to believe it than to find it out.
    """
    spoken = weigh_phrases(lines, page_height, PACKAGE)
    rivals = [found.score for name, found in spoken.items() if name != kind]
    if kind not in spoken or spoken[kind].score < kind_rule(PACKAGE)["heard"] or spoken[kind].score <= max(rivals):
        return ()
    bill = find_bill(lines, page_height)
    loud = _loudness(lines, page_height, bill) if bill.name not in OPEN else 0.0
    return spoken[kind].words[:WORDS_SHOWN] if spoken[kind].score > loud else ()


def find_form(lines: Sequence[PaperLine], kind: str) -> str:
    """Which form of its kind a paper is, as FORMS has them; "" where a kind has only one."""
    forms = load_toml(PACKAGE, "labels.toml")["forms"]
    for form, phrases in forms.get(kind, {}).items():
        if first_phrase(lines, phrases):
            return str(form)
    return str(forms["plain"].get(kind, ""))


def _loudness(lines: Sequence[PaperLine], page_height: float, bill: Kind) -> float:
    spoken: dict[str, Spoken] = weigh_phrases(lines, page_height, "fourcorners.vision.papers")
    return spoken[bill.name].score if bill.name in spoken else 0.0

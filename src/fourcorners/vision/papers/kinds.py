"""Which kind of paper it is, and the words that say so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.ledger import ledger_rows
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.phrases import kind_names, kind_rule, weigh_phrases
from fourcorners.vision.papers.words import one_of, signs_of

__all__ = ["KINDS", "Kind", "find_kind", "is_title", "made_out_to_nobody"]

PACKAGE = "fourcorners.vision.papers"
"""Its kinds.toml holds the words."""

OPEN = ("invoice", "other")
"""Kinds that are taken only where no particular kind speaks up."""

TELL_AMOUNTS = (
    "bank_statement", "electricity_bill", "water_bill", "gas_bill", "waste_bill", "landline_bill", "internet_bill",
    "mobile_bill", "ewallet_statement", "payslip", "insurance",
)  # fmt: skip
"""Kinds that tell amounts: a form, a ticket or a life's course that names one of their words tells none or one."""

LEDGERS = ("bank_statement", "ewallet_statement")
"""Kinds with a balance behind each entry."""

SIGNS = signs_of("numbers", "currency_signs")
AMOUNT = re.compile(
    rf"[{SIGNS}]\s?\d[\d.,]*|\d[.,٫]\d{{2}}(?!\d)|(?<!\d)\d{{1,3}}(?:[.,' \u00a0٬]\d{{3}})+(?!\d)"
    rf"|\d\s?[{SIGNS}{signs_of('numbers', 'currency_signs_behind')}]|\d\s?{one_of('numbers', 'units')}(?!\w)",
    re.IGNORECASE,
)
"""An amount of money or of what was used."""

WORDS_SHOWN = 6
TITLE_MIN = 3
"""Weight of a phrase that may be a paper's title."""

MARGIN_FULL = 6.0
"""Lead over the next kind, in weight, from which the kind is sure."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is one of KINDS. `words` decided it, heaviest first, each with the line it stands in."""

    name: str
    confidence: float
    words: tuple[tuple[str, PaperLine], ...]


def find_kind(lines: Sequence[PaperLine], page_height: float) -> Kind:
    """The kind of a paper from all its lines; `page_height` in pixels is that of the first page."""
    spoken = weigh_phrases(lines, page_height, PACKAGE)
    scores = {kind: found.score for kind, found in spoken.items()}
    rule = kind_rule(PACKAGE)
    if ledger_rows(lines) >= rule["ledger_rows"]:
        for kind in LEDGERS:
            scores[kind] += rule["ledger"] if kind == LEDGERS[0] or scores[kind] > 0.0 else 0.0
    amounts = sum(len(AMOUNT.findall(line.text)) for line in lines)
    bare = amounts <= rule["amounts"] and scores["invoice"] <= 0.0
    name = _chosen(scores, rule, bare=bare)
    rival = max((s for k, s in scores.items() if k != name and k not in OPEN), default=0.0)
    sure = min(1.0, max(0.0, scores.get(name, 0.0) - (0.0 if name in OPEN else rival)) / MARGIN_FULL)
    words = spoken[name].words if name in spoken else ()
    return Kind(name, round(0.5 + 0.5 * sure, 3), words[:WORDS_SHOWN])


def made_out_to_nobody(kind: Kind) -> Kind:
    """The kind of a paper on which neither a holder's name nor an address nor a day was found.

    With the words of a bill it is an advertisement or a list of tariffs, which proves nothing of anybody; with its
    title in a line of its own it is one whose letters could not be read. A statement is known by its entries.
    """
    bill = kind.name in TELL_AMOUNTS and kind.name not in LEDGERS
    titled = any(is_title(line.text) for _, line in kind.words)
    return Kind("other", 0.5, kind.words) if bill and not titled else kind


def is_title(text: str) -> bool:
    """Does a line say what kind of paper it is, and nothing else: "Statement of account"?"""
    return folded(text).strip() in _titles()


@cache
def _titles() -> frozenset[str]:
    kinds = load_toml(PACKAGE, "kinds.toml")
    heavy = (
        p for kind in KINDS for weight, phrases in kinds[kind].items() if int(weight) >= TITLE_MIN for p in phrases
    )
    return frozenset(folded(p.rstrip("*")).strip() for p in heavy)


def _chosen(scores: Mapping[str, float], rule: Mapping[str, float], *, bare: bool) -> str:
    """`bare`: the paper tells no amount and does not call itself a bill."""
    short = {kind for kind in TELL_AMOUNTS if bare and scores[kind] < rule["bare_enough"]}
    particular = {kind: score if kind not in short else 0.0 for kind, score in scores.items() if kind not in OPEN}
    bank, wallet = (particular[kind] for kind in LEDGERS)
    if wallet >= max(rule["wallet"], rule["wallet_share"] * bank):
        particular[LEDGERS[0]] = 0.0
    best = max(particular, key=lambda kind: (particular[kind], -KINDS.index(kind)))
    plain = scores["invoice"]
    if particular[best] >= max(rule["enough"], rule["share"] * plain, scores["other"]):
        return best
    return "invoice" if plain >= rule["invoice_enough"] and plain >= scores["other"] else "other"


KINDS = kind_names(PACKAGE)
"""All kinds, in the order in which they win a draw."""

"""The adviser (INS1): from a few plain questions to a proposed kind, saying which answer decided."""

from dataclasses import dataclass
from fractions import Fraction

from .kinds import Kind
from .rules import STATE_MAJORITY

__all__ = ["QUESTIONS", "Answers", "Proposal", "propose"]

QUESTIONS: dict[str, str] = {
    "is_trust": "Do trustees hold its property for beneficiaries?",
    "state_share": "Which share do national or local governments own, in per cent?",
    "is_listed": "Does an exchange trade its shares?",
    "is_pooled": "Does it pool the money of several investors to invest it?",
    "open_to_public": "May the public invest in it?",
    "is_financial": "Does it move, hold or lend the money of others (bank, broker, money transmitter)?",
    "is_for_one_family": "Does it manage the means of one family, or of few private investors?",
    "distributes_no_profit": "Does it pursue a purpose and distribute no profit?",
    "is_partnership": "Is it a partnership?",
    "is_one_person": "Does one person run it in their own name, without a company?",
}
"""The questions in the order in which they are asked; a question is the field of `Answers` of the same name."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered; None is not answered yet."""

    is_trust: bool | None = None
    state_share: Fraction | None = None
    is_listed: bool | None = None
    is_pooled: bool | None = None
    open_to_public: bool | None = None
    is_financial: bool | None = None
    is_for_one_family: bool | None = None
    distributes_no_profit: bool | None = None
    is_partnership: bool | None = None
    is_one_person: bool | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The kind, its variant, and why; or, while that is open, the next question."""

    kind: Kind | None
    variant: str
    why: str
    next_question: str = ""


def propose(answers: Answers) -> Proposal:
    """The first question whose answer decides gives the kind; one not answered yet before that is asked next.

    The order is that of exclusion: what a state owns is government-owned whatever else it is, what is listed is not
    private, a pooled vehicle is a fund before it is a financial institution.
    """
    rules = (
        ("is_trust", answers.is_trust, Kind.TRUST, "", "trustees hold its property for beneficiaries"),
        ("state_share", _state(answers.state_share), Kind.GOVERNMENT_OWNED, "", "governments own half of it or more"),
        ("is_pooled", answers.is_pooled, None, "", ""),
        ("is_listed", answers.is_listed, Kind.LISTED_COMPANY, "", "an exchange trades its shares"),
        ("distributes_no_profit", answers.distributes_no_profit, Kind.NON_PROFIT, "", "it distributes no profit"),
        (
            "is_financial",
            answers.is_financial,
            Kind.PRIVATE_FINANCIAL_INSTITUTION,
            "",
            "it handles the money of others",
        ),
        (
            "is_for_one_family",
            answers.is_for_one_family,
            Kind.FAMILY_OFFICE,
            "",
            "it serves one family or few investors",
        ),
        ("is_partnership", answers.is_partnership, Kind.PRIVATE_COMPANY, "partnership", "it is a partnership"),
        ("is_one_person", answers.is_one_person, Kind.PRIVATE_COMPANY, "sole_proprietorship", "one person runs it"),
    )
    for question, holds, kind, variant, why in rules:
        if holds is None:
            return Proposal(None, "", "", question)
        if holds and kind is None:
            return _fund(answers)
        if holds:
            return Proposal(kind, variant, f"Because {why}.")
    return Proposal(Kind.PRIVATE_COMPANY, "company", "Because none of the other kinds fits: its owners are private.")


def _fund(answers: Answers) -> Proposal:
    for question, holds in (("is_listed", answers.is_listed), ("open_to_public", answers.open_to_public)):
        if holds is None:
            return Proposal(None, "", "", question)
        if holds:
            why = "an exchange trades it" if question == "is_listed" else "the public may invest in it"
            return Proposal(Kind.FUND_PUBLIC, "", f"Because it pools the money of investors, and {why}.")
    return Proposal(Kind.FUND_PRIVATE, "", "Because it pools the money of investors, and the public may not invest.")


def _state(share: Fraction | None) -> bool | None:
    return None if share is None else share >= STATE_MAJORITY

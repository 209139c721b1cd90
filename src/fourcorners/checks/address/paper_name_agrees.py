"""The name on the paper is the applicant's (POA3)."""

from fourcorners.checks.address.evidence import field_fact, field_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Evidence, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import Agreement, names_agree
from fourcorners.vision.papers import PaperField

__all__ = ["NAME", "REASONS", "VERSION", "check", "name_agreement"]

NAME = "paper_name_agrees"
VERSION = 1
REASONS = ("poa_name", "not_assessed_file", "not_assessed_no_claims")


def check(case: Submission, limits: Limits) -> Finding:
    """Every word of the claimed name must be there. What may be a misreading or a short form is for a person."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    claimed = case.claims.name
    if claimed is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    if reading.name is None:
        return unsure(NAME, VERSION, REASONS[0], [field_fact("name", claimed, None, "not read")])
    agreement = name_agreement(claimed, reading.name)
    note = ", ".join((agreement.outcome, *agreement.reasons))
    evidence: list[Evidence] = [
        field_mark(paper, "name", reading.name),
        field_fact("name", claimed, reading.name.value, note),
    ]
    if agreement.holds:
        doubtful = not set(limits["doubtful"]).isdisjoint(agreement.reasons)
        return unsure(NAME, VERSION, REASONS[0], evidence) if doubtful else ok(NAME, VERSION, evidence)
    slip = not set(limits["misreading_hints"]).isdisjoint(agreement.reasons)
    certain = reading.name.confidence >= limits["confidence_min"] and not slip
    return (fail if certain else unsure)(NAME, VERSION, REASONS[0], evidence)


def name_agreement(claimed: str, read: PaperField | None) -> Agreement:
    """A block may name two people, or a company over a person, in a line each: the line that agrees best counts."""
    if read is None:
        return names_agree(claimed, None)
    whole = names_agree(claimed, read.value)
    lines = [names_agree(claimed, line.text) for line in read.lines]
    ranks = ("same", "compatible", "different", "missing")
    return min((whole, *lines), key=lambda a: (ranks.index(a.outcome), len(a.reasons)))

"""Living with somebody: the owner or leaseholder attests, and proves the address with a paper of their own (POA7)."""

from enum import StrEnum

from fourcorners.checks.address import paper_kind_accepted, paper_recent
from fourcorners.checks.address.submission import Submission, Supplement
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.formats.addresses import addresses_agree
from fourcorners.vision.papers.folding import folded, holds

__all__ = ["Lack", "lacking"]


class Lack(StrEnum):
    """What a supplement does not show."""

    NOT_OFFERED = "not_offered"
    RELATION = "relation"
    APPLICANT_NOT_NAMED = "applicant_not_named"
    OWNER_NOT_NAMED = "owner_not_named"
    OWNERS_PAPER = "owners_paper"
    ADDRESS = "address"


def lacking(supplement: Supplement) -> tuple[Lack, ...]:
    """What is missing for a supplement to stand in for a paper in the applicant's own name; () if nothing is.

    The attestation must name both people, the owner's paper must be one that the rules take, recent, and show the
    address.
    """
    attestation, owners_paper, relation = supplement.attestation, supplement.paper, supplement.relation
    rules, found = attestation.rules, []
    if not rules.supplement:
        return (Lack.NOT_OFFERED,)
    if relation not in rules.supplement:
        found.append(Lack.RELATION)
    if not _names(attestation, attestation.claims.name):
        found.append(Lack.APPLICANT_NOT_NAMED)
    if not _names(attestation, owners_paper.claims.name):
        found.append(Lack.OWNER_NOT_NAMED)
    for check in (paper_kind_accepted, paper_recent):
        outcome = check.check(owners_paper, limits_for("address", check.NAME)).outcome
        if outcome is not Outcome.PASS and Lack.OWNERS_PAPER not in found:
            found.append(Lack.OWNERS_PAPER)
    shown = owners_paper.reading.address if owners_paper.reading else None
    claimed = attestation.claims.address
    if shown is None or not addresses_agree(claimed, shown.value, attestation.claims.country_code).holds:
        found.append(Lack.ADDRESS)
    return tuple(found)


def _names(case: Submission, name: str | None) -> bool:
    """Does the paper name this person: every word of the name stands on it?"""
    if case.paper is None or not name:
        return False
    text = "".join(folded(line.text) for line in case.paper.lines)
    return all(holds(text, word) for word in folded(name).split())

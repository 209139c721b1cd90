"""The letter or resolution names the person who is to operate the account (INS4)."""

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import names_agree
from fourcorners.formats.names import fold
from fourcorners.institutions.papers.case import PaperCase
from fourcorners.institutions.papers.seen import has_power

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_user_named"
VERSION = 2
REASONS = ("paper_user_not_named", "not_assessed_file", "not_assessed_not_required", "not_assessed_no_claims")


def check(case: PaperCase, limits: Limits) -> Finding:
    """Every user entered is the one who is authorised. One named elsewhere on the paper, as signer say, is doubted.

    Where nobody was read, being named in a sentence that gives power is enough.
    """
    if cause := case.cause("authorised_person"):
        return not_assessed(NAME, VERSION, cause)
    users, paper = case.claims.authorised_users, case.reading.paper
    if not users or paper is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    found = case.reading.fields.get("authorised_person")
    text = f" {fold(' '.join(line.text for line in paper.lines))} "
    evidence: list[Evidence] = [] if found is None else [case.mark("authorised_person", found)]
    outcomes = set()
    for user in users:
        agreement = names_agree(user, found.value if found else None)
        anywhere = f" {fold(user)} " in text
        given = found is None and has_power(user, paper.lines)
        outcome = "pass" if agreement.holds or given else "unsure" if anywhere or found is None else "fail"
        if outcome == "fail" and (not paper.has_text or "one_letter" in agreement.reasons):
            outcome = "unsure"
        outcomes.add(outcome)
        values = (("claimed", user), *((("paper", found.value),) if found else ()))
        note = agreement.note if agreement.holds or not anywhere else "named elsewhere on the paper"
        note = "named where power is given" if given else note
        evidence.append(Fact("authorised_person", values, note))
    if outcomes == {"pass"}:
        return ok(NAME, VERSION, evidence)
    return (fail if "fail" in outcomes else unsure)(NAME, VERSION, REASONS[0], evidence)

"""What the applicant typed in is what the document says (IND3)."""

from fourcorners.checks.comparison import credible
from fourcorners.checks.finding import Fact, Finding, Outcome, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case
from fourcorners.formats.agreement import fields_agree
from fourcorners.vision.fields import DocumentReading

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "claims_agree"
VERSION = 1
REASONS = ("claims_disagree", "claims_unconfirmed", "not_assessed_no_claims")


def check(case: Case, limits: Limits) -> Finding:
    """Each claimed field against each source that gives it; one fact a field, with how it agrees."""
    claimed = case.claims.given
    if not claimed:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    results = [_field(name, value, case, limits) for name, value in claimed.items()]
    facts = [fact for fact, _ in results]
    outcomes = {outcome for _, outcome in results}
    if Outcome.FAIL in outcomes:
        return fail(NAME, VERSION, "claims_disagree", facts)
    if Outcome.UNSURE in outcomes:
        return unsure(NAME, VERSION, "claims_disagree", facts)
    if Outcome.NOT_ASSESSED in outcomes:
        return unsure(NAME, VERSION, "claims_unconfirmed", facts)
    return ok(NAME, VERSION, facts)


def _field(name: str, claimed: str, case: Case, limits: Limits) -> tuple[Fact, Outcome]:
    reading = case.reading
    if name == "document_kind":
        same = reading.kind == claimed
        outcome = Outcome.PASS if same else Outcome.NOT_ASSESSED if reading.kind == "unknown" else Outcome.FAIL
        note = "same" if same else "not read" if reading.kind == "unknown" else "different"
        return Fact(name, (("claimed", claimed), ("document", reading.kind)), note), outcome
    values = (("claimed", claimed), *((e.source, e.value) for e in reading.fields.get(name, ())))
    entries = credible(reading.fields.get(name, ()), limits["confidence_min"])
    if not entries:
        needed = name in limits["must_be_confirmed"]
        return Fact(name, values, "not read"), Outcome.NOT_ASSESSED if needed else Outcome.PASS
    agreements = [fields_agree(name, claimed, e.value) for e in entries]
    best = agreements[0]
    if best.holds:
        doubtful = not set(limits["doubtful"]).isdisjoint(best.reasons)
        return Fact(name, values, best.note), Outcome.UNSURE if doubtful else Outcome.PASS
    if _whole_name_agrees(name, case, reading, limits):
        return Fact(name, values, "compatible, order"), Outcome.PASS
    certain = entries[0].confidence >= limits["confidence_min"]
    contested = any(a.holds for a in agreements[1:])
    return Fact(name, values, best.note), Outcome.FAIL if certain and not contested else Outcome.UNSURE


def _whole_name_agrees(name: str, case: Case, reading: DocumentReading, limits: Limits) -> bool:
    """Where one name ends and the next begins differs between countries and forms: together they may still agree."""
    parts = ("family_name", "given_names")
    if name not in parts or any(getattr(case.claims, p) is None or p not in reading.fields for p in parts):
        return False
    claimed = " ".join(getattr(case.claims, p) for p in parts)
    read = " ".join(credible(reading.fields[p], limits["confidence_min"])[0].value for p in parts)
    return fields_agree(name, claimed, read).holds

"""Who lives with the owner or leaseholder shows their attestation and paper, and how they are related (POA7)."""

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.address.supplement import lacking
from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "supplement_complete"
VERSION = 1
REASONS = ("poa_supplement", "not_assessed_not_required")


def check(case: Submission, limits: Limits) -> Finding:
    """Fails for anything that is lacking; what is, is named."""
    added = case.supplement
    if added is None:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    missing = lacking(added)
    values = (("relation", added.relation), ("owner", added.paper.claims.name or ""))
    fact = Fact("supplement", values, ", ".join(missing))
    return fail(NAME, VERSION, REASONS[0], [fact]) if missing else ok(NAME, VERSION, [fact])

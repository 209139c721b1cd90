"""The machine-readable zone is there and could be read, on the kinds that carry one (IDP5)."""

from fourcorners.checks.finding import Finding, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "mrz_present"
VERSION = 1
REASONS = ("mrz_missing", "mrz_unreadable", "not_assessed_not_required")


def check(case: Case, limits: Limits) -> Finding:
    """Kinds that must carry a zone are data; on others its absence says nothing."""
    required = case.reading.kind in limits["required_on"]
    side, mrz = case.mrz or ("case", None)
    if mrz is None:
        return fail(NAME, VERSION, "mrz_missing") if required else _does_not_apply()
    if not (required or mrz.sure or mrz.check_digits_agree):
        return _does_not_apply()  # lines of something else that were taken for a zone
    seen = [quad(line) for line in mrz.line_quads]
    if mrz.mrz is None:
        return fail(NAME, VERSION, "mrz_unreadable", seen).about(side)
    if not mrz.sure:
        return unsure(NAME, VERSION, "mrz_unreadable", seen).about(side)
    return ok(NAME, VERSION, seen).about(side)


def _does_not_apply() -> Finding:
    return not_assessed(NAME, VERSION, "not_assessed_not_required")

"""The document says when its holder was born (IDP1)."""

from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "birth_date_present"
VERSION = 1
REASONS = ("birth_date_missing", "not_assessed_no_document")


def check(case: Case, limits: Limits) -> Finding:
    """Any source will do: machine-readable zone, barcode or print."""
    if not case.sides:
        return not_assessed(NAME, VERSION, "not_assessed_no_document")
    entries = case.reading.fields.get("birth_date", ())
    if not entries:
        return fail(NAME, VERSION, "birth_date_missing")
    return ok(NAME, VERSION, [Fact("birth_date", tuple((e.source, e.value) for e in entries))])

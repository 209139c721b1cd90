"""Every side that this kind of document has was handed in (IDP5)."""

from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "sides_given"
VERSION = 1
REASONS = ("side_missing", "not_assessed_kind")


def check(case: Case, limits: Limits) -> Finding:
    """A two-sided kind (data) needs its back. An unknown kind with one side cannot be judged."""
    given = set(case.given)
    kind = case.reading.kind
    seen = [Fact("sides", (("given", ", ".join(s for s in ("front", "back") if s in given)), ("kind", kind)))]
    if {"front", "back"} <= given:
        return ok(NAME, VERSION, seen)
    if "front" not in given or kind in limits["two_sided"]:
        return fail(NAME, VERSION, "side_missing", seen)
    if kind in limits["one_sided"]:
        return ok(NAME, VERSION, seen)
    return not_assessed(NAME, VERSION, "not_assessed_kind", seen)

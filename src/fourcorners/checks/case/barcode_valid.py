"""The PDF417 barcode on the back of a North American licence is there and follows the AAMVA card design standard."""

from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, quad, unsure
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case
from fourcorners.formats import aamva
from fourcorners.kit.errors import Refusal
from fourcorners.vision.barcodes import Barcode

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "barcode_valid"
VERSION = 1
REASONS = ("barcode_missing", "barcode_invalid", "not_assessed_not_required")


def check(case: Case, limits: Limits) -> Finding:
    """Required where country and kind say so (data); elsewhere only judged when there is one."""
    found = _payload(case)
    if found is None:
        return fail(NAME, VERSION, "barcode_missing") if _required(case, limits) else _does_not_apply()
    side, barcode = found
    seen = [quad(barcode.quad, barcode.format)]
    try:
        parsed = aamva.parse(barcode.data)
    except Refusal as refusal:
        if not _required(case, limits):
            return _does_not_apply()  # some other use of the same symbology
        return fail(NAME, VERSION, "barcode_invalid", [Fact("barcode", (), refusal.message), *seen]).about(side)
    codes = [problem.code for problem in parsed.problems]
    facts = [Fact("barcode", (("version", str(parsed.version)), ("issuer", parsed.issuer)), ", ".join(codes))]
    grave = set(codes).difference(limits["harmless"], () if _required(case, limits) else limits["harmless_elsewhere"])
    if not grave:
        return ok(NAME, VERSION, [*facts, *seen]).about(side)
    judged = unsure if grave.issubset(limits["doubtful"]) else fail
    return judged(NAME, VERSION, "barcode_invalid", [*facts, *seen]).about(side)


def _required(case: Case, limits: Limits) -> bool:
    return case.reading.country in limits["required_countries"] and case.reading.kind in limits["required_kinds"]


def _does_not_apply() -> Finding:
    return not_assessed(NAME, VERSION, "not_assessed_not_required")


def _payload(case: Case) -> tuple[str, Barcode] | None:
    """The first PDF417 of either side, the back first: that is where the standard wants it."""
    codes = [(s, b) for s in ("back", "front") if s in case.sides for b in case.sides[s].barcodes]
    return next(((s, b) for s, b in codes if b.format == "PDF417"), None)

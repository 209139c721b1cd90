"""Check an institution's paper against what was entered."""

from datetime import date

from fourcorners.checks.address import FILE_CHECKS, PAPER_CHECKS
from fourcorners.checks.address.submission import AddressClaims, AddressClaimsRefused, Submission
from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.run import run_group
from fourcorners.institutions.application import Paper as HeldPaper
from fourcorners.institutions.kinds import text_of
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal

from .bills import read_bill
from .case import PaperCase
from .checks import CHECKS
from .claims import PaperClaims
from .errors import PaperKindUnknown
from .kinds import BUSINESS_ADDRESS, KINDS
from .limits import limits_of
from .reading import Reading
from .words import PACKAGE

__all__ = ["as_held", "check_paper", "describe_kind"]

SUBJECT = "paper"


def check_paper(reading: Reading, claims: PaperClaims, kind: str, *, day: date) -> tuple[Finding, ...]:
    """Every finding on a paper that was asked for as `kind` (one of KINDS), handed in on `day`; in a fixed order.

    First the file, as for any paper: taken, legible, whole, no screenshot, not edited, its text shown. Then what this
    kind must be and say. A proof of the business address is judged by the rules of proofs of address. A file that was
    refused gives findings, too. Raises PaperKindUnknown.
    """
    if kind not in KINDS:
        raise PaperKindUnknown(f"There is no paper called {kind}. There are: {', '.join(KINDS)}.", kind=kind)
    if kind == BUSINESS_ADDRESS:
        return _business_address(reading, claims, day)
    case = Submission(
        today=day, paper=reading.paper, refused=reading.refused, claims=AddressClaims(applicant="institution")
    )
    own = PaperCase(reading=reading, claims=claims, kind=kind, day=day)
    return (*run_group("address", FILE_CHECKS, case, None, SUBJECT), *_own(own))


def as_held(reading: Reading, kind: str) -> HeldPaper:
    """The paper as an application keeps it: its day, its end, whether it is signed."""
    signature = reading.signature
    pen = signature.pen if signature is not None else None
    by_pen = pen is not None and limits_of("paper_is_signed").scale().passes(pen.length)
    signed = by_pen or (signature is not None and signature.in_file)
    return HeldPaper(kind, reading.day("issue_date"), reading.day("expiry_date"), signed)


def describe_kind(kind: str) -> str:
    """A kind of paper in English words."""
    words: dict[str, str] = load_toml(PACKAGE, "rules.toml")["words"]
    return words[kind] if kind in words else text_of("papers", kind)


def _own(case: PaperCase) -> list[Finding]:
    findings = []
    for module in CHECKS:
        try:
            finding: Finding = module.check(case, limits_of(module.NAME))
        except Refusal as refusal:
            finding = not_assessed(module.NAME, module.VERSION, refusal.code)
        findings.append(finding.about(SUBJECT))
    return findings


def _business_address(reading: Reading, claims: PaperClaims, day: date) -> tuple[Finding, ...]:
    """As a proof of address of an institution, with the name and the address of its business."""
    try:
        given = AddressClaims(claims.legal_name, claims.business_address, claims.country, "institution")
    except AddressClaimsRefused:
        given = AddressClaims(applicant="institution")
    paper = None if reading.paper is None else reading.paper.read_by(read_bill)
    case = Submission(today=day, paper=paper, refused=reading.refused, claims=given)
    return tuple(run_group("address", (*FILE_CHECKS, *PAPER_CHECKS), case, None, SUBJECT))

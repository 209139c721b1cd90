"""Holders with their shares, or directors, are those entered: nobody more, nobody less (INS5, INS6)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fourcorners.checks.finding import Evidence, Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.formats.agreement import Agreement, companies_agree, names_agree
from fourcorners.institutions.papers.case import PaperCase
from fourcorners.institutions.papers.claims import Holder
from fourcorners.institutions.papers.people import Listed
from fourcorners.institutions.papers.reading import share_text

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_lists_match"
VERSION = 1
REASONS = (
    "paper_holders_differ",
    "paper_directors_differ",
    "not_assessed_file",
    "not_assessed_not_required",
    "not_assessed_no_claims",
    "not_assessed_no_data",
)


def check(case: PaperCase, limits: Limits) -> Finding:
    """Each on the paper is matched with one entered, by name and share. A paper read off a picture is only doubted."""
    if cause := case.cause():
        return not_assessed(NAME, VERSION, cause)
    which, claims = case.rules.lists, case.claims
    if not which:
        return not_assessed(NAME, VERSION, "not_assessed_not_required")
    directors = None if claims.directors is None else tuple(Holder(name) for name in claims.directors)
    entered = claims.holders if which == "holders" else directors
    if entered is None:
        return not_assessed(NAME, VERSION, "not_assessed_no_claims")
    listed = case.reading.listed
    if not listed:
        return not_assessed(NAME, VERSION, "not_assessed_no_data")
    reason = "paper_holders_differ" if which == "holders" else "paper_directors_differ"
    facts = list(_differences(listed, entered, limits["share_tolerance"], shares=which == "holders"))
    marks: list[Evidence] = [case.mark(entry.name.value, entry.name) for entry in listed]
    wrong = [fact for fact in facts if not fact.note.startswith(("same", "compatible"))]
    if not wrong:
        return ok(NAME, VERSION, [*marks, *facts])
    paper = case.reading.paper
    certain = paper is not None and paper.has_text and not any("one_letter" in fact.note for fact in wrong)
    return (fail if certain else unsure)(NAME, VERSION, reason, [*marks, *facts])


def _differences(
    listed: Sequence[Listed], entered: Sequence[Holder], tolerance: float, *, shares: bool
) -> Iterator[Fact]:
    """Everybody on either side, with how they compare."""
    left = list(entered)
    for entry in listed:
        options = [(_likeness(entry, other, tolerance), -n, other) for n, other in enumerate(left)]
        best = max(options, key=lambda o: o[:2], default=((0, 0), 0, None))
        other = best[2] if best[0][0] > 0 else None
        if other is None:
            near = next((o for o in left if "one_letter" in _names(entry.name.value, o.name).reasons), None)
            note = "different, one_letter" if near else "not entered"
            yield Fact(entry.name.value, (("paper", _told(entry.name.value, entry.share)),), note)
            if near:
                left.remove(near)
            continue
        left.remove(other)
        agreement = _names(entry.name.value, other.name)
        values = (("claimed", _told(other.name, other.share)), ("paper", _told(entry.name.value, entry.share)))
        right = not shares or _same_share(entry.share, other.share, tolerance)
        yield Fact(other.name, values, agreement.note if right else "another share")
    for other in left:
        yield Fact(other.name, (("claimed", _told(other.name, other.share)),), "not on the paper")


def _likeness(entry: Listed, other: Holder, tolerance: float) -> tuple[int, int]:
    """Orders those entered by how well they fit somebody on the paper; (0, ...) is no fit."""
    agreement = _names(entry.name.value, other.name)
    rank = {"same": 2, "compatible": 1}.get(agreement.outcome, 0)
    return rank, int(_same_share(entry.share, other.share, tolerance))


def _names(a: str, b: str) -> Agreement:
    first, second = names_agree(a, b), companies_agree(a, b)
    return second if second.outcome == "same" or not first.holds else first


def _same_share(a: Fraction | None, b: Fraction | None, tolerance: float) -> bool:
    return a is not None and b is not None and abs(a - b) <= tolerance


def _told(name: str, share: Fraction | None) -> str:
    return name if share is None else f"{name}, {share_text(share)}"

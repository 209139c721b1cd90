"""POA2: a lease of an institution is signed; that of a person need not be."""

from datetime import date

import pytest

from fourcorners.checks.address import paper_signed
from fourcorners.checks.address.submission import AddressClaims, open_submission
from fourcorners.checks.finding import Finding
from fourcorners.checks.limits import limits_for
from fourcorners.specimens.papers import draw_paper, photograph_paper

DAY = date(2026, 11, 1)


def check(file: bytes, applicant: str = "institution") -> Finding:
    case = open_submission(file, AddressClaims(country="GB", applicant=applicant), today=DAY)
    return paper_signed.check(case, limits_for("address", paper_signed.NAME))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("split", ["building", "evaluation"])
def test_poa2_a_signature_on_a_lease_is_found(seed: int, split: str) -> None:
    signed, bare = (
        draw_paper("rental_agreement", seed=seed, country="GB", split=split, signed=signed) for signed in (True, False)
    )
    assert check(signed.pdf).outcome == "pass"
    found = check(bare.pdf)
    assert (found.outcome, found.reason) == ("unsure", "poa_not_signed"), "no page asks for one"
    assert check(bare.pdf, "individual").reason == "not_assessed_not_required"


def test_poa2_a_signature_is_found_in_a_photo_and_marked() -> None:
    paper = draw_paper("rental_agreement", seed=3, country="GB")
    photo, corners = photograph_paper(paper, seed=3, severity=0.2)
    found = check(photo)
    assert found.outcome == "pass"
    (mark,) = found.evidence
    assert all(corners[:, 1].min() < y < corners[:, 1].max() for _, y in mark.points)


def test_poa2_where_the_page_asks_for_it_its_lack_is_a_fail() -> None:
    bare = draw_paper("rental_agreement", seed=2, country="GB", signed=False)
    case = open_submission(bare.pdf, AddressClaims(country="GB", applicant="institution"), today=DAY)
    limits = limits_for("address", paper_signed.NAME)
    wanted = type(limits)({**limits.values, "label_words": ["LANDLORD"]})
    assert paper_signed.check(case, wanted).outcome == "fail"

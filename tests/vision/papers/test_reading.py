"""POA5: kind, name, address, issuer and date of issue, from papers of ten countries in six layouts."""

import pytest

from fourcorners.formats.addresses import addresses_agree
from fourcorners.formats.agreement import names_agree
from fourcorners.specimens.papers import COUNTRIES, LAYOUTS, PAPER_KINDS, draw_paper, photograph_paper
from fourcorners.vision.papers import KINDS, open_paper
from fourcorners.vision.papers.kinds import find_kind
from fourcorners.vision.papers.line import PaperLine


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_poa5_the_fields_of_a_bill_are_read(country: str, layout: str) -> None:
    paper = draw_paper("electricity_bill", seed=11, country=country, layout=layout)
    reading, truth = open_paper(paper.pdf).reading, paper.truth
    assert reading.kind.name == "electricity_bill"
    assert names_agree(truth.name, reading.name.value).outcome == "same"
    assert addresses_agree(truth.address, reading.address.value, country).holds
    assert reading.issue_date.value == truth.issue_date.isoformat()
    assert names_agree(truth.issuer.replace(".", ""), reading.issuer.value.replace(".", "")).holds


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_poa1_kinds_are_told_apart_with_the_words_that_decided(kind: str) -> None:
    for seed in (1, 2):
        read = open_paper(draw_paper(kind, seed=seed).pdf).reading.kind
        assert read.name == kind
        assert read.words


def test_there_are_the_kinds_of_the_contract() -> None:
    assert len(KINDS) == 18
    assert set(PAPER_KINDS) == set(KINDS) - {"other"}


def test_a_mobile_bill_is_no_landline_bill() -> None:
    def said(*texts: str) -> str:
        lines = [PaperLine(t, (50, 50 + 30 * i, 400, 70 + 30 * i)) for i, t in enumerate(texts)]
        return find_kind(lines, 1000).name

    assert said("Your wireless statement", "SMS 14", "Data usage 2 GB") == "mobile_bill"
    assert said("Telephone bill", "Line rental", "National calls") == "landline_bill"
    assert said("Ihre Festnetzrechnung", "DSL 50") == "landline_bill"
    assert said("Dear neighbour", "please water my plants") == "other"


def test_a_lease_tells_its_end() -> None:
    paper = draw_paper("rental_agreement", seed=4)
    reading = open_paper(paper.pdf).reading
    assert reading.lease_end.value == paper.truth.lease_end.isoformat()
    assert reading.issue_date.value == paper.truth.issue_date.isoformat()


def test_a_photo_is_read_with_places_in_the_photo() -> None:
    paper = draw_paper("water_bill", seed=8, country="FR", layout="labelled")
    photo, corners = photograph_paper(paper, seed=8, severity=0.2)
    opened = open_paper(photo)
    reading = opened.reading
    assert reading.kind.name == "water_bill"
    assert names_agree(paper.truth.name, reading.name.value).holds
    quad = opened.pages[0].place(reading.name.box)
    assert (quad.min(axis=0) > corners.min(axis=0)).all()
    assert (quad.max(axis=0) < corners.max(axis=0)).all()

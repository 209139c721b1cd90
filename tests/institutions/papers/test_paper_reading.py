"""INS4, INS10: papers of every kind in five languages and ten countries, clean, photographed, edited."""

from fractions import Fraction

import pytest
from written_papers import CERTIFICATE, written

from fourcorners.evaluation.topics.institution_papers import claims_for, right
from fourcorners.institutions.kinds import kinds, needs
from fourcorners.institutions.papers import FIELDS, FORMS, KINDS, check_paper, read_paper, rules_of, worst_effect
from fourcorners.institutions.papers.people import share_in
from fourcorners.specimens.institution_papers import COUNTRIES, DAY, draw_institution_paper, edit_institution_paper
from fourcorners.specimens.papers import photograph_paper
from fourcorners.verdict.catalogue import Effect


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recognised_and_read_in_every_country(kind, country):
    paper = draw_institution_paper(kind, seed=31, country=country)
    reading = read_paper(paper.pdf, "paper.pdf", country=paper.truth.country)
    found = right(paper, reading)
    assert [field for field, good in found.items() if good is False] == []
    assert reading.kind.words or kind == "other"


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "other"])
def test_a_right_paper_is_handed_in_once(kind):
    for country in ("GB", "DE", "TR"):
        paper = draw_institution_paper(kind, seed=32, country=country)
        reading = read_paper(paper.pdf, "paper.pdf", country=paper.truth.country)
        findings = check_paper(reading, claims_for(paper), kind, day=DAY)
        assert worst_effect(findings) is Effect.NONE, [f.reason for f in findings]


def test_every_paper_that_a_kind_of_institution_needs_can_be_recognised():
    asked = {paper for kind in kinds() for paper in needs(kind).papers} | {"partnership_agreement", "business_address"}
    assert asked <= set(KINDS)
    for kind in KINDS:
        assert set(rules_of(kind).compare) <= set(FIELDS)


def test_a_photo_is_read_with_places_in_the_photo():
    paper = draw_institution_paper("registration", seed=33, country="FR", layout="form")
    photo, corners = photograph_paper(paper.pdf, seed=33, severity=0.2)
    reading = read_paper(photo, "photo.jpg", country="FR")
    assert all(good is not False for good in right(paper, reading).values())
    place = reading.to_dict()["fields"]["legal_name"]["box"]
    assert corners[:, 0].min() < place[0][0] < corners[:, 0].max()
    assert corners[:, 1].min() < place[0][1] < corners[:, 1].max()


@pytest.mark.parametrize("how", ["patch", "update", "overlay", "hidden", "editor"])
def test_a_paper_that_was_changed_is_for_a_person(how):
    paper = draw_institution_paper("registration", seed=34, country="GB", layout="form")
    edited = edit_institution_paper(paper, how, seed=34)
    findings = check_paper(read_paper(edited.pdf, "paper.pdf"), claims_for(paper), "registration", day=DAY)
    told = {f.reason for f in findings if f.outcome.value in ("fail", "unsure")}
    assert told & {"poa_edited", "poa_text_differs"}


@pytest.mark.parametrize(
    ("text", "column", "share"),
    [
        ("33,33 %", False, Fraction(3333, 10000)),
        ("%60", False, Fraction(3, 5)),
        ("60", True, Fraction(3, 5)),
        ("60", False, None),
        ("1/3", False, Fraction(1, 3)),
        ("250 %", False, None),
        ("1/0", False, None),
    ],
)
def test_ins6_shares_are_read_as_they_are_printed(text, column, share):
    assert share_in(text, column=column) == share


def test_shares_follow_from_numbers_of_shares_where_no_percentage_is_told():
    lines = ("# Register of members", "Acme Limited", "", "Name|Number of shares", "Ann Lee|1,500", "Bo Ek|500")
    listed = read_paper(written(*lines), "register.pdf").listed
    assert [(p.name.value, p.share) for p in listed] == [("Ann Lee", Fraction(3, 4)), ("Bo Ek", Fraction(1, 4))]


def test_long_papers_are_read_at_both_ends():
    from test_pdf_pages import many_pages

    reading = read_paper(many_pages(40), "articles.pdf")
    assert reading.pages == 40
    assert reading.paper is not None
    assert [reading.paper.page_number(n) for n in range(len(reading.paper.pages))] == [*range(1, 9), 38, 39, 40]
    assert {line.text for line in reading.paper.pages[-1].lines} == {"page 40 of the articles of association of Acme"}


def test_marks_of_copies_and_translations_are_told():
    paper = draw_institution_paper("articles", seed=35, country="DE", marks=("certified_copy", "sworn_translation"))
    assert {"certified_copy", "sworn_translation"} <= set(read_paper(paper.pdf, "paper.pdf").marks)


def test_what_is_read_is_json_with_a_place_for_everything():
    told = read_paper(written(*CERTIFICATE), "certificate.pdf", country="GB").to_dict()
    assert set(told["fields"]) == set(FIELDS)
    assert told["form"] in FORMS
    for entry in [*told["kind_words"], *filter(None, told["fields"].values())]:
        assert len(entry["box"]) == 4
        assert entry["page"] == 1

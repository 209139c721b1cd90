"""Made-up papers of institutions: the same arguments give the same bytes, and the truth stands on them."""

import pypdfium2
import pytest

from fourcorners.formats.dates import find_dates
from fourcorners.institutions.fields import field_problem
from fourcorners.specimens.institution_papers import (
    COUNTRIES,
    EDITS,
    FORMS_OF,
    KINDS,
    SPLITS,
    draw_institution_paper,
    edit_institution_paper,
)
from fourcorners.specimens.institution_papers.company import make_institution, place_of, words_of
from fourcorners.specimens.model import SpecimenError

LANGUAGES = ("en", "de", "fr", "es", "tr")


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_stands_on_the_paper(kind, split):
    for n, country in enumerate(COUNTRIES):
        paper = draw_institution_paper(kind, seed=n, country=country, split=split)
        text = text_of(paper.pdf)
        days = {d for found in find_dates(text) for d in found.candidates}
        for field, value in paper.truth.fields.items():
            if field.endswith("_date"):
                assert value in days, (field, country)
            elif "address" in field:
                assert all(squeezed(part) in squeezed(text) for part in value.split(", ")), (field, country)
            else:
                assert squeezed(value) in squeezed(text), (field, country)
        for name, share in paper.truth.listed:
            assert squeezed(name) in squeezed(text)
            assert share in text


def test_the_same_arguments_give_the_same_bytes():
    one, two = (draw_institution_paper("ownership", seed=5, country="FR", form="chart") for _ in range(2))
    assert one == two
    assert draw_institution_paper("ownership", seed=6, country="FR").pdf != one.pdf


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_have_right_check_digits(country):
    import numpy as np

    for seed in range(20):
        of = make_institution("registration", country, np.random.default_rng(seed), "building")
        assert field_problem("registration_number", of.registration_number, country=country) == ""
        assert field_problem("lei", of.lei) == ""


@pytest.mark.parametrize("how", EDITS)
def test_an_edit_changes_the_file_and_says_so(how):
    paper = draw_institution_paper("registration", seed=6, country="GB", layout="form")
    edited = edit_institution_paper(paper, how, seed=6)
    assert edited.pdf != paper.pdf
    assert edited.pdf == edit_institution_paper(paper, how, seed=6).pdf
    assert edited.truth.edit == how


def test_what_does_not_exist_is_refused():
    for wrong in ({"kind": "love_letter"}, {"kind": "licence", "country": "XX"}, {"kind": "licence", "split": "mine"}):
        with pytest.raises(SpecimenError):
            draw_institution_paper(wrong.pop("kind"), seed=1, **wrong)
    with pytest.raises(SpecimenError):
        edit_institution_paper(draw_institution_paper("licence", seed=1), "prayer", seed=1)
    assert FORMS_OF["ownership"] == ("register", "chart")


def test_the_halves_share_no_people_companies_or_sentences():
    for country in COUNTRIES:
        here, there = place_of(country, "building"), place_of(country, "evaluation")
        for part in ("stems", "people", "streets"):
            assert not set(here[part]) & set(there[part]), (country, part)
    for language in LANGUAGES:
        here, there = words_of(language, "building"), words_of(language, "evaluation")
        for kind, said in here["says"].items():
            assert not set(said) & set(there["says"][kind])
        assert set(here["titles"]) == set(there["titles"])

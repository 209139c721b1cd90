"""INS4: papers go by the name that the country of registration gives them, each with the law that has it."""

import pytest

from fourcorners.formats.states import find_state
from fourcorners.institutions import Kind, kinds, local_papers, named_countries, needs
from fourcorners.institutions.papers import KINDS


def test_ten_countries_beyond_turkey_are_named():
    assert set(named_countries()) >= {"DE", "FR", "GB", "ES", "NL", "US", "SG", "AE", "IN", "CH"}
    assert local_papers("TR") == local_papers("XX") == {}
    assert local_papers("de")["ownership"].name.startswith("Gesellschafterliste")


@pytest.mark.parametrize("country", named_countries())
def test_every_name_is_of_a_paper_and_has_its_law(country):
    assert find_state(country) is not None
    asked = {paper for kind in kinds() for paper in needs(kind, country=country).papers}
    for paper, named in local_papers(country).items():
        assert paper in KINDS
        assert paper in asked
        assert named.name
        assert any(c.isdigit() for c in named.source), "a law has a section, an article or a year"


def test_a_name_asks_for_nothing_more():
    for country in named_countries():
        assert needs(Kind.PRIVATE_COMPANY, country=country) == needs(Kind.PRIVATE_COMPANY)

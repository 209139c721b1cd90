"""INS1, INS11: everything that the rules name has words in the pages, in every language."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from fourcorners.institutions import QUESTIONS, SECTIONS, SectionState, State, kinds
from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind, find_owners
from fourcorners.institutions.ownership.owners import Basis
from fourcorners.institutions.reasons import reason_words, reasons
from fourcorners.institutions.rules import Badge
from fourcorners.institutions.sections import FILLED, fields_of, papers_of_party, question_text
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.people.rules import State as PersonState
from fourcorners.web.areas import AREAS
from fourcorners.web.institutions import AREA
from fourcorners.web.institutions.people import PARTY_TEXTS, ROLES
from fourcorners.web.institutions.telling import graph_words
from fourcorners.web.words import WordsOf

WORDS = WordsOf(AREAS)
TABLE = load_toml("fourcorners.institutions", "kinds.toml")
NOTES = load_toml("fourcorners.institutions.ownership", "notes.toml")
NAMED = {
    "sections": SECTIONS,
    "sections_text": SECTIONS,
    "states": [state.value for state in SectionState],
    "overview": [state.value for state in State],
    "badges": [badge.value for badge in Badge if badge is not Badge.NONE],
    "kinds": [kind.value for kind in kinds()],
    "kinds_text": [kind.value for kind in kinds()],
    "variants": [variant for entry in kinds().values() for variant in entry.variants],
    "roles": TABLE["roles"],
    "roles_text": TABLE["roles"],
    "papers": TABLE["papers"],
    "papers_text": TABLE["papers"],
    "attestations": TABLE["attestations"],
    "adviser_ask": QUESTIONS,
    "aml": question_text("aml_programme"),
    "holding": [kind.value for kind in EdgeKind],
    "box": [kind.value for kind in NodeKind],
    "basis": [basis.value for basis in Basis],
    "notes": [name for name in NOTES if isinstance(NOTES[name], str)],
    "identity": papers_of_party(),
    "link_states": [state.value for state in PersonState],
    "fields": [
        name.rpartition(".")[2]
        for section in FILLED
        for name in fields_of(section)
        if section != "type" and ":" not in name
    ],
}


@pytest.mark.parametrize("locale", WORDS.offered["institutions"])
@pytest.mark.parametrize("group", NAMED)
def test_whatever_the_rules_name_has_words(locale, group):
    words = WORDS.of(locale)
    assert [name for name in NAMED[group] if not words.has(f"institutions.{group}.{name}")] == []


def test_the_pages_know_every_role_and_every_field_of_somebody():
    assert set(ROLES) == set(TABLE["roles"])
    assert set(PARTY_TEXTS) == set(load_toml("fourcorners.institutions", "sections.toml")["party"]["text"])


def test_english_says_what_the_rules_say():
    """The texts that are ticked are kept by their hash: what is read is what is kept."""
    english = WORDS.of("en")
    for key, text in TABLE["attestations"].items():
        assert english(f"institutions.attestations.{key}") == text
    for kind, entry in kinds().items():
        assert english(f"institutions.kinds_text.{kind.value}") == entry.definition
    assert AREA.name == "institutions"


@pytest.mark.parametrize("locale", WORDS.offered["institutions"])
def test_letters_feedback_and_the_drawing_speak_every_language(locale):
    """With the same places to fill; sections and papers are called in letters as they are in the pages."""
    letters, words = load_toml("fourcorners.institutions", "letters.toml"), WORDS.of(locale)
    own = letters[locale]
    english = letters["en"]
    assert {key: places(own[key]) for key in english} == {key: places(text) for key, text in english.items()}
    drawing = load_toml("fourcorners.institutions.ownership", "chart.toml")
    assert {key: places(text) for key, text in drawing[locale].items()} == {
        key: places(text) for key, text in drawing["en"].items()
    }
    assert {kind.value for kind in (*NodeKind, *EdgeKind) if kind is not EdgeKind.SHARES} <= drawing[locale].keys()
    for code, reason in reasons().items():
        told = reason_words(code, locale)
        assert bool(told.title) == bool(told.todo) == bool(reason.says), code
        assert (told.title == reason.says) == (locale == "en" or not reason.says), code
    if locale != "en":
        assert own["papers"] == {paper: words(f"institutions.papers.{paper}") for paper in TABLE["papers"]}
        assert own["sections"] == {section: words(f"institutions.sections.{section}") for section in SECTIONS}


def places(text):
    return set(re.findall(r"\{(\w+)\}", text))


def edge(share=None, kind=EdgeKind.SHARES, owner="p", owned="own"):
    return Edge("e1", owner, owned, kind, share=share)


@pytest.mark.parametrize("locale", WORDS.offered["institutions"])
@pytest.mark.parametrize(
    ("edges", "named"),
    [
        ([edge()], "Ann Lee"),
        ([edge(Fraction(1, 2), EdgeKind.CONTROL)], "Ann Lee"),
        ([edge(Fraction(1, 2), owner="own", owned="p")], "Ann Lee"),
        ([edge(kind=EdgeKind.TRUSTEE)], "Muster AG"),
        ([edge(Fraction(1, 2), owned="t")], "Lee Trust"),
        ([edge(Fraction(1, 2), owner="gone")], ""),
        ([edge(Fraction(3, 5)), replace(edge(Fraction(1, 2), owner="q"), id="e2")], "Muster AG"),
    ],
)
def test_what_is_amiss_with_a_chart_is_told_by_names_in_every_language(edges, named, locale):
    nodes = [
        Node("own", NodeKind.ENTITY, "Muster AG"),
        Node("p", NodeKind.PERSON, "Ann Lee"),
        Node("q", NodeKind.PERSON, "Bob Ray"),
        Node("t", NodeKind.ARRANGEMENT, "Lee Trust"),
    ]
    with pytest.raises(Refusal) as refused:
        find_owners(Graph.of(nodes, edges), "own", day=date(2026, 8, 4))
    words = WORDS.of(locale)
    told = graph_words(words, refused.value, {node.id: node.name for node in nodes})
    assert named in told
    assert "e1" not in told
    assert told != words("institutions.graph.other")
    assert locale == "en" or told != graph_words(WORDS.of("en"), refused.value, {n.id: n.name for n in nodes})

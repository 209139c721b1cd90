"""Questions that use our words for something else are refused; what the operator writes about is answered (HC4)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fourcorners.evaluation.topics import help_search
from fourcorners.help.actions import save_article
from fourcorners.help.article import Article, Kind, shipped
from fourcorners.help.language.stems import folded
from fourcorners.help.live import LiveIndex
from fourcorners.help.search import SearchIndex
from fourcorners.help.search.about import BUCKETS, shipped_model
from fourcorners.help.search.cards import help_cards
from fourcorners.vision.networks.weights import WeightsTampered, verified_path

DAY = date(2026, 11, 1)
TRAINING = Path(__file__).parents[2] / "training" / "help" / "queries"
PARKING = Article(
    "parking",
    "en",
    "",
    Kind.FAQ,
    "documents",
    "Parking at our branch",
    DAY,
    DAY,
    "## Where can I leave my car?\n\nBehind the house, in the garage. Bicycles stand at the gate.\n\n"
    "## What does it cost?\n\nNothing for two hours.",
)
GERMAN = replace(PARKING, language="de", title="Parken an der Filiale", body="Der Parkplatz liegt hinter dem Haus.")


@pytest.fixture(scope="module")
def index():
    return SearchIndex(shipped())


@pytest.mark.parametrize(
    ("ours", "other", "language"),
    [
        ("I lost my phone", "I lost my wallet on the bus", "en"),
        ("my passport has expired", "how much does a new passport cost", "en"),
        ("selfie with glasses", "reading glasses for men near me", "en"),
        ("delete my account", "delete my netflix account", "en"),
        ("Code kommt nicht an", "Gutscheincode für Pizza", "de"),
        ("photo du passeport floue", "photo de mariage pas chère", "fr"),
        ("照片太暗", "打印照片多少钱", "zh"),
    ],
)
def test_the_same_words_are_told_apart_by_what_they_stand_with(index, ours, other, language):
    assert index.search(ours, language).answered
    assert not index.search(other, language).answered


@pytest.mark.parametrize(
    ("right", "wrong", "language"),
    [("course", "pasport", "en"), ("Garten", "Personalauswies", "de"), ("banque", "passeprot", "fr")],
)
def test_real_words_are_not_taken_for_mistyped_ones(index, right, wrong, language):
    assert index.question(right, language).mended == ()
    assert [typed for typed, _ in index.question(wrong, language).mended] == [wrong]


@pytest.fixture(scope="module")
def wider():
    return SearchIndex([*shipped(), PARKING, GERMAN])


@pytest.mark.parametrize("term", ["where can I park my car", "parking", "bicycle", "is the garage free", "parkign"])
def test_an_article_on_something_new_is_found_at_once(index, wider, term):
    assert "parking" not in [hit.slug for hit in index.search(term).hits]
    results = wider.search(term)
    assert results.answered
    assert results.hits[0].slug == "parking"


def test_it_counts_in_its_own_language(wider):
    assert wider.search("Parkplatz Filiale", "de").hits[0].slug == "parking"
    assert not wider.search("Rezept für Kartoffelsalat", "de").answered


def test_what_it_does_not_tell_of_is_refused_as_before(wider):
    for term in ("I lost my wallet on the bus", "wedding photographer near the lake", "premier league results"):
        assert not wider.search(term).answered, term


def test_what_is_added_to_an_article_of_ours_counts_and_the_rest_is_known(wider):
    known = wider.variants("proof-of-address")
    text = "\n\n## A ham radio certificate\n\nIt is enough if your call sign is printed on it."
    added = [replace(v, body=v.body + text) if v.language == "en" else v for v in known]
    assert not wider.search("ham radio call sign").answered
    wider.replace("proof-of-address", added)
    wider.commit()
    assert wider.search("ham radio call sign").hits[0].slug == "proof-of-address"
    assert not wider.search("how to read an electricity meter at home").answered
    wider.replace("proof-of-address", known)
    wider.commit()
    assert not wider.search("ham radio call sign").answered


def test_every_process_finds_it_at_once(database):
    one, other = LiveIndex(database), LiveIndex(database)
    for live in (one, other):
        assert not live.index().search("where can I park my car").answered
    with database.write() as db:
        save_article(db, PARKING, actor="usr_editor")
    for live in (one, other):
        assert live.index().search("where can I park my car").hits[0].slug == "parking"


def test_it_can_be_said_which_words_spoke_against_an_answer(index):
    question = index.question("lost my wallet on the bus", "en")
    model = shipped_model()
    said = model.said_by(question, {})
    assert model.score(question, {}) == pytest.approx(model.bias + sum(said.values()))
    assert min(said, key=said.__getitem__).split()[-1] in ("bus", "wallet")
    number = next(n for n, unit in enumerate(question.units) if unit.words == "bus")
    assert model.said_by(question, {number: 1.5})["bus"] == 1.5
    assert model.score(question, {number: 1.5}) > model.score(question, {})


def test_the_weights_are_those_of_their_card():
    assert verified_path(help_cards()["help_about"]).stat().st_size < 1_000_000
    with pytest.raises(WeightsTampered):
        verified_path(replace(help_cards()["help_about"], sha256="0" * 64))
    with np.load(verified_path(help_cards()["help_about"]), allow_pickle=False) as stored:
        assert stored["weights"].shape == (BUCKETS,)
        assert np.count_nonzero(stored["weights"]) > 10_000


def test_no_training_query_is_a_judged_one():
    """Without the mark of the split: of the tuning half the training takes the queries themselves."""
    judged = {folded(q["query"]) for split in help_search.SPLITS for q in help_search.queries(split)}
    lines = [(path.stem, line) for path in TRAINING.glob("*.txt") for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 8000
    assert sum(folded(line) in judged for _, line in lines) == 0
    assert {name.split("_")[0] for name, _ in lines} == {"ours", "others"}

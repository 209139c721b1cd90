"""What a whole sentence means, in any language: is it ours, and which article answers (HC2, HC3)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from fourcorners.help.article import shipped
from fourcorners.help.search import SearchIndex
from fourcorners.help.search.cards import help_cards
from fourcorners.help.search.meaning import NAMED, shipped_reader, understood
from fourcorners.help.search.vectors import vector_of, vectors_of
from fourcorners.vision.networks.weights import WeightsMissing, WeightsTampered, verified_path

SAME = ("why was my photo rejected", "warum wurde mein Foto abgelehnt", "pourquoi ma photo a été refusée")
OTHER = "bake a cake with apples"


@pytest.fixture(scope="module")
def index():
    return SearchIndex(shipped())


def test_texts_that_mean_the_same_are_near_in_every_language():
    vectors = vectors_of([*SAME, OTHER])
    assert vectors.shape == (4, 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    near = vectors @ vectors.T
    assert near[:3, :3].min() > 0.6
    assert near[3, :3].max() < 0.3


def test_many_threads_get_what_one_gets():
    texts = [f"{text} {number}" for number in range(20) for text in (*SAME, OTHER)]
    alone = [vectors_of([text])[0] for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: vectors_of([text])[0], texts))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


def test_a_vector_is_kept_and_nobody_writes_to_it():
    assert vector_of("photo") is vector_of("photo")
    with pytest.raises(ValueError, match="read-only"):
        vector_of("photo")[0] = 1.0


def test_the_weights_are_those_of_their_cards():
    for card in help_cards().values():
        assert verified_path(card).is_file()
        assert card.commercial
    with pytest.raises(WeightsTampered):
        verified_path(replace(help_cards()["sentence_vectors"], sha256="0" * 64))
    with pytest.raises(WeightsMissing):
        verified_path(replace(help_cards()["sentence_vectors"], package="not_there"))
    assert verified_path(help_cards()["help_meaning"]).stat().st_size < 1_000_000


def test_it_names_articles_that_there_are():
    assert set(shipped_reader().slugs) <= {article.slug for article in shipped()}
    meaning = understood("how do I see which devices are signed in")
    assert len(meaning.articles) == NAMED
    assert max(meaning.articles, key=meaning.articles.__getitem__) == "your-devices"
    assert 1 >= sum(meaning.articles.values()) > 0.5
    other = understood("how do I remove a wine stain from my sofa")
    assert meaning.ours > 0 > other.ours
    assert sum(other.articles.values()) < 0.2


@pytest.mark.parametrize(
    ("term", "language"),
    [
        ("speak to someone", "en"),
        ("Mitarbeiter sprechen", "de"),
        ("parler à quelqu'un", "fr"),
        ("quiero que me atienda alguien", "es"),
        ("オペレーターと話したい", "ja"),
    ],
)
def test_whoever_looks_for_a_person_finds_one(index, term, language):
    results = index.search(term, language)
    assert results.answered
    assert results.hits[0].slug == "review-by-a-person"


def test_an_article_that_is_meant_is_shown_and_counted_without_any_of_the_words(index):
    question = index.question("my handset was nicked", "en")
    results = index.search("my handset was nicked")
    found = [hit for hit in results.hits if hit.slug == "lost-device"]
    assert results.answered
    assert found
    assert results.total >= len(results.hits) >= 1
    assert results.hits[0].snippet_text
    assert question.units


def test_where_none_of_the_articles_of_the_package_is_nothing_is_meant():
    known = next(article for article in shipped() if article.slug == "fund")
    other = replace(known, slug="opening-hours", title="Hours", body="From nine.")
    results = SearchIndex([other]).search("speak to someone")
    assert not results.answered
    assert results.near == ()


def test_words_that_only_an_article_of_the_operator_has_are_left_out_of_the_sentence():
    known = next(article for article in shipped() if article.slug == "lost-device" and article.language == "en")
    other = replace(known, slug="zorblat", title="Staking a zorblat", body="A zorblat is staked for a quarrel.")
    index = SearchIndex([known, other])
    asked = understood.cache_info().misses
    assert index.search("zorblat staking").hits[0].slug == "zorblat"
    assert understood.cache_info().misses == asked
    question = index.question("my zorblat phone was stolen", "en")
    number = next(n for n, unit in enumerate(question.units) if unit.words == "zorblat")
    assert question.taken_without({number}) == "my phone was stolen"
    assert index.search("my zorblat phone was stolen").answered
    assert understood.cache_info().misses == asked + 1
    assert understood("my phone was stolen")
    assert understood.cache_info().misses == asked + 1


@pytest.mark.parametrize("term", ["xqzt", "zxcvbnm", "zzz", "<script>alert(1)</script> buy www.spam.example"])
def test_letters_without_sense_mean_nothing(index, term):
    assert not index.search(term).answered

"""Words of other subjects: told in every language, and none of them is one of ours."""

import pytest

from fourcorners.help.article import shipped
from fourcorners.help.language import LANGUAGES, of_other_subjects, words
from fourcorners.help.language.phrases import phrase_words
from fourcorners.help.language.stems import folded
from fourcorners.help.language.subjects import listed_subjects
from fourcorners.help.reading import blocks
from fourcorners.help.search import SearchIndex


def strange(text, language):
    query = list(words(text, language))
    return {query[number].text for number in of_other_subjects(query, language)}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("my dogs ate the passport", "en", {"dogs"}),
        ("real estate", "en", {"real", "estate"}),
        ("a real passport", "en", set()),
        ("Katzen im Ausweis", "de", {"Katzen"}),
        ("recettes et justificatif", "fr", {"recettes"}),
        ("天气和护照", "zh", {"天气"}),
        ("", "en", set()),
    ],
)
def test_words_of_other_subjects_are_told(text, language, expected):
    assert strange(text, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_article_uses_them_in_its_own_language(language):
    used = {}
    for article in (a for a in shipped() if a.language == language):
        for line in (article.title, *(block.text for block in blocks(article.body))):
            if found := strange(line, language):
                used[article.slug] = found
    assert used == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_do_not_name_what_people_call_ours(language):
    single = {folded(listed) for listed in listed_subjects(language) if " " not in listed}
    assert single.isdisjoint(phrase_words(language))


def test_what_is_about_something_else_is_not_answered():
    index = SearchIndex(shipped())
    assert index.search("photo").answered
    assert not index.search("photo of a puppy at the beach").answered
    assert not index.search("Foto vom Hund am Strand", "de").answered

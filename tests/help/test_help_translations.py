"""A translation says all that the English article says, and names buttons as the pages of its language do (HC8)."""

import re
from functools import cache
from typing import Any

import pytest

from fourcorners.help.article import FALLBACK, shipped
from fourcorners.help.reading import pictures_in, render
from fourcorners.kit.data import load_toml

ARTICLES = {(a.slug, a.language, a.region): a for a in shipped()}
TRANSLATED = sorted(key for key in ARTICLES if key[1] != FALLBACK)

NAMED = {
    "delete-my-data": ("applicant.data.link", "applicant.data.take_back"),
    "lost-device": ("accounts.sign_in.forgot", "devices.pending.none_works"),
    "new-device": (
        "devices.owned.title",
        "devices.owned.allow",
        "devices.owned.deny",
        "devices.mailed.deny",
        "devices.pending.without",
        "devices.pending.none_works",
    ),
    "review-by-a-person": (
        "applicant.live.other",
        "applicant.live.review",
        "applicant.live.motion",
        "devices.pending.none_works",
    ),
}
"""What an article names in bold: area of the pages, group and key of its words."""
LANGUAGES_OF_PAGES = ("en", "de", "fr", "ar")


@cache
def words_of_pages(area, language) -> Any:
    return load_toml(f"fourcorners.web.{area}.messages", f"{language}.toml")


def headings(article):
    page = render(article.body, article.language, lambda scheme, name: f"/{scheme}/{name}")
    return [entry.level for entry in page.contents]


def links(article):
    return sorted(re.findall(r"\]\(help:([^)]+)\)", article.body))


def rows(article):
    return [line.count("|") for line in article.body.splitlines() if line.startswith("|")]


def points(article):
    return len(re.findall(r"^- ", article.body, re.MULTILINE))


@pytest.mark.parametrize("key", TRANSLATED, ids="-".join)
def test_a_translation_leaves_nothing_out(key):
    english, article = ARTICLES[(key[0], FALLBACK, key[2])], ARTICLES[key]
    assert headings(article) == headings(english)
    assert pictures_in(article.body) == pictures_in(english.body)
    assert links(article) == links(english)
    assert rows(article) == rows(english)
    assert points(article) == points(english)
    assert (article.kind, article.section) == (english.kind, english.section)


@pytest.mark.parametrize("slug", NAMED)
@pytest.mark.parametrize("language", LANGUAGES_OF_PAGES)
def test_buttons_are_named_as_the_pages_name_them(slug, language):
    """In every language that the pages speak; elsewhere they are shown in English."""
    body = ARTICLES[(slug, language, "")].body
    for name in NAMED[slug]:
        area, group, key = name.split(".")
        assert f"**{words_of_pages(area, language)[group][key]}**" in body, name


def test_french_articles_have_one_kind_of_apostrophe():
    assert [a.slug for a in shipped() if a.language == "fr" and "'" in a.title + a.body] == []

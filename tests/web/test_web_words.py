"""Words: every locale has every key, every key in a template exists, plurals and dates as the language has them."""

import re
import string
from datetime import UTC, date, datetime

import pytest

from fourcorners.web.area import HOUSE
from fourcorners.web.areas import AREAS
from fourcorners.web.words import PLURALS, Words, WordsOf, negotiate

SHIPPED = (HOUSE, *AREAS)
WORDS = WordsOf(SHIPPED)
USED = re.compile(r"""\bt(?:\.has)?\(\s*(["'])([a-z0-9_.]+)\1\s*(~?)""")


def keys_of(area, locale):
    return {key for key in WORDS.texts[locale] if key.startswith(f"{area.name}.")}


def places(text):
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("area", SHIPPED, ids=lambda area: area.name)
def test_every_locale_of_an_area_has_every_key_with_the_same_places(area):
    for locale in WORDS.offered[area.name]:
        assert keys_of(area, locale) == keys_of(area, "en"), locale
        for key in keys_of(area, "en"):
            text, english = WORDS.texts[locale][key], WORDS.texts["en"][key]
            assert isinstance(text, str) == isinstance(english, str), (locale, key)
            assert places(text) - {"count"} == places(english) - {"count"}, (locale, key)


@pytest.mark.parametrize("area", SHIPPED, ids=lambda area: area.name)
def test_every_key_that_a_template_or_a_route_uses_exists(area):
    files = [*(area.folder / "templates").rglob("*.j2"), *area.folder.glob("*.py")]
    for path in files:
        for _, key, joined in USED.findall(path.read_text(encoding="utf-8")):
            exists = any(k.startswith(key) for k in WORDS.texts["en"]) if joined else key in WORDS.texts["en"]
            assert exists, (path.name, key)


def test_the_house_speaks_four_languages_and_one_of_them_is_written_from_the_right():
    assert WORDS.offered["house"] == ("en", "ar", "de", "fr")
    assert [WORDS.of(locale).direction for locale in WORDS.offered["house"]] == ["ltr", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("de", {0: "other", 1: "one", 2: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 103: "few"}),
    ],
)
def test_plurals_are_those_of_cldr(locale, forms):
    assert {number: PLURALS[locale](number) for number in forms} == forms


@pytest.mark.parametrize("locale", sorted(WORDS.texts))
def test_every_plural_form_that_a_language_can_ask_for_is_written(locale):
    asked = {PLURALS[locale](n) for n in range(200)}
    for key, text in WORDS.texts[locale].items():
        assert isinstance(text, str) or asked <= set(text), key


DIRECTIONS = (("ar", "rtl"), ("en", "ltr"))


def test_days_moments_and_sizes_are_written_as_the_language_does():
    day, moment = date(2026, 8, 3), datetime(2026, 8, 3, 14, 5, tzinfo=UTC)
    assert WORDS.of("en").date(day) == "3 August 2026"
    assert WORDS.of("de").date(day) == "3. August 2026"
    assert WORDS.of("fr").moment(moment) == "3 août 2026 à 14:05 UTC"
    assert WORDS.of("ar").date(day) == "3 أغسطس 2026"
    assert (WORDS.of("en").bytes(1_500_000), WORDS.of("de").bytes(1_500_000)) == ("1.5 MB", "1,5 MB")
    with pytest.raises(ValueError, match="time zone"):
        WORDS.of("en").moment(datetime(2026, 8, 3, 14, 5))  # noqa: DTZ001


def test_names_and_numbers_keep_their_order_in_a_language_from_the_right():
    """Without the isolate, `Ann Lee, 1 November` would be read as `1 ,Ann Lee November`, and days backwards."""
    arabic, english = (Words(locale, {"house.locale.direction": way, "a": "{name}، 1"}) for locale, way in DIRECTIONS)
    assert arabic("a", name="Ann Lee") == "\u2068Ann Lee\u2069، 1"
    assert arabic("a", name="2026-11-26") == "\u20682026-11-26\u2069، 1"
    assert (arabic("a", name="آن"), arabic("a", name=3)) == ("آن، 1", "3، 1")
    assert arabic("a", name="https://a.example/x") == "https://a.example/x، 1"
    assert english("a", name="Ann Lee") == "Ann Lee، 1"


def test_a_key_without_words_is_a_bug():
    with pytest.raises(KeyError):
        Words("en", {})("house.nothing")


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "locale"),
    [
        ("fr", "de", "en", "fr"),
        ("xx", "de", "en", "de"),
        (None, "", "nl, fr-CH;q=0.8, de;q=0.9", "de"),
        (None, None, "de;q=x, ,;q=,fr;q=0.1", "fr"),
        (None, None, "en;q=0, de", "de"),
        (None, None, "*", "en"),
        (None, None, "de;q=0.5," * 1000, "de"),
    ],
)
def test_the_locale_is_asked_for_or_kept_or_accepted(asked, kept, accepted, locale):
    assert negotiate(("en", "de", "fr"), asked=asked, kept=kept, accepted=accepted) == locale

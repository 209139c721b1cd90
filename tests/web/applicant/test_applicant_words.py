"""The applicant's words: every language says everything, reasons that no check gives among them (FAI2, FAI3, FAI14)."""

import re
import tomllib

import pytest

from fourcorners.checks.address.rules import all_rules
from fourcorners.kit.data import load_toml
from fourcorners.people.countries import country_name, country_names
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, catalogue, words
from fourcorners.web.applicant import AREA
from fourcorners.web.applicant.pictures import picture_for
from fourcorners.web.telling import hint_words, reason_words, text_words

TEMPLATES = sorted((AREA.folder / "templates").glob("*.j2"))


def flat(table, prefix=""):
    found = {}
    for key, value in table.items():
        plural = isinstance(value, dict) and value.keys() <= {"zero", "one", "two", "few", "many", "other"}
        found.update(
            flat(value, f"{prefix}{key}.") if isinstance(value, dict) and not plural else {prefix + key: value}
        )
    return found


def messages(locale):
    return flat(tomllib.loads((AREA.folder / "messages" / f"{locale}.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_every_language_has_every_word_with_the_same_places(locale):
    here, english = messages(locale), messages("en")
    assert sorted(here) == sorted(english)
    for key, value in here.items():
        texts, models = ([v] if isinstance(v, str) else list(v.values()) for v in (value, english[key]))
        allowed = {name for model in models for name in re.findall(r"{(\w+)}", model)}
        assert {name for text in texts for name in re.findall(r"{(\w+)}", text)} <= allowed, key
        assert isinstance(value, str) == isinstance(english[key], str), key


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
@pytest.mark.parametrize("code", ["camera_blocked", "page_unresponsive", "country_unsupported", "id_already_verified"])
def test_reasons_that_no_check_gives_have_words_for_the_applicant(code, locale):
    entry = catalogue()[code]
    assert entry.number in ("FAI2", "FAI3", "FAI14", "FAI6")
    assert words(code, locale).todo
    assert locale == "en" or words(code, locale) != words(code, "en")


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_letters_are_written_in_every_language(locale):
    table = load_toml("fourcorners.people", "letters.toml")
    assert sorted(table[locale]) == sorted(table["en"])


def test_every_reason_that_is_drawn_exists_and_every_drawing_is_there():
    drawn = {
        code for codes in load_toml("fourcorners.web.applicant", "pictures.toml")["drawings"].values() for code in codes
    }
    assert drawn <= set(catalogue())
    said = messages("en")
    assert {picture_for(code) for code in drawn} == {key[6:] for key in said if key.startswith("pairs.")}


def test_every_item_that_is_done_again_has_a_button_and_most_such_reasons_a_drawing():
    said = messages("en")
    redo = [entry for entry in catalogue().values() if entry.redo]
    assert {"document_front", "document_back", "selfie", "live", "paper", "claims"} <= {
        key[5:] for key in said if key.startswith("redo.")
    }
    assert sum(picture_for(entry.code) is not None for entry in redo) / len(redo) > 0.6


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_countries_hints_and_steps_are_said_in_the_readers_language(locale):
    names = country_names(locale)
    assert len(names) > 240
    assert "XU" not in names
    assert "XU" in country_names(locale, sandbox=True)
    assert (
        country_name("DE", locale) == {"en": "Germany", "de": "Deutschland", "fr": "Allemagne", "ar": "ألمانيا"}[locale]
    )
    assert hint_words("hold_still", locale)
    assert hint_words(None, locale) == ""
    assert text_words("steps", "left", locale) != "left"


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_every_proof_of_address_and_household_that_a_country_takes_has_words(locale):
    said = messages(locale)
    for rules in all_rules().values():
        if rules.applicant == "individual":
            assert [kind for kind in rules.kinds if f"papers.{kind}" not in said] == [], rules.jurisdiction
            assert [one for one in rules.supplement if f"relations.{one}" not in said] == [], rules.jurisdiction


def test_a_language_that_is_not_offered_is_answered_in_english():
    assert reason_words("glare", "tlh") == words("glare", "en")

"""FAI16: every reason has a code, a group, words in every language, an item to redo and a help article; and is used."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from fourcorners.checks.finding import Outcome
from fourcorners.checks.registry import REGISTRY, names
from fourcorners.checks.run import FILE_REFUSED
from fourcorners.kit.data import load_toml
from fourcorners.verdict import Because, tell
from fourcorners.verdict.catalogue import LOCALES, Effect, LocaleUnknown, catalogue, text, words
from fourcorners.verdict.decide import REASONS, SERVICE_REASONS
from fourcorners.vision.fields.reading import FIELD_NAMES
from fourcorners.vision.networks.weights import WeightsMissing, WeightsTampered

CODES = sorted(catalogue())


def emitted():
    from_checks = {r for modules in REGISTRY.values() for m in modules for r in m.REASONS}
    return {*from_checks, *REASONS, *SERVICE_REASONS, FILE_REFUSED, WeightsMissing.code, WeightsTampered.code}


def locale_table(locale):
    return tomllib.loads(files("fourcorners.verdict.locales").joinpath(f"{locale}.toml").read_text(encoding="utf-8"))


def test_every_reason_that_is_given_is_in_the_catalogue():
    assert emitted() - set(CODES) == set()


def test_every_reason_of_the_catalogue_is_given_by_something():
    assert set(CODES) - emitted() == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_words_for_everything(locale):
    here, english = locale_table(locale), locale_table("en")
    assert {section: sorted(table) for section, table in here.items()} == {s: sorted(t) for s, t in english.items()}
    for code in CODES:
        said = words(code, locale)
        assert said.title.strip()
        assert said.todo.strip().endswith((".", "?"))
        assert len(said.title) <= 75, "a title fits on a phone"
    for check in names():
        assert text("checks", check, locale) != check


@pytest.mark.parametrize("code", CODES)
def test_fai16_a_reason_is_complete(code):
    reason = catalogue()[code]
    assert code.isidentifier()
    assert code == code.lower()
    assert reason.reviewer.endswith((".", "?"))
    assert reason.help
    assert reason.redo in (None, "picture", "document_front", "document_back", "selfie", "live", "claims", "paper")
    assert set(reason.follows) <= set(CODES)
    assert (reason.number == "") == code.startswith(("not_assessed", "check_not", "weights", "further_review"))
    if Effect.RESUBMIT in (reason.fail, reason.unsure, reason.not_assessed):
        assert reason.retryable
        assert reason.redo, "who is asked to do something again is told what"
    if reason.fail is Effect.REJECT:
        assert not reason.retryable


def test_only_a_final_reason_rejects():
    assert [c for c in CODES if catalogue()[c].fail is Effect.REJECT] == [
        "country_unsupported",
        "id_already_verified",
        "underage",
    ]


def test_a_weak_signal_never_decides_alone():
    not_live = catalogue()["not_live"]
    assert {not_live.effect(outcome) for outcome in Outcome} == {Effect.NONE, Effect.REVIEW}


def test_every_kind_and_field_that_can_be_read_has_a_name():
    kinds = load_toml("fourcorners.vision.fields", "kinds.toml")
    for locale in LOCALES:
        here = locale_table(locale)
        assert {k for k, v in kinds.items() if isinstance(v, dict)} <= set(here["kinds"])
        assert set(FIELD_NAMES) <= set(here["fields"])


def test_an_unknown_language_is_refused():
    with pytest.raises(LocaleUnknown):
        words("blurred", "tlh")


def test_what_sends_a_case_to_a_person_accuses_nobody():
    doubt = Because("greyscale_copy", Effect.REVIEW, "front", "in_colour", Outcome.UNSURE, "a rule", "document_front")
    certain = replace(doubt, effect=Effect.RESUBMIT, outcome=Outcome.FAIL)
    assert tell(doubt).title == "The document is in colour: Unsure"
    assert tell(doubt).todo == catalogue()["greyscale_copy"].reviewer
    assert tell(certain, "de") == words("greyscale_copy", "de")
    missed = Because("check_not_made", Effect.REVIEW, "case", None, None, "a rule", None)
    assert tell(missed).title == words("check_not_made").title

"""What customers read comes from the catalogues: templates, scripts and routes hold no words of their own (FAI16).

The console and the pages for developers are in English, but are held to the same.
"""

import ast
import pkgutil
import re
from datetime import date
from importlib import import_module

import pytest

import fourcorners
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.people.letters import again_letter, expiry_letter, outcome_letter, question_letter
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, catalogue
from fourcorners.web.area import HOUSE
from fourcorners.web.areas import AREAS
from fourcorners.web.words import WordsOf

SHIPPED = (HOUSE, *AREAS)
WORDS = WordsOf(SHIPPED)
STAFF = {"api", "console"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
MACRO = re.compile(r"\{% macro (?:described|card|count)\b.*?\{% endmacro %\}", re.DOTALL)
BLOCK_OF_NAMES = re.compile(r"\{% block layout %\}.*?\{% endblock %\}", re.DOTALL)
SILENT = re.compile(r"<(script|style|kbd)\b.*?</\1>|<!doctype[^>]*>", re.DOTALL)
SAID = re.compile(r"""\b(aria-label|title|alt|placeholder|summary)=(["'])(.*?)\2""", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"\b[A-Z][a-z]+,? [A-Za-z]{2,}")
BRAND = {"Fourcorners", "openapi", "json"}
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
UNSEEN = {
    "idempotency_conflict": "programs only",
    "password_weak": "told as `password_weak_...`",
    "endpoint_url_invalid": "developers",
    "event_unknown": "developers",
    "too_many_endpoints": "developers",
    "device_not_compared": "staff",
    "device_second_reviewer": "staff",
    "places_unusable": "found when the service starts",
    "persona_unknown": "programs only",
    "reference_taken": "programs only",
    "trigger_unknown": "programs only",
    "institution_reference_taken": "programs only",
    "institution_reason_unknown": "staff",
}
READ_BY_PROGRAMS = {("home", "probes.py"), ("help", "api.py"), ("house", "problems.py"), ("house", "who.py")}
OF_CUSTOMERS = tuple(
    f"fourcorners.{name}."
    for name in (
        "accounts", "devices", "evidence", "people", "institutions", "vision.decode", "vision.papers", "web.errors",
    )
)  # fmt: skip


def words_in(template):
    """Words between tags and in attributes that are read out; names of classes and the like are not."""
    text = BLOCK_OF_NAMES.sub("", MACRO.sub("", template))
    bare = SILENT.sub("", JINJA.sub(" ", text))
    found = [words for _, _, words in SAID.findall(bare)]
    found.append(re.sub(r"<[^>]*>", " ", bare))
    found += [literal for tag in JINJA.findall(text) if not tag.startswith("{#") for literal in SENTENCE.findall(tag)]
    return {word for part in found for word in LETTERS.findall(part)} - BRAND


@pytest.mark.parametrize("area", SHIPPED, ids=lambda area: area.name)
def test_no_template_has_words_of_its_own(area):
    for path in sorted((area.folder / "templates").rglob("*.j2")):
        assert words_in(path.read_text(encoding="utf-8")) == set(), path.name


def test_words_in_a_template_would_be_found():
    assert words_in('<p>Please wait</p><a class="button" href="/help">{{ t("x.y") }}</a>') == {"Please", "wait"}
    assert words_in('<img alt="A passport" src="{{ x }}">') == {"passport"}
    assert words_in('{{ c.notice("Not allowed", tone="fail") }}{# said aloud #}') == {"Not", "allowed"}


@pytest.mark.parametrize("area", SHIPPED, ids=lambda area: area.name)
def test_no_script_has_words_of_its_own(area):
    for path in sorted((area.folder / "static").rglob("*.js")):
        told = COMMENT.sub("", path.read_text(encoding="utf-8"))
        assert [word for word in LITERAL.findall(told) if SENTENCE.search(word)] == [], path.name


@pytest.mark.parametrize("area", [area for area in SHIPPED if area.name not in STAFF], ids=lambda area: area.name)
def test_no_route_has_words_of_its_own(area):
    """Refusals are raised with a sentence for programs and logs; whoever reads a page is told it by its code."""
    for path in sorted(area.folder.glob("*.py")):
        if (area.name, path.name) in READ_BY_PROGRAMS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        raised = [part for node in ast.walk(tree) if is_refusal(node) for part in ast.walk(node)]
        documented = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
        said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and n not in {*raised, *documented}]
        assert [text for text in said if isinstance(text, str) and SENTENCE.search(text)] == [], path.name


def is_refusal(node):
    """`raise X(...)`, or `return X(...)` of what is raised elsewhere."""
    made = node.value if isinstance(node, ast.Return) else None
    named = made.func.id if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) else ""
    return isinstance(node, ast.Raise) or named in {kind.__name__ for kind in refusals()}


def refusals(kind=Refusal):
    for sub in kind.__subclasses__():
        yield sub
        yield from refusals(sub)


@pytest.fixture(scope="module")
def refused():
    """Every refusal of the package."""
    for module in pkgutil.walk_packages(fourcorners.__path__, "fourcorners."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)
    return list(refusals())


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_every_refusal_that_a_customer_may_meet_has_words_in_every_language(locale, refused):
    said = WORDS.of(locale)
    areas = [name for name in WORDS.offered if name not in STAFF]
    met = {
        kind.code for kind in refused
        if not kind.__subclasses__() and f"{kind.__module__}.".startswith(OF_CUSTOMERS)
    }  # fmt: skip
    without = met - UNSEEN.keys() - catalogue().keys()
    without -= {code for code in without for area in areas if said.has(f"{area}.refused.{code}")}
    assert without == set()


def test_what_is_left_out_exists(refused):
    assert UNSEEN.keys() <= {kind.code for kind in refused}


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_every_area_of_customers_speaks_every_language(locale):
    for area in SHIPPED:
        if area.name not in STAFF:
            assert locale in WORDS.offered[area.name], area.name


@pytest.mark.parametrize("locale", [name for name in APPLICANT_LOCALES if name != "en"])
def test_no_text_was_left_in_english(locale):
    """A text of three words or more that is the same in two languages was not translated."""
    english, here = WORDS.texts["en"], WORDS.texts[locale]
    same = [
        key for key, text in here.items()
        if text == english[key] and isinstance(text, str) and len(LETTERS.findall(re.sub(r"\{\w+\}", "", text))) >= 3
        and not key.startswith(("console.", "api."))
    ]  # fmt: skip
    assert same == []


@pytest.mark.parametrize("folder", ["people", "institutions"])
def test_no_letter_was_left_in_english(folder):
    letters = load_toml(f"fourcorners.{folder}", "letters.toml")
    for locale in APPLICANT_LOCALES[1:]:
        assert [key for key, text in letters["en"].items() if letters[locale][key] == text] == [], locale


@pytest.mark.parametrize("locale", APPLICANT_LOCALES)
def test_letters_name_days_and_carry_questions_as_the_reader_does(locale):
    day = date(2026, 12, 4)
    _, text = expiry_letter(locale, day)
    month = {"en": "4 December", "de": "4. Dezember", "fr": "4 décembre", "ar": "4 ديسمبر"}[locale]
    assert f"{month} 2026" in text
    subject, asked = question_letter(locale, "Why {so}?", "https://here/x")
    assert subject
    assert "Why {so}?" in asked
    assert "https://here/x" in asked
    assert outcome_letter(locale, "verified", {}, [])[0]
    doubt, expired = (again_letter(locale, trigger)[1] for trigger in ("risk", "document_expired"))
    assert (len(doubt) < len(expired), "{link}" in doubt) == (True, True)

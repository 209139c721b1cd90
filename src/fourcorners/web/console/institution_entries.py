"""What an institution entered, in rows for its page, each beside what it said when it handed in the time before."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourcorners.infra import ReadSession
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import list_submissions, read_content, read_section
from fourcorners.institutions.reading import EDGE, NODE, STATEMENTS, SUBJECT
from fourcorners.institutions.sections import FILLED, fields_of, fields_of_party, question_text, questions
from fourcorners.people.countries import country_name
from fourcorners.web.words import Words

__all__ = ["Entered", "Row", "before_of", "party_rows", "sections_of"]

COUNTRIES = ("country", "nationality", "residence")
DAYS = ("birth_date", "identity_expires", "incorporation_date")
FLAGS = {True: "yes", False: "no"}
UNDER_REVIEW = ("under_review", "info_requested")


@dataclass(frozen=True, slots=True)
class Row:
    """A field: its value now ("" where it was taken away), and what it was before if that was something else."""

    label: str
    value: str
    was: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """A section, or somebody, as it was entered. `changed` counts the rows that were something else before."""

    item: str
    title: str
    rows: Sequence[Row]

    @property
    def changed(self) -> int:
        """How many rows changed since it was handed in before."""
        return sum(row.is_new or bool(row.was) for row in self.rows)


def before_of(db: ReadSession, institution: Institution) -> Mapping[str, Any]:
    """What the application said the time before: empty where it was handed in once only, or never.

    While it is being filled in anew, that is the latest time; afterwards the one before.
    """
    handed_in = list_submissions(db, institution.id)
    is_with_us = institution.state in UNDER_REVIEW or (not institution.renewing and institution.state == "approved")
    earlier = handed_in[:-1] if is_with_us else handed_in
    return read_content(db, earlier[-1]) if earlier else {}


def sections_of(
    db: ReadSession, institution: Institution, before: Mapping[str, Any], t: Words, locale: str
) -> list[Entered]:
    """Every section that was filled in, with the questionnaires as sections of their own after the answers."""
    found = []
    for name in (*FILLED, "ownership"):
        values = dict(read_section(db, institution.id, name).values)
        old = dict((before.get("sections") or {}).get(name, {})) if before else None
        if not values and not old:
            continue
        if name == "ownership":
            values, old = _drawn(values, t), None if old is None else _drawn(old, t)
        else:
            values, old = _in_order(values, fields_of(name)), None if old is None else _in_order(old, fields_of(name))
        rows = _rows_of(values, old, t, locale)
        found.append(Entered(f"section:{name}", t(f"institutions.sections.{name}"), rows))
    return found


def party_rows(now: Mapping[str, Any], before: Mapping[str, Any] | None, t: Words, locale: str) -> list[Row]:
    """What is said of a person or entity, in the order in which it is asked for."""
    order = fields_of_party()
    return _rows_of(_in_order(now, order), None if before is None else _in_order(before, order), t, locale)


def _rows_of(now: Mapping[str, Any], before: Mapping[str, Any] | None, t: Words, locale: str) -> list[Row]:
    """A row for each field that is or was there; `before` is None where there is nothing to compare with."""
    old = before or {}
    rows = []
    for key in dict.fromkeys([*now, *old]):
        value, was = _said_in(key, now.get(key), t, locale), _said_in(key, old.get(key), t, locale)
        changed = before is not None and value != was
        rows.append(Row(_label_of(key, t), value, was if changed else "", changed and not was))
    return rows


def _in_order(values: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """As the form asks for them."""
    return {key: values[key] for key in order if key in values}


def _label_of(key: str, t: Words) -> str:
    """What a field is called; of a questionnaire, the question itself."""
    for name in questions():
        if key.startswith(f"{name}:"):
            return question_text(name)[key.partition(":")[2]]
    which, _, part = key.rpartition(".")
    if which:
        return f"{t(f'institutions.addresses.{which}')}: {t(f'institutions.fields.{part}')}"
    for group in ("fields", "adviser_ask"):
        if t.has(f"institutions.{group}.{key}"):
            return t(f"institutions.{group}.{key}")
    return key


def _said_in(key: str, value: object, t: Words, locale: str) -> str:
    """The value of a field in words."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, bool):
        return t(f"console.institution.{FLAGS[value]}")
    if isinstance(value, list | tuple):
        return ", ".join(t(f"institutions.roles.{one}") for one in value)
    text = str(value)
    if key.rpartition(".")[2] in COUNTRIES:
        return country_name(text, locale) or text
    if key in DAYS:
        with suppress(ValueError):  # what was typed in so is shown so
            return t.date(date.fromisoformat(text))
    for group in {"kind": ("kinds",), "variant": ("variants",), "identity_kind": ("identity",)}.get(key, ()):
        if t.has(f"institutions.{group}.{text}"):
            return t(f"institutions.{group}.{text}")
    return text


def _drawn(values: Mapping[str, Any], t: Words) -> dict[str, str]:
    """The chart as texts: boxes by name, holdings by who holds what of whom."""
    names = {node["id"]: str(node.get("name") or node["id"]) for key, node in values.items() if key.startswith(NODE)}
    told: dict[str, str] = {}
    for key, value in values.items():
        if key.startswith(NODE):
            parts = [t(f"institutions.box.{value.get('kind', 'person')}"), value.get("country", "")]
            parts += [t("console.institution.listed")] if value.get("listed") else []
            parts += [value["widely_held"]] if value.get("widely_held") else []
            told[names[value["id"]]] = ", ".join(filter(None, parts))
        elif key.startswith(EDGE):
            title = f"{names.get(value.get('owner'), '?')} → {names.get(value.get('owned'), '?')}"
            held = t(f"institutions.holding.{value.get('kind', 'shares')}")
            line = f"{held} {value.get('share', '')}".strip()
            extra = [value.get("means", ""), *(value.get(day, "") for day in ("start", "end"))]
            extra += [t("console.institution.bearer")] if value.get("bearer") else []
            holder = names.get(value.get("held_for", ""), "")
            extra += [t("console.institution.held_for", name=holder)] if holder else []
            line = ", ".join(filter(None, [line, *extra]))
            told[title] = f"{told[title]}; {line}" if title in told else line
        elif key not in (SUBJECT, STATEMENTS):
            told[key] = str(value)
    return told

"""Forms that several people fill in at once: what this one changed, and what to show where another wrote as well.

A form carries `was` (what it showed, as JSON), `seen` (the version) and its fields. Only what differs from `was` is
saved, so that nobody writes over a field that they never touched.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fourcorners.infra.db import ReadSession
from fourcorners.institutions.errors import SectionChanged
from fourcorners.institutions.sections import limit_of
from fourcorners.people.countries import country_name
from fourcorners.web.forms import text_of
from fourcorners.web.institutions.framing import page, wants_json
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here
from fourcorners.web.pages import words_of

__all__ = ["changes_of", "clash", "kept_as_shown", "seen_of", "typed"]

WAS_LETTERS_MAX = 200_000
THEIRS = "theirs"
COUNTRIES = ("country", "nationality", "residence")


def kept_as_shown(values: Mapping[str, Any]) -> str:
    """What goes into the field `was`."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def seen_of(form: FormData) -> int:
    """The version that the form was made from; 0 for what is none."""
    told = text_of(form, "seen", length_max=12)
    return int(told) if told.isascii() and told.isdigit() else 0


def typed(form: FormData, fields: Iterable[str]) -> dict[str, str]:
    """The text of each field that the form has."""
    letters = limit_of("text_letters_max") + 1
    return {name: text_of(form, name, length_max=letters) for name in fields if name in form}


def changes_of(form: FormData, said: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was said, whatever differs from what the form had shown; None takes a field away.

    Where two values were shown side by side and the other's was chosen, nothing is changed.
    """
    was = _was(form)
    chosen = {name for name in said if text_of(form, f"choice:{name}", length_max=10) == THEIRS}
    return {name: said[name] or None for name in said if name not in chosen and said[name] != was.get(name, "")}


def clash(request: Request, db: ReadSession, own: Mine, section: str, mine: Mapping[str, Any], refusal: SectionChanged,
          *, action: str, back: str) -> Response:  # fmt: skip
    """Both values of each field that another editor wrote in meanwhile, to choose from (INS2)."""
    fields: list[str] = list(refusal.fields["fields"])  # type: ignore[call-overload]
    values: Mapping[str, Any] = refusal.fields["values"]  # type: ignore[assignment]
    if wants_json(request):
        return JSONResponse({"clash": fields}, 409)
    both = [
        (name, mine.get(name), *(_read(request, name, side.get(name)) for side in (mine, values))) for name in fields
    ]
    rest = {name: value for name, value in mine.items() if name not in fields}
    return page(
        request, db, own, "clash", section=section, status=409, version=refusal.fields["version"], action=action,
        back=back, both=both, rest=rest,
    )  # fmt: skip


def _read(request: Request, name: str, value: object) -> str:
    """A value as its form shows it; empty for nothing."""
    words, field = words_of(request, AREA_NAME), name.rpartition(".")[2]
    if isinstance(value, list):
        return ", ".join(words(f"institutions.roles.{role}") for role in value)
    if value is True:
        return words("institutions.yes")
    text = str(value or "")
    if field in COUNTRIES:
        return country_name(text, locale_here(request))
    key = f"institutions.{'kinds' if field == 'kind' else 'variants'}.{text}"
    if field in ("kind", "variant") and words.has(key):
        return words(key)
    return words(f"institutions.{text}") if text in ("yes", "no") else text


def _was(form: FormData) -> Mapping[str, Any]:
    try:
        told = json.loads(text_of(form, "was", length_max=WAS_LETTERS_MAX) or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}

"""The languages of the help centre, and which one a reader or a query is in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["LANGUAGES", "Language", "date_text", "language_of_query", "languages", "parse_locale"]

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "ru", "ar", "zh", "ja", "ko", "th")
"""The first one is what an article falls back to."""

KANA = re.compile(r"[\u3040-\u30ff]")
SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
)
"""Scripts that tell a language of ours; Japanese is told by its kana, before the rest."""


@dataclass(frozen=True, slots=True)
class Language:
    """One entry of languages.toml, which explains the fields."""

    code: str
    name: str
    direction: str
    date: str
    thousands: str
    right: str
    wrong: str
    stemmer: str | None = None
    months: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()


@cache
def languages() -> Mapping[str, Language]:
    """All languages by their code."""
    table = load_toml("fourcorners.help.language", "languages.toml")["languages"]
    return {code: _language(code, table[code]) for code in LANGUAGES}


def _language(code: str, entry: Mapping[str, Any]) -> Language:
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
    return Language(code, **values)


def parse_locale(tag: str) -> tuple[str, str]:
    """Language and region of a tag such as `en-AE` or `pt_BR`; an unknown language becomes English, no region is ""."""
    parts = re.split(r"[-_]", tag.strip())
    language = parts[0].lower()
    region = next((p.upper() for p in parts[1:] if re.fullmatch(r"[A-Za-z]{2}", p)), "")
    return (language if language in LANGUAGES else "en"), region


def language_of_query(text: str, reader: str) -> str:
    """The language that the script of `text` tells; Latin letters, or none, leave it at the reader's own."""
    if KANA.search(text):
        return "ja"
    for language, script in SCRIPTS:
        if script.search(text):
            return "ja" if (language, reader) == ("zh", "ja") else language
    return reader


def date_text(day: date, language: str, region: str = "") -> str:
    """`day` as people of that language and region write it."""
    table = load_toml("fourcorners.help.language", "languages.toml")
    entry = languages()[language]
    pattern = table["dates"].get(f"{language}-{region}", entry.date)
    month = entry.months[day.month - 1] if entry.months else str(day.month)
    return str(pattern.format(d=day.day, m=month, y=day.year, dd=f"{day.day:02}", mm=f"{day.month:02}"))

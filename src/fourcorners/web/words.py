"""The words of the site: catalogues per area and locale, plural forms, dates, and which locale somebody reads.

Catalogues are TOML: `messages/<locale>.toml` in an area's folder, sections and keys joined by dots. A value is a text
with `{named}` places, or a table of plural forms that `count` chooses from. Plural rules and dates: Unicode CLDR 46.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from unicodedata import bidirectional

from fourcorners.web.area import Area

__all__ = ["PLURALS", "Words", "WordsOf", "negotiate"]

Text: TypeAlias = str | Mapping[str, str]


FORMS = {"zero", "one", "two", "few", "many", "other"}


def _arabic(n: int) -> str:
    if n in (0, 1, 2):
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if 11 <= n % 100 <= 99 else "other"


# The form for a whole number, as each language counts. (French `many` is for round millions: written as `other` here.)
PLURALS: dict[str, Callable[[int], str]] = {
    "en": lambda n: "one" if n == 1 else "other",
    "de": lambda n: "one" if n == 1 else "other",
    "fr": lambda n: "one" if n in (0, 1) else "other",
    "ar": _arabic,
}


@dataclass(frozen=True)
class Words:
    """The words of one locale: call it with a key; `locale` is also the value of the page's `lang`."""

    locale: str
    texts: Mapping[str, Text]

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return str(self.texts["house.locale.direction"])

    def has(self, key: str) -> bool:
        """Is there such a key?"""
        return key in self.texts

    def __call__(self, key: str, /, **places: object) -> str:
        """The text of `key` with its places filled. Raises KeyError: a key without words is a bug."""
        text = self.texts[key]
        if not isinstance(text, str):
            text = text[PLURALS[self.locale](int(str(places["count"])))]
        if self.texts.get("house.locale.direction") == "rtl":
            places = {name: _set_apart(value) for name, value in places.items()}
        return text.format(**places)

    def date(self, day: date) -> str:
        """A day in words, such as `3 August 2026`."""
        return self("house.locale.date", day=day.day, month=self(f"house.months.{day.month}"), year=day.year)

    def moment(self, moment: datetime) -> str:
        """A day and a time; always in UTC, and it says so."""
        if moment.utcoffset() is None:
            raise ValueError("a moment without a time zone")
        moment = moment.astimezone(UTC)
        return self("house.locale.moment", date=self.date(moment.date()), time=f"{moment:%H:%M}")

    def bytes(self, count: int) -> str:
        """A size in kB or MB, as the locale writes its decimals."""
        number = f"{count / 1e6:.1f}" if count >= 1_000_000 else f"{count / 1e3:.0f}"
        unit = "MB" if count >= 1_000_000 else "kB"
        return f"{number.replace('.', self('house.locale.decimal'))} {unit}"


class WordsOf:
    """Every catalogue of the site. An area offers the locales that it has files for; the house has them all."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self.texts: dict[str, dict[str, Text]] = {}
        self.offered: dict[str, tuple[str, ...]] = {}
        for area in areas:
            files = sorted((area.folder / "messages").glob("*.toml"))
            self.offered[area.name] = tuple(sorted((f.stem for f in files), key=lambda name: (name != "en", name)))
            for file in files:
                table = tomllib.loads(file.read_text(encoding="utf-8"))
                self.texts.setdefault(file.stem, {}).update(_flat(area.name, table))

    def of(self, locale: str) -> Words:
        """The words of a locale."""
        return Words(locale, self.texts[locale])

    def locales(self, area: str) -> tuple[str, ...]:
        """What an area can be read in, English first; an area without words of its own, whatever the house can."""
        return self.offered.get(area) or self.offered["house"]


def negotiate(offered: tuple[str, ...], *, asked: str | None, kept: str | None, accepted: str) -> str:
    """The locale to read: asked for in the address, kept in a cookie, accepted by the browser, or the first."""
    for wish in (asked, kept):
        if wish in offered:
            return str(wish)
    return next((language for language in _ranked(accepted) if language in offered), offered[0])


def _ranked(accepted: str) -> list[str]:
    """The languages of an Accept-Language header (RFC 9110, 12.5.4), dearest first; what is malformed is left out."""
    ranked = []
    for part in accepted[:400].split(","):
        language, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if weight > 0:
            ranked.append((-weight, language.split("-")[0].lower()))
    return [language for _, language in sorted(ranked, key=lambda pair: pair[0])]


def _set_apart(value: object) -> object:
    """What is not written from the right is isolated, or numbers beside it and in it would change places (UAX #9).

    Links stay as they are: programs that find them in a mail would take the mark along.
    """
    if not isinstance(value, str) or "://" in value or any(bidirectional(letter) in ("R", "AL") for letter in value):
        return value
    return f"\N{FIRST STRONG ISOLATE}{value}\N{POP DIRECTIONAL ISOLATE}"


def _flat(prefix: str, table: Mapping[str, Any]) -> dict[str, Text]:
    flat: dict[str, Text] = {}
    for key, value in table.items():
        plural = isinstance(value, dict) and value.keys() <= FORMS
        if isinstance(value, dict) and not plural:
            flat.update(_flat(f"{prefix}.{key}", value))
        else:
            flat[f"{prefix}.{key}"] = value
    return flat

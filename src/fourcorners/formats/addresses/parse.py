"""From the lines of an address to its parts."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from fourcorners.formats.names import fold, plain
from fourcorners.formats.states import find_state
from fourcorners.kit.data import load_toml

from .model import Address
from .postcodes import CityLine, city_lines, country_format

__all__ = [
    "care_of",
    "country_of",
    "is_eastern",
    "is_post_box",
    "names_building",
    "parse_address",
    "street_in",
    "unit_in",
    "ways_of",
    "words",
]

LINES_MAX = 12
LINE_MAX = 200  # characters; a longer one is prose
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NUMBER = re.compile(r"\d+(?:[A-Za-z]|\s[a-z](?!\w))?(?:\s?[-–/]\s?\d+[A-Za-z]?)*(?:\s?(?i:bis|ter|quater))?(?!\w)")


def words() -> Mapping[str, Any]:
    """The words of addresses: words.toml."""
    return load_toml("fourcorners.formats.addresses", "words.toml")


def parse_address(text: str, country: str | None = None) -> Address:
    """The parts of an address of one or more lines, parted by line breaks or commas.

    `country` (ISO alpha-2) is taken where the text names none. Never fails: what is not found stays empty.
    """
    given = [
        line.strip(" ,;") for line in text[: LINES_MAX * LINE_MAX].replace("،", ",").replace("、", ",").splitlines()
    ]
    lines = [line[:LINE_MAX] for line in given if line][:LINES_MAX]
    named = country_of(lines[-1].rsplit(",", 1)[-1]) if lines else None
    where = named or country
    place = _place(lines, where)
    rest = [_without(line, place) if i == place[0] else line for i, line in enumerate(lines)] if place else lines
    parts = [p.strip() for line in rest for p in line.split(",") if p.strip() and not country_of(p)]
    boxed = next((p for p in parts if is_post_box(p)), "")
    parts = [p for p in parts if p != boxed]
    units: dict[str, str] = {}
    bare = []
    for part in parts:
        found, left = unit_in(part)
        units |= found
        if left:
            bare.append(NUMBERED.sub("", left))
    street, number, others = _street(bare)
    city = place[1].city if place else ""
    if not city and others and (place or where):
        city = others[-1]
    return Address(
        tuple(lines),
        house_number=number,
        street=street,
        postcode=place[1].postcode if place else "",
        city=city,
        country=where or (place[1].country if place and _certain(place[1]) else ""),
        post_box=boxed,
        units=units,
    )


def country_of(text: str) -> str | None:
    """The ISO alpha-2 code of a country's name or of a code of two letters in capitals, or None."""
    bare = text.strip(" .,()")
    if not bare or any(c.isdigit() for c in bare) or (len(bare) < 4 and not bare.isupper()):
        return None
    letters = bare.replace(".", "")
    if len(letters) == 2 and letters not in (COUNTRY_CODES if bare == letters else ("US", "UK")):  # "N.L." is a state
        return None
    state = find_state(bare)
    return state.alpha2 if state and state.kind == "iso" else None


COUNTRY_CODES = frozenset({"US", "GB", "UK", "FR", "NL", "ES", "PL", "TR", "BE", "CH", "HK", "JP", "CN", "SG", "AU"})
"""Codes that stand for a country at the end of an address; others (CA, DE, IN) are states or provinces there too."""


def is_post_box(text: str) -> bool:
    """Does it name a post box?"""
    folded = " ".join(re.findall(r"\w+", fold(text)))
    return any(pattern.search(folded) for pattern in _post_boxes())


def care_of(line: str) -> str | None:
    """The name after "c/o", "Attn:", "T.a.v." and the like; None for a line that starts otherwise."""
    bare = line.strip()
    for start in words()["careof"]["starts"]:
        opening, rest = bare[: len(start)], bare[len(start) :]
        slash = "/" not in start or "/" in opening  # "Co. Clare" is a county
        if slash and plain(opening) == plain(start) and rest and not rest[0].isalpha():
            return rest.strip(" .:,")
    return None


def names_building(text: str) -> bool:
    """Does it name a house or an estate: "Résidence Les Tilleuls", "Rose Cottage"?"""
    return any(token in words()["buildings"]["words"] for token in _tokens(text))


UNITS_TOKENS = 7


def _crosses(text: str) -> bool:
    """Does "#" part two crossing ways, as in Colombia: "Carrera 43A # 16 Sur - 47"?"""
    first = _tokens(text.split(",")[0])[:1]
    return bool(first and ways_of(first[0]) & {"calle", "carrera"})


NUMBERLESS = frozenset({"SNC", "SN"})
"""Behind a street whose houses have no number, in Italy and Spain: "senza numero civico", "sin número"."""


def street_in(line: str) -> bool:
    """Does a line look like a street: a kind of way, or a number at its start or end with words beside it?"""
    line = JOINED_NUMBER.sub(r"\1 \2", line)
    units, bare = unit_in(line)
    many = _tokens(line)
    tokens = _tokens(bare) if len(units) > 1 and len(many) > UNITS_TOKENS else many  # "nr. 240, bl. 59, sc. 1, ap. 12"
    digits = [i for i, t in enumerate(tokens) if t[0].isdigit()]
    letters = [t for t in tokens if t.isalpha() and len(t) > 1]
    crossing = "#" in line and _crosses(line)
    if not letters or len(tokens) > 9 or (len(digits) > 3 and not crossing):
        return bool(CJK.search(line) and re.search(r"[丁番号路街弄區区町村]", line))
    # A letter alone ("C", "R") is a kind of way only beside a number.
    way = any(ways_of(t) for t in tokens if len(t) > 2)
    if way and tokens[-1] in NUMBERLESS:
        return True
    if way and (digits or len(tokens) <= 5):
        return bool(digits) or tokens[0] in _first_ways() or bool(ways_of(tokens[-1]) and len(tokens) > 1)
    if digits and ways_of(tokens[0]):
        return True
    # "Mayor 12 3 B": a flat's letter may follow the number.
    last = len(tokens) - 1 - (len(tokens) > 2 and len(tokens[-1]) == 1)
    return bool(digits) and (digits[0] == 0 or digits[-1] >= last) and len(digits) <= 2


JOINED_NUMBER = re.compile(r"(?<!\w)([^\W\d_]{3,})-(\d)")
"""A number joined to its word: "ROAD-7"."""

STOREY = re.compile(r"(?<!\w)(?P<number>\d{1,3})(?:\.[ºª°]?|[ºª°]|st|nd|rd|th|er|e|ème)\s?(?P<word>[^\W\d_]+)")
"""A floor's number before its word: "3rd floor", "2. OG", "4º piso"."""

SLASHED_FLOOR = re.compile(r"(?<![\w/])(?P<number>\d{1,3})/F(?!\w)", re.IGNORECASE)
"""A floor as Hong Kong writes it: "18/F"."""

SIDE = r"(?i:[a-z]|esq|dto|dir|fr?te?|izqd?a?|izda|dcha|drcha|der|ctro|sx|dx)"
"""A door, or the side of the stairs on which it is, in Spain, Portugal and Italy."""

DOOR = re.compile(
    r"(?P<house>\d+[A-Za-z]?)\s*[,–-]?\s*(?<!\d)(?P<floor>\d{1,2})"
    rf"(?:\.?[ºª°]\s?(?P<door>{SIDE}|\d{{1,2}}[ºª°a]?)?|\s(?P<letter>{SIDE}))\.?$"
)
"""House number, floor and door without words, as Spain writes them: "14 - 5º C", "88, 2º 1ª", "14 5 C"."""

ORDINAL = re.compile(rf"(?<!\w)(?P<floor>\d{{1,2}})\.?[ºª°](?!\w)\s?(?P<door>(?:{SIDE})(?!\w)|\d{{1,2}}[ºª°a](?!\w))?")
"""Floor and door between commas: "5º C"."""

NUMBERED = re.compile(r"^(?:no|nr|nº|n\.?º|n°|num|nro|№|số|д|č\.?p)[.:\s]+(?=\d)", re.IGNORECASE)
"""A word that says no more than that a number follows."""


def unit_in(text: str) -> tuple[dict[str, str], str]:
    """Flat, floor and stair named in a text, and the text without them."""
    units: dict[str, str] = {}

    def taken(found: re.Match[str]) -> str:
        kind = _unit_kinds().get(plain(found["word"])) if found["word"] else words()["unit"]["hash"]
        if not found["word"] and _crosses(text):
            return found[0]
        if kind is None:
            return found[0]
        units[kind] = plain(found["number"])
        return " "

    def storey(found: re.Match[str]) -> str:
        if _unit_kinds().get(plain(found["word"])) != "floor":
            return found[0]
        units["floor"] = found["number"]
        return " "

    def slashed(found: re.Match[str]) -> str:
        units["floor"] = found["number"]
        return " "

    def ordinal(found: re.Match[str]) -> str:
        door = found["door"] or found.groupdict().get("letter")
        units.update({"floor": found["floor"], **({"flat": plain(door)} if door else {})})
        return f" {found.groupdict().get('house') or ''}"

    left = SLASHED_FLOOR.sub(slashed, STOREY.sub(storey, _units().sub(taken, text)))
    left = ORDINAL.sub(ordinal, DOOR.sub(ordinal, left) if any(c.isalpha() for c in left[:4]) else left)
    return units, re.sub(r"\s{2,}", " ", left).strip(" ,;-/")


def is_eastern(text: str) -> bool:
    """Does it name parts of a town or region by the words of Chinese, Korean, Japanese, Thai, Vietnamese or Arabic?"""
    return any(pattern.search(text) for pattern in _eastern())


@cache
def _eastern() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words()["eastern"]["patterns"])


@cache
def ways_of(word: str) -> frozenset[str]:
    """The kinds of way that a word (capitals, no marks) stands for."""
    return frozenset(kind for kind, spellings in words()["ways"].items() if word in spellings) | frozenset(
        {"strasse", "street"} if len(word) > 5 and word.endswith(tuple(words()["endings"])) else ()
    )


@cache
def _first_ways() -> frozenset[str]:
    """Kinds of way that stand before the name."""
    table = words()["ways"]
    return frozenset(s for kind in words()["before"]["ways"] for s in table[kind] if len(s) > 1)


def _tokens(text: str) -> list[str]:
    return [t for t in (plain(w) for w in re.findall(r"[^\W_]+(?:[-/][^\W_]+)*|#", text)) if t]


def _place(lines: list[str], country: str | None) -> tuple[int, CityLine] | None:
    """The line with the postcode and its city: the lowest line that has one; there, the longest match."""
    patterned = bool(country and country_format(country)[0])
    for only in (country, None) if country else (None,):
        for i in reversed(range(len(lines))):
            found = [c for c in city_lines(lines[i], only) if c.city or _certain(c) or only]
            found = [c for c in found if not (c.city and unit_in(c.city)[0])]  # "кв. 8, 420111"
            if only is None and patterned:  # the country's own form is not there: another's only where it is certain
                found = [c for c in found if _certain(c)]
            if found:
                return i, min(found, key=lambda c: _doubt(lines[i], c))
    return None


def _doubt(line: str, place: CityLine) -> tuple[bool, bool, int, int]:
    """Orders ways to read one line: letters or a state beside the postcode, no comma inside, the most that is read."""
    return not _certain(place), "," in line[place.start : place.end], place.start - place.end, place.start


def _without(line: str, place: tuple[int, CityLine]) -> str:
    """The line without its postcode and city. A city swallows what stands before it, up to a comma."""
    return f"{line[: place[1].start]},{line[place[1].end :]}"


def _certain(line: CityLine) -> bool:
    return not line.postcode.isdigit() or bool(line.region)


def _has_way(part: str) -> bool:
    return any(ways_of(t) for t in _tokens(part) if len(t) > 1)


def _street(parts: Iterable[str]) -> tuple[str, str, list[str]]:
    """Street, house number, and the parts that are neither."""
    known = list(parts)
    if len(known) > 1 and NUMBER.fullmatch(known[0]) and _has_way(known[1]):  # "14, Jalan SS 2/24"
        return known[1], known[0], known[2:]
    streets = [p for p in known if street_in(p)]
    chosen = next((p for p in streets if NUMBER.search(p) and _has_way(p)), None)
    chosen = chosen or next((p for p in streets if NUMBER.search(p)), None) or next(iter(streets), None)
    chosen = chosen or next((p for p, q in pairwise(known) if p[0].isalpha() and NUMBER.fullmatch(q)), None)
    if chosen is None:
        numbers = [p for p in known if NUMBER.fullmatch(p)]
        return "", (numbers[0] if numbers else ""), [p for p in known if p not in numbers]
    found = list(NUMBER.finditer(chosen))
    others = [p for p in known if p != chosen]
    if not found:  # the number stands between commas: "Via Roma, 12"
        apart = next((p for p in others if NUMBER.fullmatch(p)), "")
        return chosen, apart, [p for p in others if p != apart]
    number = found[0] if found[0].start() == 0 else found[-1]
    street = f"{chosen[: number.start()]} {chosen[number.end() :]}".strip(" ,;-")
    return street, number[0], others


@cache
def _post_boxes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in words()["post_box"]["patterns"])


@cache
def _unit_kinds() -> Mapping[str, str]:
    return {word: kind for kind, spelt in words()["unit"].items() if kind != "hash" for word in spelt}


@cache
def _units() -> re.Pattern[str]:
    """A unit's word with its number after it: "Apt 4B", "# 12"."""
    word = r"(?:(?<!\w)(?P<word>[^\W\d_]+)(?:[.:] ?| |(?=\d))|# ?)(?:no\.? ?|nr\.? ?)?"
    return re.compile(rf"{word}(?P<number>\d+(?:-\d+)?[A-Za-z]?|[A-Z])(?!\w)")

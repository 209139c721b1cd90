"""Whether two addresses are one place, part by part."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from fourcorners.formats.agreement.look_alikes import one_edit_apart
from fourcorners.formats.agreement.model import MISSING, TOO_LONG, Agreement, Outcome, is_blank, is_too_long
from fourcorners.formats.agreement.names import names_agree
from fourcorners.formats.names import plain, romanised
from fourcorners.formats.states import find_state

from .ideographs import ideographs_agree, is_ideographic
from .model import Address, AddressPart
from .parse import parse_address, ways_of, words

__all__ = ["address_parts", "addresses_agree"]

SAME_REASONS = frozenset({"case", "diacritics", "transliteration", "spacing", "abbreviation", "order", "country"})
"""What sets two ways of writing one address apart; every other reason makes them compatible at best."""

Reasons = tuple[str, ...]


def addresses_agree(a: str | None, b: str | None, country: str | None = None) -> Agreement:
    """Compare two postal addresses, each in one line or several; `country` is that of both where they do not say it.

    Same: they differ only in `case`, `diacritics`, `transliteration`, `spacing`, `order`, `abbreviation` (St, Street)
    or by naming the `country`. Compatible: one leaves out the `unit`, the `postcode`, the `city`, further `words` (a
    district, a building), a kind of way or the end of a `postcode`. Different, with the parts that differ as
    reasons: `house_number`, `street`, `postcode`, `city`, `unit`, `post_box` (one is a post box), `country`.
    With them goes the hint `one_letter`, where street or city differ by no more. Missing: one side is empty. A text
    longer than any address is `different`, `too_long`.
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or is_blank(a) or is_blank(b):
        return MISSING
    if is_ideographic(a) and is_ideographic(b):
        return ideographs_agree(a, b)
    first, second = _parsed(a, b, country)
    tokens = _tokens(first), _tokens(second)
    if not tokens[0] or not tokens[1]:
        return MISSING
    told: list[str] = []
    wrong: list[str] = []
    for part, _, _, reasons in _compared(first, second):
        if reasons is None:
            wrong.append(part)
        else:
            told += [part if reason == "omitted" else reason for reason in reasons]
    if not (first.is_whole and second.is_whole):
        wrong += [] if _loosely(*tokens) else ["words"]
    if wrong:
        slips = {"street": (first.street, second.street), "city": (first.city, second.city)}
        near = all(part in slips and one_edit_apart(*map(romanised, slips[part])) for part in wrong)
        return Agreement("different", (*dict.fromkeys(wrong), *(("one_letter",) if near else ())))
    told += _left_over(*tokens)
    if not told and "".join(a.split()) != "".join(b.split()):
        told.append("spacing" if plain(re.sub(r"[\s,]", "", a)) == plain(re.sub(r"[\s,]", "", b)) else "order")
    unique = tuple(dict.fromkeys(told))
    return Agreement("same" if SAME_REASONS.issuperset(unique) else "compatible", unique)


def address_parts(a: str, b: str, country: str | None = None) -> tuple[AddressPart, ...]:
    """Each part that one of the two addresses has, beside that of the other; as `addresses_agree` compares them."""
    if is_too_long(a, b):
        return ()
    parts = []
    for part, x, y, reasons in _compared(*_parsed(a, b, country)):
        if not x and not y:
            continue
        if reasons is None:
            parts.append(AddressPart(part, x, y, Agreement("different")))
        elif "omitted" in reasons:
            parts.append(AddressPart(part, x, y, Agreement("missing")))
        else:
            unique = tuple(dict.fromkeys(reasons))
            outcome: Outcome = "same" if SAME_REASONS.issuperset(unique) else "compatible"
            parts.append(AddressPart(part, x, y, Agreement(outcome, unique)))
    return tuple(parts)


def _parsed(a: str, b: str, country: str | None) -> tuple[Address, Address]:
    first, second = parse_address(a, country), parse_address(b, country)
    if first.country and second.country and first.country != second.country and country is None:
        first, second = parse_address(a, second.country), parse_address(b, first.country)
    return first, second


def _compared(first: Address, second: Address) -> Iterator[tuple[str, str, str, Reasons | None]]:
    """Each part's name, how it is written on both sides, and why it is the same; None where it is not."""
    a, b, tokens = first, second, (_tokens(first), _tokens(second))
    yield "post_box", a.post_box, b.post_box, _post_boxes(a, b)
    yield "house_number", a.house_number, b.house_number, _house_numbers(a, b, tokens)
    yield "street", a.street, b.street, _words(a.street, b.street, tokens)
    yield "postcode", a.postcode, b.postcode, _postcodes(a.postcode, b.postcode, tokens)
    yield "city", a.city, b.city, _words(a.city, b.city, tokens)
    units = (", ".join(f"{kind} {number}" for kind, number in side.units.items()) for side in (a, b))
    yield "unit", next(units), next(units), _units(a, b)
    yield "country", a.country, b.country, _countries(a, b)


def _post_boxes(a: Address, b: Address) -> Reasons | None:
    if bool(a.post_box) != bool(b.post_box):
        return None
    return () if re.findall(r"\d+", a.post_box) == re.findall(r"\d+", b.post_box) else None


def _house_numbers(a: Address, b: Address, tokens: tuple[list[str], list[str]]) -> Reasons | None:
    x, y = (re.sub(r"[^0-9A-Z]+", "-", plain_number(n)).strip("-") for n in (a.house_number, b.house_number))
    if x == y:
        return ()
    if not x or not y:
        mine, theirs = (x, tokens[1]) if x else (y, tokens[0])
        if mine in theirs:
            return ()
        return None if a.street and b.street else ("omitted",)
    if x.replace("-", "") == y.replace("-", ""):
        return ("spacing",)
    # "12/4" beside "12, Apt 4": the number and the flat in one
    if a.units or b.units:
        whole = [[n, *(str(v) for v in u.values())] for n, u in ((x, a.units), (y, b.units))]
        if "-".join(whole[0]) == "-".join(whole[1]):
            return ("spacing",)
    return None


def plain_number(number: str) -> str:
    """A house number in capitals, ranges with one kind of dash, letters joined: "12 a" is "12A"."""
    joined = re.sub(r"(?<=\d)\s+(?=[A-Z](?![A-Z]))", "", number.upper())
    return re.sub(r"\s*[-–/]\s*", "-", joined)


def _postcodes(a: str, b: str, tokens: tuple[list[str], list[str]]) -> Reasons | None:
    x, y = (re.sub(r"[^0-9A-Z]", "", code.upper()) for code in (a, b))
    if x == y:
        return ()
    if not x or not y:
        return () if (x or y) in (tokens[1] if x else tokens[0]) else ("omitted",)
    shorter, longer = sorted((x, y), key=len)
    if len(longer) == 9 and len(shorter) == 5 and longer.startswith(shorter):  # ZIP+4
        return ("omitted",)
    return None


def _units(a: Address, b: Address) -> Reasons | None:
    reasons: list[str] = []
    for kind in {*a.units, *b.units}:
        x, y = a.units.get(kind), b.units.get(kind)
        if x is None or y is None:
            reasons.append("omitted")
        elif x != y:
            return None
    return tuple(reasons)


def _countries(a: Address, b: Address) -> Reasons | None:
    if a.country == b.country:
        return ()
    return ("omitted",) if not a.country or not b.country else None


def _words(a: str, b: str, tokens: tuple[list[str], list[str]]) -> Reasons | None:
    """Each word of the part on one side stands on the other, wherever in the address it is said there."""
    x, y = _significant(_split(a)), _significant(_split(b))
    if not x or not y:
        pool, part = (tokens[1], x) if x else (tokens[0], y)
        found = _found(part, pool)
        return ("omitted",) if found is None and not (x and y) else found or ()
    if _cities_are_one(a, b):
        return ("transliteration",)
    best = [r for r in (_found(x, tokens[1]), _found(y, tokens[0])) if r is not None]
    if not best:
        joined = _token_relation("".join(x), "".join(y))
        return None if joined is None else (*joined, "spacing")
    return min(best, key=len)


def _found(part: Sequence[str], pool: Sequence[str]) -> Reasons | None:
    """The reasons by which every word of a part is in the pool; None if one is not."""
    reasons: list[str] = []
    for word in part:
        options = [r for other in pool if (r := _token_relation(word, other)) is not None]
        if not options and not (len(part) > 1 and ways_of(word)):
            return None
        best: Reasons = min(options, key=len) if options else ("abbreviation",)
        reasons += best
    return tuple(reasons)


@lru_cache(maxsize=16384)
def _token_relation(x: str, y: str) -> Reasons | None:
    """Why two words of an address are one, or None if they are not."""
    if x == y:
        return ()
    if plain(x) == plain(y):
        return ("case",) if x.upper() == y.upper() else ("diacritics",)
    if x[0].isdigit() or y[0].isdigit():
        return None
    p, q = plain(x), plain(y)
    if ways_of(p) & ways_of(q) and not (_has_ending(p) or _has_ending(q)):
        return ("abbreviation",)
    if (stem := _stem(p)) and stem == _stem(q):
        return ("abbreviation",)
    agreement = names_agree(x, y)
    if agreement.outcome == "same":
        return agreement.reasons
    if agreement.outcome == "compatible" and agreement.reasons == ("romanisation",):
        return ("transliteration",)
    return None


def _stem(word: str) -> str:
    """A word that ends as streets do ("HAUPTSTRASSE", "HAUPTSTR") with one ending; "" for any other."""
    for ending, short in words()["endings"].items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)].rstrip("-") + str(short)
    return ""


def _has_ending(word: str) -> bool:
    return bool(_stem(word))


@lru_cache(maxsize=4096)
def _cities_are_one(a: str, b: str) -> bool:
    x, y = (" ".join(plain(w) for w in _split(c)) for c in (a, b))
    return x != y and any(x in group and y in group for group in words()["cities"]["also"])


def _left_over(first: list[str], second: list[str]) -> list[str]:
    """`words` where one side says more than the other beyond countries, kinds of way and small words."""
    for mine, theirs in ((first, second), (second, first)):
        for word in _significant(mine):
            known = any(_token_relation(word, o) is not None or _cities_are_one(word, o) for o in theirs)
            kind = _is_country(word) or ways_of(plain(word)) or plain(word) in _unit_words()
            if not known and not word[0].isdigit() and not kind:
                return ["words"]
    return []


def _loosely(first: list[str], second: list[str]) -> bool:
    """For addresses that no rule takes apart: the same numbers, and the shorter side's words all on the other."""
    numbers = [{t.lstrip("0") for t in tokens if t[0].isdigit()} for tokens in (first, second)]
    if numbers[0] != numbers[1]:
        return False
    sides = (_significant(first), _significant(second))
    bare = [[t for t in side if not t[0].isdigit()] for side in sides]
    fewest = min(map(len, bare))
    return all(sides) and any(
        len(own) == fewest and (not own or _found(own, other) is not None)
        for own, other in zip(bare, reversed(sides), strict=True)
    )


def _significant(tokens: Sequence[str]) -> list[str]:
    small = _small()
    return [t for t in tokens if plain(t) and plain(t) not in small] or list(tokens)


def _tokens(address: Address) -> list[str]:
    return [t for line in address.lines for t in _split(line)]


def _split(text: str) -> list[str]:
    joined = re.sub(r"(?<=\d)\s+(?=[A-Za-z](?![A-Za-z]))", "", text)
    found = re.findall(r"\d+[^\W_]*(?:\s?[-–/]\s?\d+[^\W_]*)*|(?:[^\W_]|['’`.])+", joined)
    return [t for t in (w.strip(".'’`") for w in found) if t and plain(t)]


@cache
def _small() -> frozenset[str]:
    return frozenset(words()["small"]["words"])


@cache
def _unit_words() -> frozenset[str]:
    return frozenset(w for kind, spelt in words()["unit"].items() if kind != "hash" for w in spelt)


@lru_cache(maxsize=4096)
def _is_country(word: str) -> bool:
    return find_state(word) is not None

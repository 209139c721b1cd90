"""Whether two names are one."""

from functools import lru_cache

from fourcorners.formats.names import (
    consonants,
    is_droppable,
    plain,
    reduced,
    romanised,
    skeleton,
    spells,
    split_words,
    without_digraphs,
)

from .look_alikes import one_edit_apart, sight
from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_blank, is_too_long

__all__ = ["names_agree"]

SAME_REASONS = frozenset({"case", "diacritics", "transliteration", "spacing"})
"""What sets two spellings of one name apart; every other reason makes them compatible at best."""

MAX_WORDS = 24
LEAST_TRUNCATED = 3  # letters: fewer are no evidence that a longer name was meant

Words = list[str]

Relation = tuple[str, ...]
"""The reasons by which two words are one; () if they are equal."""


def names_agree(a: str | None, b: str | None) -> Agreement:
    """Compare two family names, given names or full names in any script.

    Same: they differ only in `case`, `diacritics`, `spacing` (spaces, hyphens, apostrophes) or `transliteration` (by
    the rules of ICAO Doc 9303-3 or a national standard). Compatible: also in `order`; `omitted` (a word is missing on
    one side), `particle`, `title`, `suffix` (that word is one of these), `initials`, `truncation` (one is the beginning
    of the other), `look_alike` (O/0, I/1), `romanisation` (two Latin spellings that can stand for one name). Different:
    with the hint `one_letter` or `romanisation` (they sound alike, and still are two names in Latin letters).
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or is_blank(a) or is_blank(b):
        return MISSING
    first, second = split_words(a)[:MAX_WORDS], split_words(b)[:MAX_WORDS]
    if not first or not second:
        return MISSING
    if first == second:
        return Agreement("same") if a.split() == b.split() else Agreement("same", ("spacing",))
    for strategy in (_whole, _without_droppable, _shortened, _part_of):
        reasons = strategy(first, second)
        if reasons is not None:
            unique = tuple(dict.fromkeys(reasons))
            return Agreement("same" if SAME_REASONS.issuperset(unique) else "compatible", unique)
    latin_first, latin_second = "".join(map(romanised, first)), "".join(map(romanised, second))
    if one_edit_apart(latin_first, latin_second):
        return Agreement("different", ("one_letter",))
    return Agreement("different", ("romanisation",)) if reduced(latin_first) == reduced(latin_second) else DIFFERENT


def _whole(first: Words, second: Words) -> Relation | None:
    """Every word has its counterpart: in order, joined otherwise, or in another order."""
    if len(first) == len(second):
        pairs = [_related(x, y) for x, y in zip(first, second, strict=True)]
        if None not in pairs:
            return tuple(reason for pair in pairs if pair is not None for reason in pair)
    joined = _related("".join(first), "".join(second))
    if joined is not None and "initials" not in joined:
        return (*joined, "spacing")
    if len(first) == len(second):
        matched = _matched(first, second)
        return None if matched is None else (*matched[1], "order")
    return None


def _without_droppable(first: Words, second: Words) -> Relation | None:
    """The names are whole but for particles, titles and suffixes that one of them leaves out or moves."""
    bare_first, bare_second = ([word for word in words if is_droppable(word) is None] for words in (first, second))
    if not bare_first or not bare_second or (bare_first, bare_second) == (first, second):
        return None
    reasons: Relation | None = () if bare_first == bare_second else _whole(bare_first, bare_second)
    if reasons is None:
        return None
    folded = [{plain(word) for word in words} for words in (first, second)]
    odd = [is_droppable(word) for word in (*first, *second) if plain(word) in folded[0] ^ folded[1]]
    if odd.count("suffix") > 1:  # father and son
        return None
    return (*reasons, *([reason for reason in odd if reason] or ["order"]))


def _shortened(first: Words, second: Words) -> Relation | None:
    """One name breaks off inside the other, as a field too short for it makes it."""
    shorter, longer = (first, second) if len("".join(first)) < len("".join(second)) else (second, first)
    if len(shorter) > len(longer):
        return None
    reasons: list[str] = []
    for x, y in zip(shorter[:-1], longer, strict=False):
        pair = _related(x, y)
        if pair is None:
            return None
        reasons += pair
    start, whole = romanised(shorter[-1]), romanised(longer[len(shorter) - 1])
    if start == whole or not whole.startswith(start) or (len(shorter) == 1 and len(start) < LEAST_TRUNCATED):
        return None
    return (*reasons, "truncation")


def _part_of(first: Words, second: Words) -> Relation | None:
    """Every word of one name stands in the other, which has more; at least one of them in full."""
    shorter, longer = sorted((first, second), key=len)
    matched = _matched(shorter, longer)
    if matched is None:
        return None
    places, reasons = matched
    if all("initials" in _known(x, longer[place]) or len(x) == 1 for x, place in zip(shorter, places, strict=True)):
        return None
    return (*reasons, *(["order"] if places != sorted(places) else []), "omitted")


def _matched(shorter: Words, longer: Words) -> tuple[list[int], Relation] | None:
    """For each word of the shorter name the place of its counterpart in the longer, each used once; and the reasons."""
    places: list[int] = []
    reasons: list[str] = []
    for word in shorter:
        options = [
            (len(relation), "initials" in relation, place, relation)
            for place, other in enumerate(longer)
            if place not in places and (relation := _related(word, other)) is not None
        ]
        if not options:
            return None
        best = min(options, key=lambda option: (option[1], option[0], option[2]))
        places.append(best[2])
        reasons += best[3]
    return places, tuple(reasons)


def _known(x: str, y: str) -> Relation:
    return _related(x, y) or ()


@lru_cache(maxsize=16384)
def _related(x: str, y: str) -> Relation | None:
    """Why two words are one, or None if they are not."""
    if x == y:
        return ()
    case = ("case",) if x.isupper() != y.isupper() and x.lower() != x.upper() and y.lower() != y.upper() else ()
    if x.upper() == y.upper():
        return ("case",)
    plain_x, plain_y = plain(x), plain(y)
    if plain_x == plain_y:
        return (*case, "diacritics")
    if spells(x, plain_y) or spells(y, plain_x):
        return (*case, "transliteration")
    if sight(plain_x) == sight(plain_y) and not (plain_x.isalpha() and plain_y.isalpha()):
        return (*case, "look_alike")
    if 1 in (len(plain_x), len(plain_y)) and plain_x[:1] == plain_y[:1]:
        return (*case, "initials")
    return (*case, "romanisation") if _sounds_alike(x, y) else None


def _sounds_alike(x: str, y: str) -> bool:
    latin_x, latin_y = romanised(x), romanised(y)
    if plain(x).isascii() and plain(y).isascii():  # Smith and Smyth are two names, Muller and Mueller may be one
        return without_digraphs(latin_x) == without_digraphs(latin_y)
    if reduced(latin_x) == reduced(latin_y) != "":
        return True
    bones = skeleton(x) or skeleton(y)
    return bones is not None and len(bones) > 1 and consonants(latin_x) == consonants(latin_y)

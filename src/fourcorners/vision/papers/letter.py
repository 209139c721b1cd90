"""Blocks that open with a person, as the window of a letter shows them: all that follows the person is the address."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import islice

from fourcorners.formats.addresses import names_building
from fourcorners.vision.papers.folding import WORD, folded
from fourcorners.vision.papers.labels import table
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.words import one_of, words_of

__all__ = [
    "GEORGIAN",
    "JOINED",
    "JOINT",
    "below_person",
    "honoured",
    "is_relation",
    "is_salutation",
    "looks_like_person",
    "salutation_of",
    "share_family_name",
    "untitled",
    "without_titles",
]

WORDS_MAX = 10
NAMES_MAX, TITLE_WORDS_MAX = 5, 5
"""Names of a person, initials and small words apart."""

JOINING, TWO_SIDES = "&", 3
"""What joins two people in one line, who have three names together at least."""

CAPITAL_PARTICLES = frozenset(word.upper() for word in words_of("names", "particles", "articles"))
"""Small words inside names that are set in capitals: "MARÍA DE LOS ÁNGELES"."""

JOINED = frozenset(words_of("names", "second_lines"))
"""Words before a second person: "OR BRIAN T HOLLOWAY"."""

ATTACHED = re.compile(
    rf"{one_of('names', 'thai_titles')}\s?(?=[\u0e01-\u0e2e\u0e40-\u0e44])|"
    rf"{one_of('names', 'lao_titles')}\s?(?=[\u0e81-\u0eae\u0ec0-\u0ec4])"
)
"""Forms of address that Thai and Lao write joined to the name."""

DONA = re.compile(r"D\.?ª\.?\s+(?=\S+\s+\S)")
"""The Spanish form of address for a woman."""

ORDINAL = re.compile(r"(?<=\w)\.?[ªº]")
"""What ends a shortened word in Spanish: "D.ª M.ª Dolores"."""

JOINT = re.compile(rf"(\s+{one_of('names', 'joints')}\s+)")
"""What joins two names."""

AFTER = rf"{one_of('names', 'behind')}|(?<=\s){one_of('names', 'behind_spaced')}"
RELATED = re.compile(r"(?<=\w)\s+(?:[SDWH]/[Oo]|[sdwh]/o)\b")
"""Whose child or wife somebody is, behind the name in its line."""

GEORGIAN = re.compile(r"[\u10d0-\u10ff]")
"""Letters that count as small ones, and begin names all the same."""

LANDMARKS = frozenset(words_of("names", "landmarks"))
"""Words before a landmark, which stands in an address as a person stands over one: "Near Gurudwara Sahib"."""

BEHIND = re.compile(rf"(?<=[\u3400-\u9fff])\s?{one_of('names', 'behind_signs')}$")
"""A form of address behind a name in signs, which may stand behind the name in Latin letters."""

HONORIFIC = re.compile(rf"(?P<name>[\w\s]{{2,20}}?)\s*(?:{AFTER})(?:\s*(?:{AFTER}))*$")
"""A form of address that follows the name."""


def honoured(text: str) -> tuple[int, int] | None:
    """Where the name stands in a line that ends with a form of address, as in Japan, China and Korea; else None."""
    found = HONORIFIC.fullmatch(text)
    return None if found is None else found.span("name")


def below_person(lines: Sequence[PaperLine]) -> int | None:
    """The index of the first line below the person that a block opens with; None where no form of address says so.

    A form of address may stand in a line of its own, a second person may follow, or whose child the first one is.
    """
    alone = 0
    while alone < len(lines) and is_salutation(lines[alone].text):
        alone += 1
    if alone == len(lines) or not (alone or salutation_of(lines[alone].text)):
        return None
    end = alone + 1
    while end < len(lines) and (_goes_on(lines[end].text) or _is_relative(lines[end - 1].text, lines[end].text)):
        end += 1
    return end + (end == alone + 1 and _is_wrapped(lines, end))


def is_salutation(text: str) -> bool:
    """Is it a form of address, or several, and nothing else: "Frau DI Mag.", "Monsieur ou Madame"?"""
    words = folded(text).split()
    return " ".join(words) in _salutations() or (
        len(words) > 1 and all(w in _salutations() or w in JOINED for w in words) and words[0] in _salutations()
    )


def salutation_of(text: str) -> str:
    """The form of address that a line with a name starts with; "" without one, or without a name behind it."""
    if any(c.isdigit() for c in text):
        return ""
    words = folded(text).split()
    if not 2 <= len(words) <= WORDS_MAX:
        return ""
    starts = (" ".join(words[:n]) for n in range(min(4, len(words) - 1), 0, -1))
    whole = text.lstrip()[1:2] == "."  # "M. Petit", "D. Juan": without the full stop a letter is an initial
    return next((start for start in starts if (len(start) > 1 or whole) and start in _salutations()), "")


def is_relation(text: str) -> bool:
    """Does a line tell whose child, wife or husband the person above is?"""
    return " ".join(folded(text).split()[:2]) in words_of("names", "relations")


def looks_like_person(text: str) -> bool:
    """Two to five words of letters, two of them with a capital? Scripts without capitals need none."""
    words = ORDINAL.sub("", RELATED.split(text)[0]).replace(".", " ").split()
    if JOINING in words[1:-1] and len(words) > TWO_SIDES:
        words.remove(JOINING)
    if words and words[0].casefold() in LANDMARKS:
        return False
    capital = [
        w for w in words if w[0].isupper() or GEORGIAN.match(w) or not any(c.isupper() or c.islower() for c in w)
    ]
    names = [w for w in words if len(w) > 1 and (GEORGIAN.match(w) or not w.islower()) and w not in CAPITAL_PARTICLES]
    return 2 <= len(words) <= WORDS_MAX and len(names) <= NAMES_MAX and len(capital) >= 2 and all(map(_is_word, words))


def share_family_name(one: str, other: str) -> bool:
    """Do two names end alike, or does one end inside the other's double name: "Beat Frei", "Monique Frei-Favre"?"""
    a, b = folded(one).split(), folded(other).split()
    return min(len(a), len(b)) > 1 and (a[-1] in b[1:] or b[-1] in a[1:])


def untitled(text: str) -> str:
    """Without a form of address at its start, of one word or two: "Mr", "De heer"."""
    words = text.split(" ")
    for n in (2, 1):
        if len(words) > n and folded(" ".join(words[:n])).strip() in _salutations():
            return " ".join(words[n:])
    return text


def without_titles(name: str) -> str:
    """A name, or several joined by a word or sign, without forms of address; one that leaves a single word stays.

    Of several only the last must keep two words: "Mr B & K Lee" is "B & K Lee", "M. et Mme Petit Jean" is "Petit Jean".
    """
    pieces = JOINT.split(name)
    kept: list[str] = []
    for i in range(0, len(pieces), 2):
        last = i + 1 >= len(pieces)
        if not last and is_salutation(pieces[i]):
            continue
        kept += [*(pieces[i - 1 : i] if kept else ()), _without_title(pieces[i], words_min=2 if last else 1)]
    if found := BEHIND.search(kept[-1]):
        kept[-1] = kept[-1][: found.start()]
    whole = len(kept[-1].split()) > 1 and not (len(kept) < len(pieces) and kept[-1] == pieces[-1])  # "Mr & Mrs Lee"
    return "".join(kept) if whole or found else name


def _without_title(name: str, words_min: int) -> str:
    if attached := ATTACHED.match(name) or DONA.match(name):
        return name[attached.end() :].lstrip()
    best = 0
    titles = _salutations() - _kept()
    for found in islice(WORD.finditer(name), TITLE_WORDS_MAX):
        words = folded(name[best : found.end()]).strip()
        stop = name[found.end() : found.end() + 1] == "."
        whole = folded(name[: found.end()]).strip() in titles
        stopped = stop and not best and words in table("salutations")["stopped"]
        if whole or stopped or (words in titles and (len(found[0]) > 1 or stop or " " in words)):
            best = found.end()
        elif best and folded(found[0]).strip() in JOINED and is_salutation(next(iter(name[found.end() :].split()), "")):
            best = found.end()  # "Monsieur ou Madame"
    rest = name[best:].lstrip(" ./:ªº)")
    return rest if len(rest.split()) >= words_min else name


def _is_word(word: str) -> bool:
    letters = re.sub("['’-]", "", word)
    return bool(letters) and all(c.isalpha() or unicodedata.category(c) in ("Mn", "Mc") for c in letters)


def _goes_on(text: str) -> bool:
    """Does a line name a second person, or whose child the first one is?"""
    words = folded(text).split()
    if any(c.isdigit() for c in text) or len(words) < 2:
        return False
    if " ".join(words[:2]) in words_of("names", "relations", "care"):
        return True
    return text.lstrip().startswith("&") or words[0] in JOINED or bool(salutation_of(text))


def _is_relative(above: str, text: str) -> bool:
    """Is a line the name of a second person of the family above?"""
    return looks_like_person(text) and looks_like_person(untitled(above)) and share_family_name(above, text)


def _is_wrapped(lines: Sequence[PaperLine], below: int) -> bool:
    """Is what stands below a name, and over a number, the rest of it, which found no room beside it?"""
    if len(lines) < below + 3:
        return False
    name, rest, street = lines[below - 1 : below + 2]
    if lines[-1].text.strip().isdigit():
        return False  # it is the town, over its street and postcode
    words = rest.text.replace("-", "").split()
    letters = len(words) <= 2 and all(w.isalpha() for w in words) and not names_building(rest.text)
    first = (rest.box[2] - rest.box[0]) * len(words[0]) / max(len(rest.text), 1) if words else 0.0
    room = max(line.box[2] for line in lines) - name.box[2]
    return letters and first > room and any(c.isdigit() for c in street.text)


@cache
def _kept() -> frozenset[str]:
    return frozenset(table("salutations")["kept"])


@cache
def _salutations() -> frozenset[str]:
    return frozenset(folded(word).strip() for word in table("salutations")["words"])

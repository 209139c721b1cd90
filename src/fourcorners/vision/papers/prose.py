"""Names and addresses told in sentences, as contracts and letters of employers and landlords tell them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, takewhile

from fourcorners.formats.addresses import CityLine, city_lines, parse_address, street_in, ways_of
from fourcorners.formats.names import plain
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import label_words, table
from fourcorners.vision.papers.letter import looks_like_person
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.names_told import CAPITAL, NAME, PARTICLE
from fourcorners.vision.papers.towns import SMALL_WORDS
from fourcorners.vision.papers.words import one_of, words_of

__all__ = ["Told", "is_in_pieces", "told_address", "told_name", "told_roles"]

SECOND = rf"(?:,?\s{one_of('names', 'joints')}\s{CAPITAL}(?:\s{CAPITAL}){{1,4}})?"
ROLE = re.compile(rf"(?P<name>{CAPITAL}(?:\s{CAPITAL}){{1,4}}{SECOND}),?\s*\((?:[^()]{{0,24}}\W)?(?P<role>\w+)\W*\)")
ASIDE = r"(?:,\s[^();]{4,90}?)?"
"""What may stand between a name and its role: where somebody was born, lives, whom they are married to."""
NAMED_AS = re.compile(
    rf"(?P<name>{NAME}){ASIDE},?\s+{one_of('parties', 'goes_as')}\W+(?P<role>(?:[\w'’]+\W+){{0,3}}[\w'’]+)"
)
"""A name, and as what it goes in the text: "Jean Petit, ci-après « le locataire »"."""


AS_ROLE = re.compile(
    rf"\b{one_of('parties', 'as_what')}\s+(?:\w{{1,3}}\s)?(?P<role>\w+),\s"
    rf"(?:(?i:{one_of('parties', 'as_whom')})\.?\s)?(?P<name>{NAME})"
)
"""As what somebody goes, and then the name: "como ARRENDATARIO, D. Juan Pérez Gil"."""

PARTIES = words_of("parties", "sides")
"""Words for one side of a contract, which stand where a name may: "DE UNA PARTE, como ...", "of the other part"."""

TITLED = re.compile(rf"(?:[a-z]{{1,5}}\s)?(?P<name>{CAPITAL}(?:\s(?:{PARTICLE}\s){{0,2}}{CAPITAL}){{1,6}})")
"""A name with a form of address, behind an article or none."""

SMALL_IN_SENTENCES = SMALL_WORDS | {*words_of("places", "small_told")}
"""Small words inside names of places in sentences: "Stratford upon Avon" as well."""

JOINTS = words_of("parties", "between_capitals")
"""Words in capitals that stand before the second party of a contract."""

LIVES_IN_SIGNS = re.compile(
    rf"{one_of('sentences', 'lives_signs')}{one_of('sentences', 'is_signs')}?[:：]?\s*(?=[\u3400-\u9fff])"
)
NAMED_IN_SIGNS = re.compile(
    rf"{one_of('sentences', 'named_signs')}(?P<name>[\u3400-\u9fff·]{{2,4}}?)"
    rf"(?=[（(，,]|{one_of('sentences', 'named_end_signs')})"
)
THAT_BELOW = re.compile(rf"{one_of('sentences', 'that_below')}\s+")
SIGNS_STOP = re.compile(r"[。；;]")
"""Chinese words before an address and a name, and what ends an address."""

LINES_MAX = 3
"""A sentence's address runs over at most so many lines."""

NEAR_MAX = 4 * LINES_MAX
"""Where there are columns, the next line of a sentence is one of the so many that follow."""

ADDRESS_MAX = 130
LONG_PLACE_MAX = 8
PLACE_WORDS_MAX, PLACES_MIN, STREET_WORDS_MAX, SMALL_MAX = 3, 2, 6, 4
"""Words of a place's name, places beside a street that has no postcode, words of a street; letters of a small word."""

ADDRESSED = re.compile(
    rf"(?<!\w){one_of('sentences', 'addresses')}(?!\w)"
    rf"[^.:;\d]{{0,60}}?(?<!\w){one_of('sentences', 'is_verbs')}\s+(?=[^\W\d_a-zß-ÿ]|\d)"
    rf"|(?<=,\s){one_of('sentences', 'addresses')}\s+(?=[^\W\d_a-zß-ÿ])"
)
"""Words before an address, whatever stands between: "her address, as held on our records, is"; "Jaan Tamm, elukoht"."""

UPPER = r"(?<=\b[^\W\d_a-zß-ÿ]"
STOPS = re.compile(
    r"[(;\"“”„«»]|\.$|(?<=\w{4})\.(?=\s+[^\W\d_a-zß-ÿ][^\s,.]*\s+[a-zß-ÿ\d])"
    rf"|(?:(?<=\d)|{UPPER})|{UPPER}\w)|{UPPER}\w\w))\.(?=\s+[^\W\d_a-zß-ÿ][^\s,.]*\s+[a-zß-ÿ])"
)
"""What ends an address in a sentence: brackets, quotes, a full stop that is not of an abbreviation in small letters."""

SMALL_LATIN = "[a-zß-öø-ÿāăąćčďđēęěģīįķłńņňőřśşșšťțūůűųźżž]"
WAY_BEFORE = re.compile(rf"(?<!\w)(?P<way>{SMALL_LATIN}{{3,}}|{SMALL_LATIN}+(?=\.))\.?\s+$")
YEAR = re.compile(r"(?:19|20)\d\d")

Told = tuple[str, tuple[PaperLine, ...]]
"""An address and the parts of lines in which it stands."""


def told_address(lines: Sequence[PaperLine]) -> Told | None:
    """The first whole address behind words like "the property known as", else "residing at"; None without one."""
    return _told(lines, "places") or _told(lines, "homes") or _told_in_signs(lines)


def _told(lines: Sequence[PaperLine], kind: str) -> Told | None:
    for i, first in enumerate(lines):
        run = [first, *_below(first, lines[i + 1 : i + 1 + NEAR_MAX])]
        text = " ".join(line.text for line in run)
        phrases = [_phrases(kind), *([ADDRESSED, _living()] if kind == "homes" else ())]
        for found in (f for p in phrases for f in p.finditer(text) if f.start() < len(first.text)):
            start = _begins(text, found)
            for end in _ends(text, start):
                value = text[start:end].strip(" ,:.")
                parsed = parse_address(value)
                lettered = value.count(",") >= PLACES_MIN and not parsed.postcode.isdigit() and bool(parsed.postcode)
                if parsed.is_whole or lettered:
                    opening, comma, rest = value.partition(", ")  # "the flat on the 2nd floor, Lindenallee 12, ..."
                    if comma and opening[:1].islower() and parse_address(rest).is_whole and not street_in(opening):
                        value = rest
                    return value, tuple(_parts(run, start, end))
            places = _end_of_places(text, start)
            if places is not None:
                return text[start:places].strip(" ,:."), tuple(_parts(run, start, places))
    return None


def _told_in_signs(lines: Sequence[PaperLine]) -> Told | None:
    """The same in Chinese, where no space parts words and a line may end in one: up to the full stop."""
    for i, first in enumerate(lines):
        found = LIVES_IN_SIGNS.search(first.text)
        if found is not None:
            run = [first, *islice(_below(first, lines[i + 1 : i + 1 + NEAR_MAX]), 1)]
            text = "".join(line.text for line in run)
            stop = SIGNS_STOP.search(text, found.end())
            end = stop.start() if stop else len(first.text)
            parts = [part(first, found.end(), min(end, len(first.text)))]
            parts += [part(line, 0, end - len(first.text)) for line in run[1:] if end > len(first.text)]
            return text[found.end() : end].strip(" ，,"), tuple(parts)
    return None


def _end_of_places(text: str, start: int) -> int | None:
    """Where an address without a postcode ends: a street with a number, then places between commas, in capitals."""
    end = start
    tail = text[start : start + ADDRESS_MAX]
    stop = STOPS.search(tail)
    pieces = tail[: stop.start() if stop else None].split(",")
    told = 0  # pieces
    for piece in pieces:
        if not _is_piece(piece):
            break
        told += 1
        end += len(piece) + 1
    address = text[start : end - 1]
    numbered = any(c.isdigit() for p in pieces[:2] for c in p)
    sentence = stop is not None and told == len(pieces)
    enough = told > PLACES_MIN or (told == PLACES_MIN and (sentence or parse_address(address).is_whole))
    return end - 1 if enough and numbered else None


def is_in_pieces(text: str) -> bool:
    """Is a text a house's number and names of places between commas, and nothing else?"""
    pieces = text.split(",")
    return len(pieces) > PLACES_MIN and all(map(_is_piece, pieces)) and any(c.isdigit() for c in pieces[0])


def _is_piece(piece: str) -> bool:
    """Is it a part of an address between commas: a place, a street, a flat?"""
    words = piece.split()
    place = 0 < len(words) <= PLACE_WORDS_MAX and (words[0][:1].isupper() or words[0].rstrip(".").isalpha())
    numbered = any(c.isdigit() for c in piece) and len(words) <= STREET_WORDS_MAX
    long_place = len(words) <= LONG_PLACE_MAX and all(
        w[:1].isupper() or w[0].isdigit() or len(w) < SMALL_MAX for w in words
    )
    place = place or (bool(words) and long_place)
    quarter = len(words) > 1 and words[0] in table("prose")["quarters"]  # "barrio La América"
    small = [w for w in words[quarter:] if len(w) > SMALL_MAX and w.islower()]
    return (place or numbered or (street_in(piece) and len(words) <= STREET_WORDS_MAX)) and not small


def told_roles(lines: Sequence[PaperLine]) -> Iterator[tuple[PaperLine, str]]:
    """Each name before a role in a contract, in brackets or behind a word for it, with its list in labels.toml.

    'Alice Moore ("Tenant")' and 'Jean Petit, ci-après « le locataire »', the role also in the next line.
    """
    roles = {folded(word).strip(): kind for kind, words in table("roles").items() for word in words}
    for i, first in enumerate(lines):
        text = " ".join(line.text for line in (first, *islice(_below(first, lines[i + 1 : i + 1 + NEAR_MAX]), 1)))
        for found in (*ROLE.finditer(text), *NAMED_AS.finditer(text), *AS_ROLE.finditer(text)):
            if any(word in PARTIES for word in folded(found["name"]).split()):
                continue
            kind = next((roles[word] for word in folded(found["role"]).split() if word in roles), None)
            if kind is not None and found.start("name") < len(first.text):
                yield _starting(first, found), kind


def told_name(lines: Sequence[PaperLine]) -> PaperLine | None:
    """The first name behind words like "we certify that"; None without one."""
    for i, first in enumerate(lines):
        if signs := NAMED_IN_SIGNS.search(first.text):
            return part(first, *signs.span("name"))
        text = " ".join(line.text for line in (first, *_below(first, lines[i + 1 : i + 1 + NEAR_MAX])))
        phrases = (_phrases("names"), _certified())
        for found in (f for p in phrases for f in p.finditer(text) if f.start() < len(first.text)):
            name = TITLED.match(text, found.end())
            if name is not None and name.start("name") < len(first.text) and not _is_subject(name["name"]):
                return _starting(first, name)
            below = next(iter(_below(first, lines[i + 1 : i + 1 + NEAR_MAX])), None)
            if below is not None and found.end() >= len(first.text.rstrip()):
                opening = THAT_BELOW.match(below.text)
                name = TITLED.match(below.text, opening.end() if opening else 0)
                if name is not None and looks_like_person(name["name"]):
                    return part(below, *name.span("name"))
    return None


def _is_subject(name: str) -> bool:
    """Do words of a heading in capitals go on, which are no name: "CONFIRMATION OF EMPLOYMENT AND RESIDENCE"?"""
    words = name.split()
    joined = words[0] in JOINTS and len(words) <= PLACES_MIN
    return name.isupper() and (joined or any(folded(w).strip() in label_words() for w in words))


def _starting(line: PaperLine, found: re.Match[str]) -> PaperLine:
    """The name that starts in a line; where it ends in the next one, the part in this line shows where."""
    start, end = found.span("name")
    name = found["name"]
    first, _, rest = name.partition(" ")
    if first.isupper() and first in JOINTS and " " in rest:  # "AND Rohit Deshmukh"
        start, name = end - len(rest), rest
    if name.split()[0].isupper() and len(name.split()[0]) > 1:  # "ADA EKHATOR / This": the next sentence
        capitals = list(takewhile(lambda word: not word[1:].islower(), name.split(" ")))
        name = " ".join(capitals) if len(capitals) > 1 else name
        end = start + len(name)
    here = part(line, start, min(end, len(line.text)))
    return here if end <= len(line.text) else replace(here, text=name, places=())


def _ends(text: str, start: int) -> list[int]:
    """Where the address that starts here may end: behind each postcode and city before a stop, the nearest first."""
    stop = STOPS.search(text, start)
    tail = text[start : min(stop.start() if stop else len(text), start + ADDRESS_MAX)]
    ends = {
        _end_of(c)
        for c in city_lines(tail)
        if ((c.city and c.start > 0) or not c.postcode.isdigit())
        and (c.city[:1].isupper() or not YEAR.fullmatch(c.postcode))
    }
    return [start + end for end in sorted(ends)]


def _end_of(place: CityLine) -> int:
    """Where a city ends; its postcode, where no city follows: "CAP 10126, composta di"."""
    return place.end - len(_beyond(place.city)) if place.city[:1].isupper() else place.start + len(place.postcode)


def _beyond(city: str) -> str:
    """What goes on behind a city in its sentence: from the first small word of which no name goes on."""
    at = 0
    words = city.split(" ")
    for i, word in enumerate(words):
        rest = [w for w in words[i + 1 : i + 2] if w[:1].isupper()]
        if word[:1].islower() and not (word.casefold() in SMALL_IN_SENTENCES and rest):
            return city[max(at - 1, 0) :]
        at += len(word) + 1
    return ""


def _below(first: PaperLine, after: Sequence[PaperLine]) -> Iterator[PaperLine]:
    """The lines of text that run on below a line."""
    above = first
    for line in after:
        flush = abs(line.box[0] - first.box[0]) < 3 * first.height
        if line.page == above.page and flush and 0 < line.middle - above.middle < 2.2 * first.height:
            yield line
            above = line
            if above.middle - first.middle > LINES_MAX * 1.5 * first.height:
                return


def _parts(run: Sequence[PaperLine], start: int, end: int) -> Iterator[PaperLine]:
    """The pieces of lines between two places of the text that joins them with spaces."""
    at = 0
    for line in run:
        left, right = max(start - at, 0), min(end - at, len(line.text))
        if left < right and line.text[left:right].strip():
            yield part(line, left, right)
        at += len(line.text) + 1


@cache
def _certified() -> re.Pattern[str]:
    """Words that certify, whatever stands between them and "that": "we hereby gladly confirm to you that"."""
    verbs, that = ("|".join(map(re.escape, table("prose")[kind])) for kind in ("certify", "that"))
    return re.compile(rf"(?<!\w)(?:{verbs})\w*(?:[ ,]+[^\W\d]+){{0,4}}?[ ,]+(?:{that})[ :]+", re.IGNORECASE)


@cache
def _living() -> re.Pattern[str]:
    """Words for living somewhere, then none but small ones up to the address: "reside actualmente en la"."""
    verbs = "|".join(map(re.escape, table("prose")["living"]))
    year = r"(?:19|20)\d\d"
    address = rf"(?=(?!{SMALL_LATIN}|{year}\s{SMALL_LATIN})[^\W_])"
    small = rf"(?:\s+(?:{SMALL_LATIN}+\.?|{year}))"
    return re.compile(rf"(?<!\w)(?i:{verbs})(?!ntial)[^\W\d_]*{small}{{1,6}}?\s+{address}")


def _begins(text: str, found: re.Match[str]) -> int:
    """Where the address behind words like these begins: before a word for its way in small letters, "calle Mayor 3"."""
    way = WAY_BEFORE.search(text, found.start(), found.end())
    led = found.re is _living() and way is not None and bool(ways_of(plain(way["way"])))
    return way.start() if led and way is not None else found.end()


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    phrases = sorted(table("prose")[kind], key=lambda p: -len(p))
    known = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases)
    preposition = rf"(?:(?-i:{one_of('sentences', 'prepositions')}) )?"
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)[ :]*{preposition}", re.IGNORECASE)

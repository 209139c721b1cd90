"""Who issued a paper."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from fourcorners.formats.addresses import street_in
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.blocks import AddressBlock, is_contact
from fourcorners.vision.papers.chains import is_sender_line
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.folding import INFLECTED, folded, holds
from fourcorners.vision.papers.holder import PaperField
from fourcorners.vision.papers.kinds import KINDS
from fourcorners.vision.papers.labels import beside_or_below, find_label, table
from fourcorners.vision.papers.letter import honoured, salutation_of
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.parties import Role
from fourcorners.vision.papers.window import is_surname_first

__all__ = ["company_in", "find_issuer"]

SCORE_MIN = 2.2
NAME_MAX = 60
BRAND_MIN = 4
ABBREVIATION = (3, 8)
"""Letters of an abbreviation that stands for a name."""

OFFICE_MAX = 16
"""Signs of the name of an office."""

CHAPTER = re.compile(
    r"(?:[IVX]{1,4}|\d{1,2}(?:\.\d+)*)[.)]\s|(?:cap|kap|art|chapter|section|article|§)\b\.?\s", re.IGNORECASE
)
"""The number of a chapter, with which no name begins."""

INITIALS = re.compile(r"([^\W\d_][\w'’-]{2,}) ([^\W\d_])\.(?: ?([^\W\d_])\.)?")
"""A surname with initials behind it."""

SMALL = ("se", "as", "sa", "co", "eg")
"""Small words that are forms of companies where they are written large."""

SLOGAN = re.compile(r"\w{4}[.!?] [a-zà-ÿ]")
"""A sentence behind another: what a company says of itself."""

HEAD = 0.22
FOOT = 0.8
DOMAIN = re.compile(r"(?:www\.|https?://(?:www\.)?|@)([a-z0-9][a-z0-9.-]*\.[a-z]{2,12})", re.IGNORECASE)
QUOTED = re.compile(
    r"(?<!\w)(?:ПАО|ООО|АО|ОАО|ЗАО|ЗАД|ЗЕАД|ЗК|ООД|ЕООД|СПАО|САО|НКО|ПрАТ СК|МУП|ГУП|ТОВ|ПАТ|ПрАТ|АТ|КП|"
    r"ЕАД|АД|ЈКП|ЈП|ТОО|UAB|AB|AS|SIA|VAS|VšĮ|OÜ|JKP|JP|KP)\s+"
    r"[«\"„“”][^»\"“”]{2,50}[»\"“”]"
)
"""A company whose form stands before its name in quotes, as in Russian, Ukrainian, Lithuanian and Latvian."""

FORM_FIRST = re.compile(r"(?:JKP|JP|ЈКП|ЈП|PT|CV|SIA|UAB|შპს|სს|Công ty|CÔNG TY)\s+[^\W\d_][^,:;|]{2,50}")
"""A company whose form opens its line, as in Serbia, Indonesia, Georgia and Vietnam."""

COUNTY = re.compile(r"[ ,]+Co\.? [^\W\d_a-z]")
"""A county of Ireland: "Co. Clare"."""

POSTCODE_BEHIND = re.compile(r"\s+\d{5}(?!\d)")
CAPITAL = re.compile(r"(?<![\w&])[^\W\d_a-zß-ÿ]")
EASTERN_FORM = re.compile(r" ?(?:株式会社|有限会社|股份有限公司|有限公司|有限责任公司|주식회사|유한회사|\(주\))")
"""Forms of companies that are joined to the name, before or behind it."""

SEPARATOR = re.compile(r"\s[-–—]\s|\s?[·•|]\s?")
REPRESENTED = (
    r"represented by|representad[ao]s?(?: legalmente)? por|représentée? par|vertreten durch|rappresentat[ao] da|"
    r"reprezentowan\w+ przez|vertegenwoordigd door|representad[ao] neste ato por|reprezentată? (?:de|prin)"
)
"""Words before whoever signs a contract for a party."""

APART = re.compile(r"\s+[-–—−•·|]\s+|\s{3,}|[|•·;]|(?<=\w):\s|\sby\s")


def find_issuer(
    lines: Sequence[PaperLine], blocks: Sequence[AddressBlock], roles: Sequence[Role], page_height: float
) -> PaperField | None:
    """The company, bank, landlord or authority behind a paper.

    Labels ("Sold by"), the form of a company in the head or foot, the largest words of the head, a sender's block and
    the domain of web and mail addresses each speak for a name; what speaks for the holder speaks against it.
    """
    votes: defaultdict[str, list[float]] = defaultdict(list)
    where: dict[str, tuple[float, PaperLine]] = {}
    held = {folded(n.text) for b in blocks if b.label in ("holder", "service", "shipping") for n in b.names}
    turned = {frozenset(folded(o.text).split()) for o in lines if is_surname_first(o.text)}  # "VIDAL, ANA" is no issuer
    held |= {
        folded(n.text)
        for b in blocks
        for n in b.names
        if frozenset(folded(n.text).split()) in turned and "," not in n.text
    }
    for line, score in _votes(lines, blocks, roles, page_height):
        key = folded(line.text.replace(".", ""))
        if not key.strip() or len(line.text) > NAME_MAX or folded(line.text) in held or not _could_name(line.text):
            continue
        votes[key].append(score)
        if key not in where or score > where[key][0]:
            where[key] = score, line
    scores = {key: 0.5 * (max(given) + sum(given)) for key, given in votes.items()}
    text, domains = folded(" ".join(line.text for line in lines)), _domains(lines)
    for key in scores:
        scores[key] += _support(key, domains, text)
    best = max(scores, key=lambda key: (scores[key], -where[key][1].box[1]), default="")
    if scores.get(best, 0.0) < SCORE_MIN:
        return None
    best = _in_full(best, scores)
    best = next((key for key in scores if _stands_for(where[best][1].text, where[key][1], page_height)), best)
    line = _spelt_out(where[best][1], lines)
    sure = min(0.95, 0.45 + 0.1 * scores[best])
    return PaperField(line.text.strip(" ,;:"), round(sure * line.confidence, 3), (line,))


def _spelt_out(name: PaperLine, lines: Sequence[PaperLine]) -> PaperLine:
    """A person with initials, as under a contract, by the name in full where the contract names it."""
    short = INITIALS.fullmatch(name.text.strip())
    if short is None:
        return name
    surname, *letters = short.groups()
    full = re.compile(rf"{re.escape(surname)} " + " ".join(rf"{letter}[\w'’-]+" for letter in letters if letter))
    return next((part(o, *found.span()) for o in lines if (found := full.search(o.text))), name)


def _stands_for(short: str, name: PaperLine, page_height: float) -> bool:
    """Is the best an abbreviation of a name in the head, made of the beginnings of its words: "LUZELCO", "SEB"?"""
    letters = "".join(c for c in folded(short) if c.isalpha())
    alone = len(short.split()) == 1 and short.isupper() and ABBREVIATION[0] <= len(letters) <= ABBREVIATION[1]
    words = [w for w in folded(name.text).split() if w.isalpha()]
    if not alone or len(words) < 2 or name.page > 0 or name.middle > HEAD * page_height:
        return False
    return words[0][0] == letters[0] and _spelt(letters, words) >= 2


def _spelt(letters: str, words: Sequence[str]) -> int:
    """Of how many of the words beginnings make up the letters, in order; 0 where they do not."""
    if not letters:
        return 0
    for i, word in enumerate(words):
        for n in range(min(len(word), len(letters)), 0, -1):
            rest = letters[n:]
            if word[:n] == letters[:n] and (not rest or _spelt(rest, words[i + 1 :])):
                return 1 + (_spelt(rest, words[i + 1 :]) if rest else 0)
    return 0


def _in_full(brand: str, scores: Mapping[str, float]) -> str:
    """The company in full, where the best is but its brand, which says something else or is written in one word."""
    words, joined = brand.split(), "".join(brand.split())
    if has_suffix(brand) or len(words[0]) < BRAND_MIN:
        return brand
    companies = [key for key in scores if has_suffix(key) and scores[key] >= SCORE_MIN]
    alike = [k for k in companies if k.split()[0] == words[0] or "".join(k.split()).startswith(joined)]
    if any(set(words) <= set(key.split()) for key in alike):
        return brand
    return max(alike, key=lambda key: scores[key], default=brand)


def _votes(
    lines: Sequence[PaperLine], blocks: Sequence[AddressBlock], roles: Sequence[Role], page_height: float
) -> Iterator[tuple[PaperLine, float]]:
    """Every piece of text that may name the issuer, with what speaks for it."""
    for line in lines:
        label = find_label(line, "issuers")
        if label and label.alone and label.kind == "names":
            for value in [label.value] if label.value else beside_or_below(line, lines):
                if not any((other := find_label(value, g)) and other.value is None for g in ("names", "issuers")):
                    yield company_in(value) or _before_comma(value), 5.0
        company = company_in(line)
        if company is not None:
            edge = line.page == 0 and (line.middle < HEAD * page_height or line.middle > FOOT * page_height)
            yield company, 3.0 if edge else 2.2
        if line.page == 0 and folded(line.text).strip() in _authorities():
            yield line, 2.6
        if line.page == 0 and (office := _office_in(line)) is not None:
            yield office, 2.4
    whole = " ".join(line.text for line in lines)
    parties = [name for name, role in roles if role == "issuer" and not _represents(name.text, whole)]
    yield from ((company_in(name) or name, 5.0) for name in parties)
    for line in lines:
        if line.page == 0 and line.middle < HEAD * page_height and is_sender_line(line.text):
            sender = part(line, 0, len(SEPARATOR.split(line.text, maxsplit=1)[0]))
            if not any(c.isdigit() for c in sender.text):
                yield sender, 2.2
    yield from _headings(lines, blocks, page_height)
    yield from _senders(blocks, page_height)
    for line in _over_registered_office(lines):
        yield line, 2.2


def _represents(name: str, text: str) -> bool:
    """Does somebody only sign for the party, whose name stands before: "Sol SpA, representada por Ana Gil"?"""
    return re.search(rf"(?:{REPRESENTED})\s+(?:[^\W\d_]+\.?ª?\s+){{0,2}}{re.escape(name)}", text) is not None


def _before_comma(value: PaperLine) -> PaperLine:
    """A value that goes on behind a name with what else there is to say: "Seguros Sol, S.A., NIF ..., Madrid"."""
    return part(value, 0, value.text.index(",")) if len(value.text) > NAME_MAX and "," in value.text else value


def _office_in(line: PaperLine) -> PaperLine | None:
    """The office that the first word of a line names by its ending: "松本市上下水道局 お客様センター"."""
    word = re.split(r"[ \u3000（(　]", line.text.strip(), maxsplit=1)[0]
    if len(word) > OFFICE_MAX or not word.endswith(tuple(table("issuers")["office_ends"])):
        return None
    start = line.text.index(word)
    word = word.removesuffix("長")  # its head signs for it: "藤沢市長"
    return part(line, start, start + len(word))


def _senders(blocks: Sequence[AddressBlock], page_height: float) -> Iterator[tuple[PaperLine, float]]:
    """Names over and in blocks that look like the sender's."""
    for block in blocks:
        if (sender := _before_address(block)) is not None:
            yield sender, 2.6
        if block.names and (block.label == "sender" or (block.contact and not block.label)):
            yield block.names[0], 2.5
        elif block.names and not block.label and block.top < HEAD * page_height:
            yield block.names[0], 1.2


def company_in(line: PaperLine) -> PaperLine | None:
    """The part of a line up to the form of a company, from the last separator before it."""
    if len(line.text) > 400:
        return None
    if (quoted := QUOTED.search(line.text)) is not None:
        return part(line, *quoted.span())
    if FORM_FIRST.fullmatch(line.text.strip()):
        return line
    for found in _company_pattern().finditer(line.text):
        if COUNTY.match(line.text, found.start()):
            continue
        if found[0].islower() and "." not in found[0] and line.text[: found.start()].split()[-1].islower():
            continue  # "known as": no company in Norway
        if found[0].strip(" ,") in SMALL:
            continue  # "Contractul se": a small word
        if POSTCODE_BEHIND.match(line.text, found.end()):
            continue  # "RENO NV 89502"
        starts = [m.end() for m in APART.finditer(line.text, 0, found.start())]
        start = starts[-1] if starts else 0
        if EASTERN_FORM.match(found[0]):
            ends = [m.start() for m in re.finditer(r"\s", line.text[found.end() :])]
            before = line.text[start : found.start()].strip()  # the form may stand before the name
            return part(line, start, found.end() if before else found.end() + (ends[0] if ends else NAME_MAX))
        capital = CAPITAL.search(line.text, start, found.start())  # a logo in small letters may stand before the name
        name = part(line, capital.start() if capital else start, found.end())
        words = name.text.split()
        if 1 < len(words) <= 9 and words[0][:1].isupper() and not any(w.isdigit() for w in words[:1]):
            return name
    return None


def _before_address(block: AddressBlock) -> PaperLine | None:
    """The company before its address in one line, as over an envelope's window: "Nordbank, Markt 1, 88212 Ulm"."""
    first = block.address[0]
    name, comma, rest = first.text.partition(",")
    alone = not block.names and not block.label and len(block.address) == 1 and comma
    if not alone or any(c.isdigit() for c in name) or street_in(name) or not any(map(street_in, rest.split(","))):
        return None
    return part(first, 0, len(name))


def _headings(
    lines: Sequence[PaperLine], blocks: Sequence[AddressBlock], page_height: float
) -> Iterable[tuple[PaperLine, float]]:
    """The largest words in the head of the first page that are no title, and the first line of the page.

    What stands below the holder's address is what the letter is about.
    """
    people = [b for b in blocks if any(salutation_of(n.text) for n in b.names) and b.names[0].page == 0]
    foot = min((b.address[-1].box[3] for b in people), default=page_height)
    head = [o for o in lines if o.page == 0 and o.middle < min(foot, HEAD * page_height) and _could_name(o.text)]
    head = [o for o in head if not salutation_of(o.text)]
    if not head:
        return
    usual = sorted(o.height for o in lines)[len(lines) // 3]  # cells of tables are read off with air around them
    for line in sorted(head, key=lambda o: (-o.height, o.box[1]))[:3]:
        if line.height > 1.2 * usual:
            yield _without_title(line), min(2.8, 1.2 + line.height / usual)
    top = min(head, key=lambda o: o.box[1])
    for line in head:
        if line.middle < top.box[3]:  # left and right of each other
            yield line, 1.2
    for line in head:
        if any(holds(folded(line.text), word) for word in table("issuers")["words"]) and len(line.text.split()) <= 6:
            yield line, 1.6
        if folded(line.text).startswith(tuple(f" {word} " for word in table("issuers")["offices"])):
            yield line, 2.0


def _over_registered_office(lines: Sequence[PaperLine]) -> Iterable[PaperLine]:
    """The line over one that tells a company's seat."""
    for line in lines:
        if any(holds(folded(line.text), seat) for seat in table("issuers")["seats"]):
            over = [o for o in lines if o.page == line.page and -0.6 < (line.box[1] - o.box[3]) / line.height < 1.2]
            yield from (o for o in over if o.box[0] < line.box[2] and o.box[2] > line.box[0])


def _without_title(line: PaperLine) -> PaperLine:
    """A heading without the kind of paper at its end: "Northern Water Invoice" is from Northern Water."""
    words = line.text.split()
    if len(words) > 1 and folded(words[-1]).strip() in {folded(t).strip() for t in table("dates")["titles"]}:
        return part(line, 0, line.text.rindex(words[-1]))
    return line


def _could_name(text: str) -> bool:
    words = folded(text)
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    if letters < max(2, 0.5 * len(text)) or len(text) > NAME_MAX or digits > 3 or ":" in text or text[0] == "*":
        return False
    if text[0] == "(" and not EASTERN_FORM.match(text):
        return False
    if CHAPTER.match(text) or SLOGAN.search(text) or honoured(text) or _is_notice(text):
        return False
    if is_contact(text) or (len(text.split()) == 1 and is_contact(f"{text}:")):
        return False
    if any(words.startswith(f" {w} ") for w in table("issuers")["no_names"]):
        return False
    titled = " ".join(w for w in words.split() if w not in _copies())  # "Invoice, original"
    if (not titled and words) or titled in _titles() - _authorities():
        return False
    label = find_label(PaperLine(text, (0, 0, 1, 1)), "blocks")
    return label is None or (label.kind == "sender" and not label.alone)  # "Compañía Eléctrica" begins like a label


def _is_notice(text: str) -> bool:
    """Is it, in Chinese or Japanese, a title with nobody's name in it: "水道料金のお知らせ"?"""
    if not any("\u3040" <= c <= "\u9fff" for c in text) or EASTERN_FORM.search(text):
        return False
    rest = folded(text)
    for title in _eastern_titles():
        rest = rest.replace(title, "")
    return sum("\u3040" <= c <= "\u9fff" for c in rest) < 2


@cache
def _eastern_titles() -> tuple[str, ...]:
    """Titles in those scripts, longest first, with the words that join them."""
    found = {t for t in _titles() if any("\u3040" <= c <= "\u9fff" for c in t)} - _authorities()
    joints = {folded(t).strip() for t in table("issuers")["joints"]}
    return tuple(sorted(found | joints, key=lambda t: -len(t)))


@cache
def _authorities() -> frozenset[str]:
    """Authorities whose name says at the same time what kind of paper it is."""
    return frozenset(folded(name).strip() for name in table("issuers")["authorities"])


@cache
def _copies() -> frozenset[str]:
    """What says beside a title whether it is the original or a copy."""
    return frozenset(folded(word).strip() for word in table("issuers")["copies"])


@cache
def _titles() -> frozenset[str]:
    """What headings say about the kind of paper: no name of anybody."""
    kinds = load_toml("fourcorners.vision.papers", "kinds.toml")
    phrases = {folded(p.rstrip("*")).strip() for kind in KINDS for ps in kinds[kind].values() for p in ps}
    return frozenset(phrases | {folded(t).strip() for t in table("dates")["titles"]})


def _domains(lines: Sequence[PaperLine]) -> dict[str, int]:
    """Names of web and mail domains, without those of mail for everybody, with how often they stand there."""
    found: dict[str, int] = {}
    for line in lines:
        for match in DOMAIN.finditer(line.text):
            parts = match[1].casefold().split(".")
            stem = parts[-3] if len(parts) > 2 and parts[-2] in ("co", "com", "gov", "org") else parts[-2]
            if stem not in table("contact")["freemail"] and len(stem) > 2:
                found[stem] = found.get(stem, 0) + 1
    return found


def _support(key: str, domains: dict[str, int], text: str) -> float:
    """What domains and repetition add to a name."""
    words = [w for w in key.split() if len(w) > 2]
    squeezed = "".join(key.split()).casefold()
    known = any(d.replace("-", "") in squeezed or (words and words[0].casefold() in d) for d in domains)
    again = text.count(f" {words[0]} ") - 1 if words else 0
    return (1.5 if known else 0.0) + min(0.8, 0.2 * max(0, again))


@cache
def _company_pattern() -> re.Pattern[str]:
    forms = []
    for suffix in table("issuers")["suffixes"]:
        if suffix[0].isascii() or INFLECTED.match(suffix):
            letters = [
                rf"{re.escape(c)}\.?" if c.isalnum() else r"(?:&|und)" if c == "&" else r"[ /]?\s?" for c in suffix
            ]
            forms.append("".join(letters))
    known = "|".join(sorted(forms, key=lambda f: -len(f)))
    return re.compile(rf"(?<=[\w.)&])[ ,]+(?:{known})(?![\w])|{EASTERN_FORM.pattern}", re.IGNORECASE)

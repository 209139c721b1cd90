"""What on a paper may name its issuer, and how much each speaks for it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from fourcorners.formats.addresses import street_in
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.blocks import AddressBlock
from fourcorners.vision.papers.chains import AMOUNT, is_sender_line, stands_under
from fourcorners.vision.papers.companies import NAME_MAX, company_in
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.labels import beside_or_below, find_label, table
from fourcorners.vision.papers.letter import salutation_of
from fourcorners.vision.papers.line import PaperLine, around, on_one_row, part
from fourcorners.vision.papers.no_names import could_name, names_authority
from fourcorners.vision.papers.towns import SMALL_WORDS
from fourcorners.vision.papers.words import one_of

__all__ = ["HEAD", "issuer_votes"]

OFFICE_MAX = 16
"""Signs of the name of an office."""

HEAD, FOOT = 0.22, 0.8
"""Names of companies are looked for above and below these shares of the first page."""

LARGE, WORDS_MAX = 1.2, 6
"""A heading is so many times as high as most lines; a name with a word for companies has at most so many words."""

ALIKE_MAX = 1.4
"""Two lines of one heading are alike in height by this."""

SEPARATOR = re.compile(r"\s[-–—]\s|\s?[·•|]\s?")


def issuer_votes(paper: Gathered) -> Iterator[tuple[PaperLine, float]]:
    """Every piece of text that may name the issuer, with the points of ranking.toml for what speaks for it."""
    lines, page_height, points = paper.lines, paper.page_height, _points()
    for line in lines:
        label = find_label(line, "issuers")
        if label and label.alone and label.kind == "names":
            for value in [label.value] if label.value else beside_or_below(line, lines):
                if not any((other := find_label(value, g)) and other.value is None for g in ("names", "issuers")):
                    yield company_in(value) or _before_comma(value), points["label"]
        company = company_in(line)
        if company is not None and not _is_entry(line, lines):
            edge = line.page == 0 and (line.middle < HEAD * page_height or line.middle > FOOT * page_height)
            yield company, points["company_at_edge" if edge else "company"]
        if line.page == 0 and names_authority(line.text):
            yield line, points["authority"]
        if line.page == 0 and (office := _office_in(line)) is not None:
            yield office, points["office"]
    whole = " ".join(line.text for line in lines)
    parties = [name for name, role in paper.roles if role == "issuer" and not _represents(name.text, whole)]
    yield from ((company_in(name) or name, points["party"]) for name in parties)
    for line in lines:
        if line.page == 0 and line.middle < HEAD * page_height and is_sender_line(line.text):
            sender = part(line, 0, len(SEPARATOR.split(line.text, maxsplit=1)[0]))
            if not any(c.isdigit() for c in sender.text):
                yield sender, points["sender_line"]
    yield from _headings(paper)
    yield from _senders(paper)
    for line in _over_registered_office(lines):
        yield line, points["seat"]


def _is_entry(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does an amount of money stand behind it on its row, as behind an entry of an account?"""
    return any(on_one_row(o, line) and o.box[0] > line.box[2] and AMOUNT.fullmatch(o.text.strip()) for o in lines)


def _represents(name: str, text: str) -> bool:
    """Does somebody only sign for the party, whose name stands before: "Sol SpA, representada por Ana Gil"?"""
    return (
        re.search(rf"{one_of('parties', 'represented')}\s+(?:[^\W\d_]+\.?ª?\s+){{0,2}}{re.escape(name)}", text)
        is not None
    )


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


def _senders(paper: Gathered) -> Iterator[tuple[PaperLine, float]]:
    """Names over and in blocks that look like the sender's."""
    for block in paper.blocks:
        if (sender := _before_address(block)) is not None:
            yield sender, _points()["before_address"]
        if block.names and (block.label == "sender" or (block.contact and not block.label)):
            yield block.names[0], _points()["sender_block"]
        elif block.names and not block.label and block.top < HEAD * paper.page_height:
            yield block.names[0], _points()["over_block"]


def _before_address(block: AddressBlock) -> PaperLine | None:
    """The company before its address in one line, as over an envelope's window: "Nordbank, Markt 1, 88212 Ulm"."""
    first = block.address[0]
    name, comma, rest = first.text.partition(",")
    alone = not block.names and not block.label and len(block.address) == 1 and comma
    if not alone or any(c.isdigit() for c in name) or street_in(name) or not any(map(street_in, rest.split(","))):
        return None
    return part(first, 0, len(name))


def _headings(paper: Gathered) -> Iterable[tuple[PaperLine, float]]:
    """The largest words in the head of the first page that are no title, and the first line of the page.

    What stands below the holder's address is what the letter is about.
    """
    lines, points = paper.lines, _points()
    people = [b for b in paper.blocks if any(salutation_of(n.text) for n in b.names) and b.names[0].page == 0]
    foot = min((b.address[-1].box[3] for b in people), default=paper.page_height)
    head = [o for o in lines if o.page == 0 and o.middle < min(foot, HEAD * paper.page_height) and could_name(o.text)]
    text = "".join(folded(line.text) for line in lines)
    head = [o for o in head if not salutation_of(o.text) and not any(_goes_on_in(a, o, text) for a in head)]
    if not head:
        return
    usual = sorted(o.height for o in lines)[len(lines) // 3]  # cells of tables are read off with air around them
    for line in sorted(head, key=lambda o: (-o.height, o.box[1]))[:3]:
        if line.height > LARGE * usual:
            yield _whole(_without_title(line), lines), min(points["large_most"], points["large"] + line.height / usual)
    top = min(head, key=lambda o: o.box[1])
    for line in head:
        if line.middle < top.box[3]:  # left and right of each other
            yield _whole(line, lines), points["top"]
    for line in (_whole(o, lines) for o in head):
        words = folded(line.text)
        if len(line.text.split()) <= WORDS_MAX and any(holds(words, word) for word in table("issuers")["words"]):
            yield line, points["word"]
        if words.startswith(tuple(f" {word} " for word in table("issuers")["offices"])):
            yield line, points["office_word"]


def _whole(line: PaperLine, lines: Sequence[PaperLine]) -> PaperLine:
    """A heading with its second line, where a small word or small letters join them: "Agence du Logement / et ..."."""
    text = "".join(folded(o.text) for o in lines)
    below = next((o for o in lines if _goes_on_in(line, o, text)), None)
    if below is None or len(line.text) + len(below.text) >= NAME_MAX:
        return line
    return replace(line, text=f"{line.text} {below.text}", box=around([line.box, below.box]), places=())


def _goes_on_in(above: PaperLine, below: PaperLine, whole: str = "") -> bool:
    """Is a line the rest of a heading: alike, close under it, joined to it by small letters or a small word?

    Or does the `whole` paper, folded, name both in one line elsewhere?
    """
    if not stands_under(above, below) or any(c.isdigit() or c in ":@" for c in above.text + below.text):
        return False
    if folded(f"{above.text} {below.text}") in whole:
        return True
    alike = max(above.height, below.height) < ALIKE_MAX * min(above.height, below.height)
    joined = below.text[0].islower() or above.text.split()[-1] in SMALL_WORDS or above.text.endswith("&")
    return alike and joined


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
        name = part(line, 0, line.text.rindex(words[-1]))
        return line if name.text.split()[-1].islower() else name  # "Reason for bill" is nobody's
    return line


def _points() -> Mapping[str, float]:
    points: Mapping[str, float] = load_toml("fourcorners.vision.papers", "ranking.toml")["issuer"]
    return points

"""Whose paper it is: the holder's name and address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fourcorners.formats.addresses import care_of, is_eastern, is_post_box, parse_address
from fourcorners.vision.papers.blocks import AddressBlock, has_suffix, is_caption, is_contact
from fourcorners.vision.papers.chains import is_sender_line
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.form import form_address
from fourcorners.vision.papers.labels import beside_or_below, find_label
from fourcorners.vision.papers.letter import looks_like_person, salutation_of, untitled
from fourcorners.vision.papers.line import PaperLine, around, part
from fourcorners.vision.papers.parties import addressed_name, party
from fourcorners.vision.papers.prose import told_address, told_name, told_roles
from fourcorners.vision.papers.right_to_left import is_right_to_left
from fourcorners.vision.papers.stated import eastern_address, labelled_address

__all__ = ["PaperField", "choose_block", "holder_address", "holder_name", "joined"]

LABEL_SCORE = {"holder": 4.0, "service": 3.4, "shipping": 1.4, "sender": -6.0, "": 0.0}
"""What a label over a block says about whether it is the holder's."""

WINDOW = (0.06, 0.5)
"""Shares of the page's height between which the window of an envelope or the head of a bill shows the address."""

SCORE_MIN = 0.9
SAME_PLACE_MIN = 0.6
"""Two addresses that share so many words of the shorter one, and the house number, are one place."""

CAPTION_HEIGHT_MAX = 0.93
PERSON_OVER_MAX = 5.0
"""A name stands at most so many line heights over an address that has its own label."""
HONORIFIC = re.compile(r"(?P<name>[\w\s]{2,20}?)\s*(?:様|殿|御中|先生|女士|小姐|고객님|귀하|님)$")
PERSON_UNDER_MAX = 3.0
CAPTION_GAP_MAX, CAPTION_WORDS_MAX = 16.0, 6
NAME_CHARACTERS_MAX = 70
CONFIDENCE = {"holder": 0.97, "service": 0.93, "shipping": 0.75, "": 0.8}


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field of a paper: `value` with its `confidence` 0..1 and the `lines` that it was read from."""

    value: str
    confidence: float
    lines: tuple[PaperLine, ...]

    @property
    def page(self) -> int:
        """The page that it stands on, from 0."""
        return self.lines[0].page

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Around its lines, in page pixels."""
        return around([line.box for line in self.lines if line.page == self.page])


def choose_block(
    blocks: Sequence[AddressBlock], lines: Sequence[PaperLine], issuer: str, page_height: float
) -> AddressBlock | None:
    """The block that is most likely the holder's; None where none is. A name that a label gives speaks for it."""
    named = _labelled_name(lines, issuer)
    known = folded(named.value) if named else None
    scored = [
        (_score(b, blocks, issuer, page_height, lines) + 2.0 * any(folded(n.text) == known for n in b.names), -i, b)
        for i, b in enumerate(blocks)
    ]
    score, _, best = max(scored, default=(0.0, 0, None), key=lambda s: s[:2])
    if best is None or score < SCORE_MIN:
        return None
    return _letter_to(best, blocks) if best.label == "service" and not best.names else best


def _letter_to(place: AddressBlock, blocks: Sequence[AddressBlock]) -> AddressBlock:
    """The block that tells a place of service again, as letters do: with the person, the flat, the postcode."""
    letters = (b for b in blocks if b is not place and b.names and b.label in ("", "holder") and not b.contact)
    return next((b for b in letters if _tells(b, place)), place)


def _tells(whole: AddressBlock, short: AddressBlock) -> bool:
    """Does one address hold most words of the other, and its house number?"""
    told, asked = (set(folded(" ".join(line.text for line in b.address)).split()) for b in (whole, short))
    number = parse_address("\n".join(line.text for line in short.address)).house_number
    houses = set(folded(number).split())
    return bool(houses) and houses <= told and len(asked & told) >= SAME_PLACE_MIN * len(asked)


def holder_address(block: AddressBlock | None, lines: Sequence[PaperLine], issuer: str) -> PaperField | None:
    """The address of the chosen block, or told in a sentence; else that in cells, behind a label, in Eastern words."""
    if (block is None or not block.label) and (told := told_address(lines)) is not None:
        return PaperField(told[0], round(0.8 * min(line.confidence for line in told[1]), 3), told[1])
    labelled = labelled_address(lines)
    if block is not None:
        wider = len(labelled) > len(block.address) and {o.text for o in block.address} <= {o.text for o in labelled}
        if not wider:
            return joined(block.address, CONFIDENCE.get(block.label, 0.5) * (1.0 if block.whole else 0.85))
    eastern = bool(labelled) and is_eastern(labelled[0].text)
    if found := labelled if eastern else form_address(lines) or labelled:
        return joined(found, 0.85)
    parts = eastern_address(lines, issuer)
    return joined(parts, 0.7) if parts else None


def holder_name(
    block: AddressBlock | None,
    blocks: Sequence[AddressBlock],
    lines: Sequence[PaperLine],
    issuer: str,
    address: PaperField | None = None,
) -> PaperField | None:
    """The name over the chosen block's address; else the value of a name label; else the name over another block."""
    role = _named_role(lines)
    if role is not None and (block is None or block.label != "holder"):
        return role
    labelled = _labelled_name(lines, issuer) or role
    if block is not None and block.careful is not None and (name := _careful_name(block)):
        return PaperField(name, 0.9 * block.careful.confidence, (block.careful,))
    if block is not None and (names := [n for n in block.names if _could_be_name(n.text)]):
        if block.label == "" and not any(_names_somebody(n.text) for n in names):
            person = labelled or _person_over(block.address[0], lines)  # what stands over it may be a label
            if person is not None:
                return person
        over = joined(names, CONFIDENCE.get(block.label, 0.5), " ")
        if labelled is None and _is_caption_of(names, block) and (person := _person_over(block.address[0], lines)):
            return person
        if labelled is None or block.label in ("holder", "shipping") or _same_words(over.value, labelled.value):
            return over
        if _is_caption_of(names, block):
            return labelled
        if block.label == "" and not _same_words(labelled.value, issuer) and has_suffix(over.value):
            return labelled
        return over
    return labelled or _unlabelled_name(block, blocks, lines, issuer, address)


def _careful_name(block: AddressBlock) -> str | None:
    """The name behind "Attn", or behind "c/o" where no person stands above: who lives with somebody is named first."""
    assert block.careful is not None  # noqa: S101 - asked only where there is one
    living_with = block.careful.text.casefold().startswith("c/o") and any(
        looks_like_person(n.text) for n in block.names
    )
    return None if living_with else care_of(block.careful.text)


def _unlabelled_name(
    block: AddressBlock | None,
    blocks: Sequence[AddressBlock],
    lines: Sequence[PaperLine],
    issuer: str,
    address: PaperField | None = None,
) -> PaperField | None:
    """The name over the block in its column, in a sentence, or over another block than that of a place of service."""
    if block is not None and (person := _person_near(block.address, lines)):
        return person
    if block is None and address is not None and (person := _person_over(address.lines[0], lines)):
        return person
    if (told := told_name(lines) or addressed_name(lines)) is not None:
        return PaperField(told.text, round(0.8 * told.confidence, 3), (told,))
    if block is None:
        return None
    mates = [b for b in blocks if b.names and b.label != "sender" and not b.contact and b is not block]
    mates = [b for b in mates if looks_like_person(b.names[-1].text) and not _same_words(b.names[0].text, issuer)]
    return joined(mates[0].names, 0.75, " ") if mates else None


def _person_over(first: PaperLine, lines: Sequence[PaperLine]) -> PaperField | None:
    """The name of a person over the first line of an address in its column, with no more than two labels between."""
    side = 2 if is_right_to_left(first.text) else 0
    column = [
        o
        for o in lines
        if o.page == first.page
        and abs(o.box[side] - first.box[side]) < 1.5 * first.height
        and 0 < first.box[1] - o.box[1] < PERSON_OVER_MAX * first.height
    ]
    near = sorted(column, key=lambda o: -o.box[1])[:3]
    found = [o for o in near if looks_like_person(untitled(o.text)) and not _is_label(o) and not has_suffix(o.text)]
    return PaperField(found[0].text, round(0.7 * found[0].confidence, 3), (found[0],)) if found else None


def _person_near(address: Sequence[PaperLine], lines: Sequence[PaperLine]) -> PaperField | None:
    """The name of a person over an address, or, in a table, in the row under it."""
    over = _person_over(address[0], lines)
    last = address[-1]
    if over is not None or not _captioned(address[0], lines):
        return over
    under = [
        o
        for o in lines
        if o.page == last.page
        and abs(o.box[0] - last.box[0]) < 0.6 * last.height
        and 0 < o.box[1] - last.box[1] < PERSON_UNDER_MAX * last.height
        and looks_like_person(untitled(o.text))
        and _captioned(o, lines)
    ]
    name = min(under, key=lambda o: o.box[1], default=None)
    return None if name is None else PaperField(name.text, round(0.65 * name.confidence, 3), (name,))


def _captioned(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Do words stand before a line on its row, as in a table, whether we know them as a label or not?"""
    return any(
        o.page == line.page
        and abs(o.middle - line.middle) < 0.6 * line.height
        and 0 < line.box[0] - o.box[2] < CAPTION_GAP_MAX * line.height
        and len(o.text.split()) <= CAPTION_WORDS_MAX
        and not any(c.isdigit() for c in o.text)
        for o in lines
    )


def _names_somebody(text: str) -> bool:
    """Is it plainly a name: a person's, one behind a form of address, or a company's?"""
    return looks_like_person(untitled(text)) or bool(salutation_of(text)) or has_suffix(text)


def _is_caption_of(names: Sequence[PaperLine], block: AddressBlock) -> bool:
    """Is what stands over an address set smaller than it? A name is not: it is a label that we do not know."""
    return max(n.height for n in names) < CAPTION_HEIGHT_MAX * block.address[0].height


def joined(lines: Sequence[PaperLine], confidence: float, between: str = ", ") -> PaperField:
    """One field from several lines, one below the other, with `between` where a line ends."""
    value = between.join(line.text.strip(" ,;") for line in lines)
    return PaperField(value, round(confidence * min(line.confidence for line in lines), 3), tuple(lines))


def _score(
    block: AddressBlock, blocks: Sequence[AddressBlock], issuer: str, page_height: float, lines: Sequence[PaperLine]
) -> float:
    score = 1.0 + LABEL_SCORE[block.label]
    name = " ".join(n.text for n in block.names)
    if block.contact and block.label not in ("holder", "service"):
        score -= 2.5
    place = block.top / page_height
    score += 0.8 if WINDOW[0] < place < WINDOW[1] else 0.0
    if place > 0.82 and not block.label:  # the foot names the company; a slip to tear off names the holder
        score -= 0.6 if block.names and looks_like_person(name) else 2.5
    if issuer and name and _same_words(name, issuer):
        score -= 3.0
    score -= 0.6 if has_suffix(name) else 0.0
    score -= 3.0 if any(is_sender_line(a.text) for a in block.address) else 0.0
    score += 0.7 if block.names and looks_like_person(block.names[-1].text) else 0.0
    named = block.names or block.careful or block.label or _captioned(block.address[0], lines)
    score -= 0.0 if named else 1.0
    score -= 0.0 if block.whole else 0.8
    score -= 1.0 if any(is_post_box(a.text) for a in block.address) else 0.0  # payments go there; nobody lives there
    twin = [b for b in blocks if b is not block and _same_place(b, block)]
    score += 0.6 if twin and not block.contact else 0.0
    score -= 1.0 if block.address[0].page > 0 else 0.0
    return score


def _labelled_name(lines: Sequence[PaperLine], issuer: str) -> PaperField | None:
    for line in lines:
        label = find_label(line, "names")
        if label is None or not label.alone:
            continue
        values = [label.value] if label.value else beside_or_below(line, lines)
        for value in map(_before_details, values):
            if is_caption(value.text):
                continue
            if _could_be_name(value.text) and not _same_words(value.text, issuer) and not _is_label(value):
                return PaperField(value.text, round(0.85 * value.confidence, 3), (value,))
    return None


def _before_details(value: PaperLine) -> PaperLine:
    """A name without what follows a comma with numbers: the day of birth, the address."""
    name, comma, rest = value.text.partition(",")
    detailed = comma and any(c.isdigit() for c in rest) and len(name.split()) > 1
    return part(value, 0, len(name)) if detailed and not any(c.isdigit() for c in name) else value


def _named_role(lines: Sequence[PaperLine]) -> PaperField | None:
    """The name before the holder's role in a contract, or before an honorific that follows names."""
    for line in lines:
        if found := HONORIFIC.fullmatch(line.text):
            name = part(line, *found.span("name"))
            return PaperField(name.text, round(0.85 * line.confidence, 3), (name,))
    for name, role in told_roles(lines):
        if role == "holder":
            return PaperField(name.text, round(0.8 * name.confidence, 3), (name,))
    named = party(lines, "holder")
    return None if named is None else PaperField(named.text, round(0.75 * named.confidence, 3), (named,))


def _is_label(line: PaperLine) -> bool:
    """A label and nothing more: "Herr" may stand before a name as well, and is part of its line then."""
    labels = [find_label(line, group) for group in ("names", "blocks", "addresses")]
    return any(label is not None and label.alone for label in labels)


def _could_be_name(text: str) -> bool:
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    return letters >= 2 and digits <= 0.2 * letters and len(text) <= NAME_CHARACTERS_MAX and not is_contact(text)


def _same_words(a: str, b: str) -> bool:
    """Does the first distinctive word of one name stand in the other?"""
    x, y = ([w for w in folded(t).split() if len(w) > 2] for t in (a, b))
    return bool(x and y) and (x[0] in y or y[0] in x)


def _same_place(a: AddressBlock, b: AddressBlock) -> bool:
    return folded(" ".join(line.text for line in a.address)) == folded(" ".join(line.text for line in b.address))

"""Which of the addresses on a paper is the holder's: what speaks for each, in points of ranking.toml."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fourcorners.formats.addresses import (
    country_of,
    is_eastern,
    is_post_box,
    is_region,
    parse_address,
    street_in,
    unit_in,
)
from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.blocks import AddressBlock
from fourcorners.vision.papers.captions import is_captioned
from fourcorners.vision.papers.chains import is_sender_line
from fourcorners.vision.papers.companies import has_suffix
from fourcorners.vision.papers.eastern import is_eastern_town
from fourcorners.vision.papers.folding import folded, holds
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.letter import looks_like_person, salutation_of
from fourcorners.vision.papers.towns import is_city
from fourcorners.vision.papers.words import words_of

__all__ = ["choose_address", "same_words", "speaks_for", "with_settled_label"]

SAME_PLACE_MIN = 0.6
"""Two addresses that share so many words of the shorter one, and the house number, are one place."""

LETTER_LINE_MAX = 64
"""Characters of a line in the window of a letter; longer ones are prose."""


def choose_address(found: Sequence[AddressBlock], paper: Gathered, name: str) -> AddressBlock | None:
    """The address that is most likely the holder's; None where none is likely enough.

    `name` is what a label of the paper gives, "" without one.
    """
    scores = [sum(p for _, p in speaks_for(b, found, paper, name)) for b in found]
    at = max(range(len(found)), key=lambda i: (scores[i], bool(found[i].names), -i), default=None)
    if at is None or scores[at] < _rules()["enough"]:
        return None
    best = found[at]
    if _is_post_box(best):  # letters go there; what is served is where somebody lives
        served = [i for i, b in enumerate(found) if b.label == "service" and b.whole and not _is_post_box(b)]
        best = found[max(served, key=lambda i: (scores[i], -i), default=at)]
    best = _elsewhere(best, found, paper, scores)
    if best.kind == "told" or (not best.names and best.label == "service") or not _is_whole(best):
        letters = [b for b in found if _is_letter(b) and b is not best and b.kind == "block" and _is_whole(b)]
        best = next((b for b in letters if _tells(b, best)), best)
    wider = next((b for b in found if _goes_further(b, best)), None)
    return best if wider is None else replace(wider, names=wider.names or best.names, careful=best.careful)


def _elsewhere(
    best: AddressBlock, found: Sequence[AddressBlock], paper: Gathered, scores: Sequence[float]
) -> AddressBlock:
    """Of an address that is served and one that a letter goes to, both whole, the one that the kind of paper proves."""
    served = best.label == "service"
    if served and (paper.kind in _rules()["owned"] or _is_no_place(best) or _is_second_home(best)):
        others = [i for i, b in enumerate(found) if _is_letter(b) and b.kind == "block" and _is_whole(b)]
    elif not served and paper.kind in _rules()["supplied"]:
        whole = (i for i, b in enumerate(found) if b.label == "service" and _is_whole(b) and not _is_second_home(b))
        others = [i for i in whole if parse_address(found[i].text).is_whole and not _tells(best, found[i])]
    else:
        return best
    if not others:
        return best
    chosen = found[max(others, key=lambda i: (scores[i], -i))]
    return replace(chosen, names=chosen.names or best.names, careful=chosen.careful or best.careful)


def speaks_for(
    block: AddressBlock, found: Sequence[AddressBlock], paper: Gathered, name: str
) -> Iterator[tuple[str, float]]:
    """What speaks for and against an address among all that were found, each with its points."""
    points, place, issuer = _rules()["points"], block.top / paper.page_height, paper.issuer
    yield "address", points["address"]
    if block.label:
        yield block.label, _rules()["cell" if block.kind == "cell" else "label"][block.label]
    over = " ".join(n.text for n in block.names)
    last = block.names[-1].text if block.names else ""
    person = looks_like_person(last) or bool(salutation_of(last))
    loose = block.kind == "block"
    signs = {
        "told": block.kind == "told",
        "eastern": block.kind == "eastern",
        "named": bool(name) and any(folded(n.text) == folded(name) for n in block.names),
        "in_window": loose and _rules()["window"][0] < place < _rules()["window"][1],
        "person": person,
        "nameless": loose and not (block.names or block.careful or block.label or _stands_in_row(block, paper)),
        "part": not block.whole,
        "lone_city": not block.whole and not block.names and len(block.address) == 1,
        "again": not block.contact and any(b is not block and _same_place(b, block) for b in found),
        "company": has_suffix(over),
        "issuer": bool(issuer) and ((bool(over) and same_words(over, issuer)) or _names_issuer(block, issuer)),
        "sender_line": any(is_sender_line(a.text) for a in block.address),
        "contact": block.contact and not person and block.label not in ("holder", "service"),
        "contact_person": block.contact and person and block.label not in ("holder", "service"),
        "post_box": _is_post_box(block),
        "later_page": block.address[0].page > 0,
        "foot": place > _rules()["foot"] and not block.label and not person,
        "foot_person": place > _rules()["foot"] and not block.label and person,
    }
    yield from ((sign, points[sign]) for sign, is_so in signs.items() if is_so)


def _stands_in_row(block: AddressBlock, paper: Gathered) -> bool:
    return is_captioned(block.address[0], paper.lines)


def with_settled_label(block: AddressBlock, kind: str) -> AddressBlock:
    """A block whose label is "recipient" as that of a parcel; on a bill it may be anybody's."""
    if block.label != "recipient":
        return block
    return replace(block, label="shipping" if kind in _rules()["parcels"] else "")


def same_words(a: str, b: str) -> bool:
    """Does the first distinctive word of one name stand in the other?"""
    x, y = ([w for w in folded(t).split() if len(w) > 2] for t in (a, b))
    return bool(x and y) and (x[0] in y or y[0] in x)


def _names_issuer(block: AddressBlock, issuer: str) -> bool:
    """Does the issuer's name stand inside an address? A town whose council writes does not count."""
    town = is_eastern_town(issuer) or folded(parse_address(block.text).city) == folded(issuer)
    short = len(issuer.split()) == 1 and not has_suffix(issuer)
    town = town or (short and any(folded(line.text) == folded(issuer) for line in block.address[1:]))
    return not town and folded(issuer) in folded(block.text)


def _is_whole(block: AddressBlock) -> bool:
    """Does it end with a city or country that we know?"""
    last = block.address[-1].text
    return is_city(last) or is_eastern(block.text) or country_of(last.rsplit(",", 1)[-1]) is not None or is_region(last)


def _is_second_home(block: AddressBlock) -> bool:
    """Does a line of it say that nobody lives there all year: "Horní Kosov 310, 586 01 Jihlava – rekreační objekt"?"""
    homes = [word if word.isascii() else folded(word).strip() for word in words_of("places", "second_homes")]
    return any(holds(folded(line.text), home) for line in block.address for home in homes)


def _is_no_place(block: AddressBlock) -> bool:
    """Does it tell neither a street nor a town that we know: "Meter cupboard, level 2"?"""
    streets = (part for part in block.text.split(",") if street_in(part) and not unit_in(part)[0])
    return not _is_whole(block) and next(streets, None) is None


def _is_letter(block: AddressBlock) -> bool:
    short = all(len(line.text) <= LETTER_LINE_MAX for line in block.address)
    return bool(block.names) and block.label in ("", "holder") and not block.contact and short


def _tells(whole: AddressBlock, short: AddressBlock) -> bool:
    """Does one address hold most words of the other, and its house number?"""
    told, asked = (_words(b.text) for b in (whole, short))
    houses = _words(parse_address("\n".join(line.text for line in short.address)).house_number)
    return bool(houses) and houses <= told and len(asked & told) >= SAME_PLACE_MIN * len(asked)


def _words(text: str) -> set[str]:
    """The words of an address, numbers without the noughts that registers put before them: "Pl:03"."""
    return {word.lstrip("0") or word for word in folded(text).split()}


def _goes_further(cell: AddressBlock, block: AddressBlock) -> bool:
    """Is a cell all of another address, and more lines of it?"""
    longer = cell.kind in ("cell", "eastern") and len(cell.address) > len(block.address)
    return longer and {o.text for o in block.address} <= {o.text for o in cell.address}


def _is_post_box(block: AddressBlock) -> bool:
    """Does it tell a post box and no street?"""
    parts = block.text.split(",")
    boxes = [part for part in parts if is_post_box(part)]
    others = (part for part in parts if part not in boxes and not is_city(part))
    return bool(boxes) and not any(map(street_in, others))


def _same_place(a: AddressBlock, b: AddressBlock) -> bool:
    apart = a.address[0] is not b.address[0] and a.address[-1] is not b.address[-1]
    return apart and folded(a.text) == folded(b.text)


def _rules() -> Mapping[str, Any]:
    return load_toml("fourcorners.vision.papers", "ranking.toml")

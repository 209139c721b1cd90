"""Bills and statements in the name of an institution: read as proofs of address are, with a company as the holder."""

from collections.abc import Sequence
from dataclasses import replace

from fourcorners.formats.agreement import companies_agree, split_form
from fourcorners.vision.papers import PaperLine, PaperReading
from fourcorners.vision.papers.blocks import address_blocks
from fourcorners.vision.papers.fields import joined
from fourcorners.vision.papers.labels import beside_or_below, find_label
from fourcorners.vision.papers.reading import read_paper

__all__ = ["read_bill"]


def read_bill(lines: Sequence[PaperLine], page_height: float) -> PaperReading:
    """Kind and fields. A reader of people's bills takes a company for the issuer: the block of another one is taken."""
    found = read_paper(lines, page_height)
    issuer = found.issuer.value if found.issuer else ""
    if found.name is not None and found.address is not None:
        return found
    for block in address_blocks(lines):
        name = " ".join(line.text for line in block.names)
        other = bool(split_form(name)[1]) and not companies_agree(name, issuer).holds
        if block.names and other and block.label != "sender" and not block.contact:
            return replace(found, name=joined(block.names, 0.8, " "), address=joined(block.address, 0.8))
    if found.name is None:
        for line in lines:
            label = find_label(line, "names")
            for value in beside_or_below(line, lines) if label is not None and label.value is None else ():
                if split_form(value.text)[1] and not companies_agree(value.text, issuer).holds:
                    return replace(found, name=joined([value], 0.85))
    return found

"""What a paper says, put together from its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fourcorners.formats.addresses import parse_address
from fourcorners.vision.papers.blocks import address_blocks
from fourcorners.vision.papers.dates import find_issue_date, find_lease_end
from fourcorners.vision.papers.fields import PaperField
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.holder import (
    address_candidates,
    choose_holder,
    holder_address,
    holder_name,
    without_forms_of_address,
)
from fourcorners.vision.papers.issuer import find_issuer
from fourcorners.vision.papers.kinds import Kind, find_kind, made_out_to_nobody
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.parties import contract_roles
from fourcorners.vision.papers.ranking import with_settled_label
from fourcorners.vision.papers.wrapped import with_whole_labels

__all__ = ["PaperReading", "read_paper"]


@dataclass(frozen=True, slots=True)
class PaperReading:
    """Kind and fields of a paper; a field that was not found is None. `lease_end` is read in leases only.

    `further` are the fields of papers that prove something else than an address.
    """

    kind: Kind
    name: PaperField | None
    address: PaperField | None
    issuer: PaperField | None
    issue_date: PaperField | None
    lease_end: PaperField | None
    further: Mapping[str, PaperField] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, PaperField | None]:
        """The fields by name, in a fixed order."""
        return {
            "name": self.name,
            "address": self.address,
            "issuer": self.issuer,
            "issue_date": self.issue_date,
            "lease_end": self.lease_end,
            **self.further,
        }


def read_paper(lines: Sequence[PaperLine], page_height: float) -> PaperReading:
    """Read a paper from the lines of its pages; `page_height` in pixels is that of the first."""
    lines = with_whole_labels(lines)
    kind = find_kind(lines, page_height)
    blocks = [with_settled_label(block, kind.name) for block in address_blocks(lines)]
    paper = Gathered(lines, page_height, blocks, contract_roles(lines), kind=kind.name)
    issuer = find_issuer(paper)
    paper = replace(paper, issuer=issuer.value if issuer else "")
    chosen = choose_holder(address_candidates(paper), paper)
    address = holder_address(chosen, paper)
    places = [address.value] if address else []
    places += ["\n".join(line.text for line in b.address) for b in blocks]
    country = next((c for place in places if (c := parse_address(place).country)), None)
    name = holder_name(chosen, paper)
    day = find_issue_date(lines, kind.name, page_height, country)
    if name is None and address is None and day is None:
        kind = made_out_to_nobody(kind)
    return PaperReading(
        kind,
        without_forms_of_address(name, lines) if name else None,
        address,
        issuer,
        day,
        find_lease_end(lines, country) if kind.name == "rental_agreement" else None,
    )

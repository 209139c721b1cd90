"""Made-up papers and the truth about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fourcorners.specimens.model import SpecimenError

__all__ = [
    "COUNTRIES",
    "DAY",
    "EDITED_FIELDS",
    "EDITS",
    "EVALUATION_LAYOUTS",
    "LAYOUTS",
    "SPLITS",
    "PaperSpecimen",
    "PaperTruth",
    "SpecimenError",
]

COUNTRIES = ("GB", "US", "DE", "FR", "ES", "IT", "PT", "NL", "PL", "TR")
LAYOUTS = ("window", "right_window", "labelled", "service", "form", "letter", "grid", "statement")
EVALUATION_LAYOUTS = ("sidebar", "centred", "two_columns")
SPLITS = ("building", "evaluation")
"""Papers that reading was built with, and others (layouts, words, people, typefaces) that it is only measured on."""
EDITED_FIELDS = ("name", "address", "issue_date")
EDITS = ("patch", "update", "overlay", "font", "hidden", "editor", "same_font")

DAY = date(2026, 11, 1)
"""The day on which papers are handed in, unless another is asked for."""


@dataclass(frozen=True, slots=True)
class PaperTruth:
    """What a paper says. `edit` is how it was changed, "" if it was not; then the fields are what it now shows."""

    kind: str
    country: str
    layout: str
    name: str
    address: str
    issuer: str
    issue_date: date
    lease_end: date | None = None
    edit: str = ""

    def to_dict(self) -> Mapping[str, object]:
        """Plain values for JSON."""
        return {
            "kind": self.kind,
            "country": self.country,
            "layout": self.layout,
            "name": self.name,
            "address": self.address,
            "issuer": self.issuer,
            "issue_date": self.issue_date.isoformat(),
            "lease_end": None if self.lease_end is None else self.lease_end.isoformat(),
            "edit": self.edit,
        }


@dataclass(frozen=True, slots=True)
class PaperSpecimen:
    """A PDF and the truth about it.

    By field: `places` (x, y of the baseline, size) in points from the bottom left, `texts` what stands there.
    """

    pdf: bytes
    truth: PaperTruth
    places: Mapping[str, tuple[float, float, float]]
    texts: Mapping[str, str] = field(default_factory=dict)

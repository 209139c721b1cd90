"""Made-up papers of institutions and the truth about them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from fourcorners.specimens.model import SpecimenError
from fourcorners.specimens.papers.model import DAY, EDITS, SPLITS

__all__ = [
    "COUNTRIES",
    "DAY",
    "EDITED_FIELDS",
    "EDITS",
    "KINDS",
    "LISTS",
    "SPLITS",
    "Institution",
    "InstitutionPaper",
    "InstitutionTruth",
    "SpecimenError",
]

COUNTRIES = ("GB", "US", "SG", "IN", "AE", "DE", "CH", "FR", "ES", "TR")
KINDS = (
    "registration",
    "partnership_agreement",
    "articles",
    "directors_register",
    "ownership",
    "business_address",
    "authorisation",
    "licence",
    "state_ownership",
    "statute",
    "governing_document",
    "trust_deed",
    "aml_programme",
    "supplement_letter",
    "other",
)
"""Kinds that can be drawn; `ownership` as a register or a chart, `authorisation` as a letter or a resolution."""

LISTS = ("ownership", "directors_register")
EDITED_FIELDS = ("legal_name", "registration_number", "share")


@dataclass(frozen=True, slots=True)
class Institution:
    """What an applicant would enter: everything about a made-up institution. `holders` are names with percentages."""

    legal_name: str
    registration_number: str
    tax_number: str
    lei: str
    incorporation_date: date
    country: str
    registered_address: str
    authorised_user: str
    directors: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class InstitutionTruth:
    """What a paper says. `fields` are those printed on it, dates as YYYY-MM-DD; `listed` names with percentages or "".

    `edit` is how it was changed, "" if it was not; the fields are then what it shows.
    """

    kind: str
    form: str
    country: str
    layout: str
    fields: Mapping[str, str]
    listed: tuple[tuple[str, str], ...] = ()
    signed: bool = False
    marks: tuple[str, ...] = ()
    edit: str = ""

    def to_dict(self) -> Mapping[str, object]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class InstitutionPaper:
    """A PDF, the truth about it, and the institution behind it; `places` and `texts` as of PaperSpecimen."""

    pdf: bytes
    truth: InstitutionTruth
    institution: Institution
    places: Mapping[str, tuple[float, float, float]]
    texts: Mapping[str, str] = field(default_factory=dict)

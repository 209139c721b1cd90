"""A proof of address as it was handed in, with what the applicant claims: what the checks of this group are made on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from fourcorners.checks.address.rules import Rules, rules_for
from fourcorners.formats.addresses import country_of
from fourcorners.formats.states import find_state
from fourcorners.kit.errors import Refusal
from fourcorners.vision.papers import BoundPaper, Paper, PaperReading, open_paper

__all__ = [
    "AddressClaims",
    "AddressClaimsRefused",
    "FilesRefused",
    "Source",
    "Submission",
    "Supplement",
    "open_files",
    "open_submission",
]

Source = bytes | str | Path

APPLICANTS = ("individual", "institution")
VALUE_MAX_LETTERS = 400
FILES_MAX = 5
"""Files of one proof (POA4)."""


class AddressClaimsRefused(Refusal):
    """A claim about name or address is not in order; `field` names it."""

    code = "address_claims_invalid"
    retryable: ClassVar[bool] = True


class FilesRefused(Refusal):
    """No file was handed in, or more than one proof may have."""

    code = "address_files_invalid"
    retryable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AddressClaims:
    """What the applicant says. `country` is a code or an English name; `applicant` individual or institution.

    `identity_kind` is the kind of document that proved the identity (`driving_licence`, `state_id`, ...),
    `identity_sha256` the SHA-256 of its file: the same file proves no address.
    """

    name: str | None = None
    address: str | None = None
    country: str | None = None
    applicant: str = "individual"
    identity_kind: str | None = None
    identity_sha256: str | None = None

    def __post_init__(self) -> None:
        for entry in fields(self):
            value = getattr(self, entry.name)
            if value is not None and not 1 <= len(value.strip()) <= VALUE_MAX_LETTERS:
                sentence = f"The claim {entry.name} must have 1 to {VALUE_MAX_LETTERS} letters."
                raise AddressClaimsRefused(sentence, field=entry.name)
        if self.applicant not in APPLICANTS:
            raise AddressClaimsRefused("The applicant is an individual or an institution.", field="applicant")
        if self.country is not None and self.country_code is None:
            raise AddressClaimsRefused(f"There is no country called {self.country[:60]}.", field="country")
        if self.identity_sha256 is not None and not re.fullmatch(r"[0-9a-f]{64}", self.identity_sha256):
            raise AddressClaimsRefused("A SHA-256 has 64 hexadecimal digits.", field="identity_sha256")

    @property
    def country_code(self) -> str | None:
        """ISO 3166-1 alpha-2 code of the claimed country; of the claimed address, where no country is claimed."""
        if self.country is not None:
            state = find_state(self.country)
            return state.alpha2 if state else None
        return country_of(re.split(r"[,\n]", self.address)[-1]) if self.address else None

    @property
    def given(self) -> Mapping[str, str]:
        """What was claimed, in a fixed order."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, eq=False, kw_only=True)
class Submission:
    """A paper, or why its file was refused. `today` is the day of submission: there is no clock in here.

    A paper in several files has one of `parts` for each of them, in the order in which they were handed in; `paper` is
    then made of those that could be opened.
    """

    today: date
    paper: Paper | None = None
    refused: Refusal | None = None
    claims: AddressClaims = AddressClaims()
    parts: tuple["Submission", ...] = ()
    supplement: "Supplement | None" = None

    @property
    def files(self) -> tuple["Submission", ...]:
        """One for each file; () for somebody who hands in a supplement alone."""
        return self.parts or (() if self.paper is None and self.refused is None else (self,))

    @property
    def reading(self) -> PaperReading | None:
        """What the paper says; None for a refused file."""
        return None if self.paper is None else self.paper.reading

    @cached_property
    def rules(self) -> Rules:
        """The rules of the claimed country for this kind of applicant."""
        return rules_for(self.claims.country_code, self.claims.applicant)


@dataclass(frozen=True, eq=False, kw_only=True)
class Supplement:
    """What somebody adds who lives with the owner or leaseholder (POA7).

    `attestation` carries the applicant's claims; `paper` is the owner's, and carries the owner's name and the
    applicant's address. `relation` is one of those that the rules name.
    """

    attestation: Submission
    paper: Submission
    relation: str


def open_files(
    sources: Sequence[Source], claims: AddressClaims | None = None, *, today: date, supplement: Supplement | None = None
) -> Submission:
    """Open the files of one paper, in the order of its pages. Raises FilesRefused."""
    if not 1 <= len(sources) <= FILES_MAX:
        raise FilesRefused(f"A proof of address has 1 to {FILES_MAX} files.", files=len(sources), files_max=FILES_MAX)
    parts = tuple(open_submission(source, claims, today=today) for source in sources)
    if len(parts) == 1:
        return replace(parts[0], supplement=supplement)
    papers = [part.paper for part in parts if part.paper is not None]
    return Submission(
        today=today,
        paper=BoundPaper(papers) if papers else None,
        refused=None if papers else parts[0].refused,
        claims=claims or AddressClaims(),
        parts=parts,
        supplement=supplement,
    )


def open_submission(
    source: Source, claims: AddressClaims | None = None, *, today: date, name: str | None = None
) -> Submission:
    """Open a paper. A file that is none does not raise: it is kept as `refused`."""
    known = claims or AddressClaims()
    try:
        return Submission(today=today, paper=open_paper(source, name), claims=known)
    except Refusal as refusal:
        return Submission(today=today, refused=refusal, claims=known)

"""An application as plain values: what the rules look at, wherever it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fourcorners.institutions.ownership import Graph
from fourcorners.kit.errors import Refusal

from .kinds import Kind

__all__ = ["Application", "Paper", "Party"]

FACTS = ("legal_name", "registration_number", "incorporation_date", "country", "industry")
"""What is asked of every institution, besides its addresses; a trust has no registration number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper handed in. `dated` is the day printed on it, `expires` the day after which it is void."""

    paper: str
    dated: date | None = None
    expires: date | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A person or entity with one or several roles, entered once (INS5)."""

    id: str
    name: str
    roles: tuple[str, ...]
    is_entity: bool = False
    is_class: bool = False
    """A class of beneficiaries, described in `name`."""
    birth_date: date | None = None
    nationality: str = ""
    residence: str = ""
    is_verified: bool = False
    """Went through the individual flow by the link sent to them."""
    has_identity: bool = False
    """Both sides of an identity document, or its photo page alone, were uploaded for them."""
    identity_expires: date | None = None
    has_proof_of_address: bool = False
    has_owners: bool = False
    """Of an entity: its own graph of owners is there."""
    node: str = ""
    """The node of the graph of owners that they are, or "": then one of the same name is theirs."""


@dataclass(frozen=True)
class Application:
    """Everything that was entered so far."""

    kind: Kind | None = None
    variant: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`registered`, and `business` where it differs: country, lines, city, postcode."""
    parties: tuple[Party, ...] = ()
    papers: tuple[Paper, ...] = ()
    graph: Graph | None = None
    graph_problem: Refusal | None = None
    """Why what was drawn is no graph yet, in a sentence."""
    subject: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """`regulated` ("yes" or "no") and what the kind asks for besides."""
    questionnaires: tuple[str, ...] = ()
    """Those that are filled in."""
    attestations: tuple[str, ...] = ()
    """Those that are ticked."""
    is_signed: bool = False

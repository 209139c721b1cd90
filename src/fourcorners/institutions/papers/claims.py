"""What was entered about an institution: what its papers are compared with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fourcorners.institutions.application import Application
from fourcorners.institutions.ownership import EdgeKind, Graph

__all__ = ["Holder", "PaperClaims", "claims_of"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a share of the whole; `of` names the company where it is not the institution itself."""

    name: str
    share: Fraction | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class PaperClaims:
    """What was entered; what is None was not, and is not compared. `country` is an ISO 3166-1 alpha-2 code.

    `directors` and `holders` are all of them: one that is on the paper and not here is a difference, too.
    """

    legal_name: str | None = None
    registration_number: str | None = None
    tax_number: str | None = None
    lei: str | None = None
    incorporation_date: date | None = None
    country: str | None = None
    registered_address: str | None = None
    business_address: str | None = None
    authorised_users: tuple[str, ...] = ()
    directors: tuple[str, ...] | None = None
    holders: tuple[Holder, ...] | None = None


def claims_of(application: Application, *, day: date) -> PaperClaims:
    """What an application says, as of a day: facts, addresses, users, directors and the graph of owners."""
    facts = application.facts
    named = {
        role: tuple(p.name for p in application.parties if role in p.roles) for role in ("director", "authorised_user")
    }
    graph = application.graph
    holders = None
    if graph is not None and application.subject:
        holders = tuple(_holders(graph.on(day), application.subject))
    return PaperClaims(
        legal_name=facts.get("legal_name") or None,
        registration_number=facts.get("registration_number") or None,
        tax_number=facts.get("tax_number") or None,
        lei=facts.get("lei") or None,
        incorporation_date=_day(facts.get("incorporation_date", "")),
        country=facts.get("country") or None,
        registered_address=_address(application.addresses.get("registered")),
        business_address=_address(application.addresses.get("business")),
        authorised_users=named["authorised_user"],
        directors=named["director"] or None,
        holders=holders,
    )


def _holders(graph: Graph, subject: str) -> Iterator[Holder]:
    """Every share in the graph: who holds how much of what; the institution itself goes without `of`."""
    for edge in graph.edges.values():
        if edge.kind is EdgeKind.SHARES:
            of = "" if edge.owned == subject else graph.nodes[edge.owned].name
            yield Holder(graph.nodes[edge.owner].name, edge.share, of)


def _address(parts: Mapping[str, str] | None) -> str | None:
    if not parts:
        return None
    place = " ".join(filter(None, (parts.get("postcode", ""), parts.get("city", ""))))
    return "\n".join(filter(None, (parts.get("lines", ""), place))) or None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

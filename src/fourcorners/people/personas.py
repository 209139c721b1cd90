"""Personas of the sandbox: applicants without a person or a picture, who always end the same way (personas.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from fourcorners.infra.db import WriteSession
from fourcorners.kit.data import load_toml
from fourcorners.people.actions import choose_document, enter_details, give_item, state_residence
from fourcorners.people.errors import PersonaUnknown
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_applicant, item_states, items_wanted, state_of
from fourcorners.people.rules import Item, ItemState, State

__all__ = ["Persona", "hand_in", "make_persona", "persona_named", "persona_of_reference", "personas"]

PREFIX = "persona:"


@dataclass(frozen=True, slots=True)
class Persona:
    """`told` are the reasons found in each submission, `leads_to` what they do to the case."""

    name: str
    about: str
    told: tuple[tuple[str, ...], ...]
    leads_to: str = "resubmit"

    def told_in(self, submission: int) -> tuple[str, ...]:
        """The reasons of that submission, counted from 1."""
        return self.told[min(submission, len(self.told)) - 1]


@cache
def personas() -> Mapping[str, Persona]:
    """All of them by name."""
    return {
        name: Persona(name, entry["about"], tuple(map(tuple, entry["told"])), entry.get("leads_to", "resubmit"))
        for name, entry in _table()["personas"].items()
    }


def persona_named(name: str) -> Persona:
    """Raises PersonaUnknown."""
    if name not in personas():
        raise PersonaUnknown("There is no such persona.", persona=name[:40], personas=sorted(personas()))
    return personas()[name]


def persona_of_reference(reference: str | None) -> str | None:
    """The name in a magic reference: `persona:blurred_document`, or `persona:blurred_document/order-7`."""
    if reference is None or not reference.startswith(PREFIX):
        return None
    return reference.removeprefix(PREFIX).partition("/")[0]


def make_persona(db: WriteSession, verification: Verification, name: str, *, actor: str) -> None:
    """Let this applicant of the sandbox be a persona, with everything handed in. Raises PersonaUnknown."""
    person, persona = get_applicant(db, verification.applicant_id), persona_named(name)
    if not person.sandbox:
        raise PersonaUnknown("There are personas in the sandbox only.", persona=name[:40], personas=[])
    person.persona, verification.challenge_policy = persona.name, "none"
    document = _table()["document"]
    state_residence(db, verification.id, actor=actor, residence=document["country"], nationality=document["country"])
    enter_details(db, verification.id, actor=actor, details=_table()["details"])
    choose_document(db, verification.id, actor=actor, kind=document["kind"], country=document["country"])
    hand_in(db, verification, actor=actor)


def hand_in(db: WriteSession, verification: Verification, *, actor: str) -> None:
    """Give, without a picture, whatever a persona is still asked for; does nothing for anybody else."""
    if get_applicant(db, verification.applicant_id).persona is None:
        return
    if state_of(verification) not in (State.IN_PROGRESS, State.ACTION_REQUIRED):
        return
    states = item_states(db, verification.id)
    for item in items_wanted(verification):
        if states.get(item) not in (ItemState.GIVEN, ItemState.ACCEPTED):
            if item is Item.CLAIMS:
                enter_details(db, verification.id, actor=actor, details=_table()["details"])
            else:
                give_item(db, verification.id, actor=actor, item=item, upload_id=None)


def expiry_of_document(today: date) -> date:
    """When the document of every persona runs out."""
    return today + timedelta(days=_table()["document"]["expires_after_days"])


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.people", "personas.toml")

"""Which institutions a key knows of: those of its own world."""

from fourcorners.accounts import Scope
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed, NotFound
from fourcorners.institutions.actions.users import get_change
from fourcorners.institutions.models import Institution, UserChange
from fourcorners.institutions.queries import get_institution
from fourcorners.web.who import Key

__all__ = ["change_of", "institution_of", "living_institution_of", "sees_names"]


def institution_of(db: ReadSession, key: Key, institution_id: str) -> Institution:
    """The institution, if it is of the key's world. Raises NotFound."""
    found = get_institution(db, institution_id)
    if found.sandbox is not key.sandbox:
        raise NotFound("There is no such institution.")
    return found


def living_institution_of(db: ReadSession, key: Key, institution_id: str) -> Institution:
    """The same, for what needs its data. Raises KeyDestroyed after erasure."""
    found = institution_of(db, key, institution_id)
    if found.erased_at is not None:
        raise KeyDestroyed("The data of this institution were erased.")
    return found


def change_of(db: ReadSession, key: Key, institution_id: str, change_id: str) -> UserChange:
    """A change of the authorised user of an institution of the key's world. Raises NotFound, KeyDestroyed."""
    living_institution_of(db, key, institution_id)
    change = get_change(db, change_id)
    if change.institution_id != institution_id:
        raise NotFound("There is no such change.")
    return change


def sees_names(key: Key) -> bool:
    """May this key see names and texts?"""
    return Scope.EXPORTS_READ in key.scopes

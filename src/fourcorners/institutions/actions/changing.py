"""What every change of an application does: ask whether it is open, note when it was changed, leave an audit event."""

from collections.abc import Mapping

from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.webhooks import tell
from fourcorners.institutions.errors import NotOpenForChanges
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import get_institution, state_of
from fourcorners.institutions.rules import Action, State, next_state

__all__ = ["move", "opened", "tell_of", "touch"]


def opened(db: WriteSession, institution_id: str, *states: State) -> Institution:
    """The institution, locked, if it is in one of `states` (else: in draft, or approved and looked through again).

    Raises NotFound, NotOpenForChanges, KeyDestroyed.
    """
    institution = get_institution(db, institution_id, lock=True)
    if institution.erased_at is not None:
        raise KeyDestroyed("The data of this institution were erased.")
    renewing = not states and institution.state == State.APPROVED and institution.renewing
    if not renewing and state_of(institution) not in (states or (State.DRAFT,)):
        raise NotOpenForChanges(
            f"This cannot be changed while the application is {institution.state.replace('_', ' ')}.",
            state=institution.state,
        )
    return institution


def touch(
    db: WriteSession,
    institution: Institution,
    actor: str,
    action: str,
    details: Mapping[str, object],
    private: object = None,
) -> None:
    """Note the change."""
    institution.updated_at = db.now
    db.flush()
    audit(
        db,
        actor=actor,
        action=action,
        subject=institution.id,
        owner=institution.id,
        details=details,
        private=private,
    )


def move(db: WriteSession, institution: Institution, action: Action, actor: str) -> None:
    """To the state that `action` leads to (INS3). Raises TransitionNotAllowed."""
    before = state_of(institution)
    institution.state = next_state(before, action)
    details = {"from": before.value, "to": institution.state, "by": action.value}
    touch(db, institution, actor, "institution.moved", details)


def tell_of(db: WriteSession, institution: Institution, kind: str, **data: object) -> None:
    """Tell those who asked to be told: ids and codes only."""
    tell(db, kind, about=institution.id, sandbox=institution.sandbox, state=institution.state, **data)

"""Give an application back to the institution: a refused one is opened again, an approved one looked through early."""

from datetime import timedelta

from fourcorners.accounts.rules import Actor
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act
from fourcorners.infra.db import WriteSession
from fourcorners.institutions.actions import reopen
from fourcorners.institutions.actions.renewing import bring_forward
from fourcorners.institutions.renewal import called_for_days

__all__ = ["call_for_review", "reopen_institution"]


def reopen_institution(db: WriteSession, case_id: str, *, actor: Actor) -> None:
    """A senior opens a refused application again, as the institution itself can (INS3).

    Raises NotAllowed, TransitionNotAllowed, NotFound.
    """
    check_can_act(actor, Act.OVERRULE)
    reopen(db, case_id, actor=actor.id)


def call_for_review(db: WriteSession, case_id: str, *, actor: Actor) -> None:
    """A senior has an approved institution look through its application before its time; it stays approved meanwhile.

    The letters and the hold follow as for any periodic review. Raises NotAllowed, NotOpenForChanges, NotFound.
    """
    check_can_act(actor, Act.OVERRULE)
    bring_forward(db, case_id, actor=actor.id, until=db.now.date() + timedelta(days=called_for_days()))

"""Who does which kind of work. A handler gets the floor and a payload of ids; running it twice does no harm."""

from collections.abc import Callable, Mapping
from typing import Any

from fourcorners.devices.actions.by_hand import COMPARE
from fourcorners.devices.jobs import compare_photos, leave_photos
from fourcorners.infra.floor import Floor
from fourcorners.infra.mail import deliver, open_post
from fourcorners.infra.mail.write import DELIVER
from fourcorners.infra.phone import deliver as place
from fourcorners.infra.phone import open_line
from fourcorners.infra.phone.write import PLACE
from fourcorners.infra.webhooks import DELIVER as TELL
from fourcorners.institutions.actions import ASSESS
from fourcorners.institutions.actions.beginning import WITHDRAWN
from fourcorners.institutions.actions.concluding import CONCLUDED as INSTITUTION_CONCLUDED
from fourcorners.institutions.actions.users import CHANGE_CONCLUDED, CHANGE_SUBMITTED
from fourcorners.people.actions import CONCLUDED, RUN
from fourcorners.privacy.actions import REMOVE
from fourcorners.privacy.jobs import remove_files
from fourcorners.screening.lists import CHANGED
from fourcorners.workflows import institutions
from fourcorners.workflows.conclusions import after_conclusion
from fourcorners.workflows.institution_changes import after_change, change_submitted
from fourcorners.workflows.institution_screening import screen_institutions_again
from fourcorners.workflows.screening import screen_again
from fourcorners.workflows.verification import check_submission, hand_to_person
from fourcorners.workflows.webhooks import deliver_webhook, leave_webhook

__all__ = ["GAVE_UP", "HANDLERS", "perform"]


def _deliver_mail(floor: Floor, payload: Mapping[str, Any]) -> None:
    with floor.database.write() as db:
        deliver(db, open_post(floor.settings), payload["mail"])


def _place_call(floor: Floor, payload: Mapping[str, Any]) -> None:
    place(floor.database, open_line(floor.settings), payload["message"])


def _remove_files(floor: Floor, payload: Mapping[str, Any]) -> None:
    remove_files(floor.database, floor.blobs, payload["uploads"])


def _screen_again(floor: Floor, payload: Mapping[str, Any]) -> None:
    screen_again(floor, payload)
    screen_institutions_again(floor)


HANDLERS: Mapping[str, Callable[[Floor, Mapping[str, Any]], None]] = {
    RUN: check_submission,
    CONCLUDED: after_conclusion,
    DELIVER: _deliver_mail,
    COMPARE: compare_photos,
    PLACE: _place_call,
    REMOVE: _remove_files,
    TELL: deliver_webhook,
    ASSESS: institutions.assess_submission,
    INSTITUTION_CONCLUDED: institutions.after_conclusion,
    WITHDRAWN: institutions.leave_queue,
    CHANGE_SUBMITTED: change_submitted,
    CHANGE_CONCLUDED: after_change,
    CHANGED: _screen_again,
}
"""Every kind of work that can be handed over."""

GAVE_UP: Mapping[str, Callable[[Floor, Mapping[str, Any], str], None]] = {
    COMPARE: leave_photos,
    RUN: hand_to_person,
    TELL: leave_webhook,
    ASSESS: institutions.hand_to_person,
}
"""What is done when all tries have failed; the third argument is the code of the last failure."""


def perform(floor: Floor, kind: str, payload: Mapping[str, Any]) -> None:
    """Do it now, in this process. A KeyError here is a bug: a test holds every kind to this table."""
    HANDLERS[kind](floor, payload)

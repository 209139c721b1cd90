"""A new device decided by a person: photos of the document from the mailbox, a place in the queue, a hold (DEV8)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from fourcorners.accounts.rules import Actor
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.clearance.models import Decision, Review
from fourcorners.clearance.permissions import check_can_act
from fourcorners.clearance.phases import Act
from fourcorners.clearance.policy import policy_for
from fourcorners.clearance.queries import facts_of, find_review, next_number
from fourcorners.clearance.rules import Outcome, Standing
from fourcorners.devices.actions.keeping import hold_withdrawals
from fourcorners.devices.actions.notices import Wording, notify
from fourcorners.devices.actions.writing import lock_request
from fourcorners.devices.by_hand import Stage, Ticket, hand_in, judge, object_to, stands_at, use
from fourcorners.devices.counters import BY_HAND, check_counter
from fourcorners.devices.errors import FactorNotAsked, LinkOver, NotCompared, TicketOver
from fourcorners.devices.models import DeviceTicket
from fourcorners.devices.policy import span
from fourcorners.devices.queries import SEEN, find_ticket, get_ticket, seen_of, ticket_of
from fourcorners.devices.verified import find_verified
from fourcorners.evidence.actions import store_upload
from fourcorners.infra.audit import audit
from fourcorners.infra.blobs import Blobs
from fourcorners.infra.db import WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.ids import new_id
from fourcorners.people.queries import get_verification_of

__all__ = [
    "COMPARE",
    "KIND",
    "WHY_NOT",
    "Photo",
    "ask_person",
    "decide_device",
    "hand_in_photos",
    "object_to_device",
    "use_ticket",
]

COMPARE = "device.compare"
"""The kind of durable work that judges the photos of a ticket; its payload is `{"ticket": id}`."""

KIND = "device"
"""What a ticket is called in the queue."""

WHY_NOT = ("unreadable", "other_document", "other_face", "in_doubt")
"""What the owner may be told of a refusal."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that `evidence.actions.check_file` has taken."""

    data: bytes
    media_type: str


def ask_person(db: WriteSession, request_id: str, session: str, *, actor: str, wording: Wording) -> DeviceTicket:
    """Mail a link to the bound address by which photos of the document are handed in, for the device that knocks.

    One ticket waits for a device at a time: an earlier one whose photos never came gives way. Raises NotFound,
    FactorNotAsked for somebody who was never verified, TicketOver while one is being looked at, TooOften.
    """
    request = lock_request(db, request_id)
    if request.account != actor or request.session != session:
        raise NotFound("There is no such request.")
    found = find_verified(db, actor)
    if found is None:
        raise FactorNotAsked("There is no verification with which photos could be compared.")
    for earlier in db.scalars(select(DeviceTicket).where(DeviceTicket.device == request.device).with_for_update()):
        stage = stands_at(ticket_of(db, earlier), db.now).stage
        if stage in (Stage.HANDED_IN, Stage.PROPOSED, Stage.APPROVED):
            raise TicketOver("Somebody looks at it already.", stage=stage.value)
        earlier.stage = Stage.LAPSED if stage is Stage.ASKED else stage
    asked = select(DeviceTicket.opened_at).where(DeviceTicket.account == actor)
    check_counter(BY_HAND, list(db.scalars(asked)), db.now)
    token = new_secret()
    ticket = DeviceTicket(
        id=new_id("dvt"),
        account=actor,
        owner_id=found.applicant.id,
        device=request.device,
        stage=Stage.ASKED,
        token_hash=hash_of(token),
        sealed=seal_json(db, actor, {k: v for k, v in seen_of(db, request).items() if k != "risk"}, SEEN),
        opened_at=db.now,
    )
    db.add(ticket)
    db.flush()
    _note(db, ticket, "asked", actor)
    notify(db, actor, "hand", wording, token, request)
    return ticket


def hand_in_photos(db: WriteSession, blobs: Blobs, token: str, front: Photo, back: Photo) -> DeviceTicket:
    """Front and back of the document, by the link of the mail, once; then the ticket is in the queue.

    Raises LinkOver, TicketOver, StoreUnavailable.
    """
    ticket = _by_link(db, token)
    moved = hand_in(ticket_of(db, ticket), db.now)
    for item, photo in (("document_front", front), ("document_back", back)):
        upload = store_upload(
            db,
            blobs,
            actor=ticket.account,
            owner_id=ticket.owner_id,
            case_id=ticket.id,
            item=item,
            data=photo.data,
            media_type=photo.media_type,
            source="upload",
        )
        setattr(ticket, item.removeprefix("document_"), upload.id)
    ticket.stage, ticket.handed_in_at = moved.stage, db.now
    verification = get_verification_of(db, ticket.owner_id)
    review = Review(
        case_id=ticket.id,
        owner_id=ticket.owner_id,
        kind=KIND,
        country=verification.residence,
        level=verification.level_wanted,
        reasons=[],
        waits_for="reviewer",
        opened_at=db.now,
        due_at=db.now + span("hand", "decide_hours"),
    )
    db.add(review)
    _note(db, ticket, "handed_in", ticket.account)
    hand_over(db, COMPARE, {"ticket": ticket.id})
    return ticket


def decide_device(
    db: WriteSession, ticket_id: str, *, actor: Actor, approve: bool, why_not: str = "in_doubt", wording: Wording
) -> Ticket:
    """What a person of the staff says: in force at once, or proposed where the policy wants four eyes.

    The owner gets a mail once it is in force; an approval opens the door only after the hold, and the mail and every
    trusted device can object until then. Raises NotFound, NotAllowed, CaseTaken, SecondPersonNeeded, NotCompared,
    TicketOver, SecondReviewer.
    """
    ticket = get_ticket(db, ticket_id, lock=True)
    review = find_review(db, ticket.id, lock=True)
    why_not = why_not if why_not in WHY_NOT else WHY_NOT[-1]
    before = ticket_of(db, ticket)
    act = Act.SECOND if before.stage is Stage.PROPOSED else Act.DECIDE
    check_can_act(actor, act, assignee=review.assignee if review else None, decided_by=before.approved_by)
    told = tuple(review.reasons) if review else ()
    if approve and ticket.found is None and not told:
        raise NotCompared("The photos are still being compared. Please look again in a moment.")
    force = policy_for(db, facts_of(get_verification_of(db, ticket.owner_id)), ticket.handed_in_at or db.now)
    four_eyes = force.needs_second(Outcome.APPROVE.value, told)
    after = judge(before, actor.id, approve=approve, four_eyes=four_eyes, now=db.now)
    ticket.stage, ticket.decided_at = after.stage, after.decided_at
    final = after.stage is not Stage.PROPOSED
    _write_decision(db, ticket, actor, approve=approve, final=final, policy=force.version)
    details = {"stage": after.stage.value, "why_not": None if approve else why_not}
    audit(db, actor=actor.id, action="device_ticket.decided", subject=ticket.id, owner=ticket.owner_id, details=details)
    if review is not None and final:
        review.closed_at, review.assignee = db.now, actor.id
    elif review is not None:
        review.waits_for, review.assignee = "second", None
    if after.stage is Stage.APPROVED:
        token = new_secret()
        ticket.token_hash = hash_of(token)  # the link of the first mail is void; that of this one can object
        notify(db, ticket.account, "hand_approved", wording, token, ticket, moment=db.now + hold())
    elif after.stage is Stage.REFUSED:
        notify(db, ticket.account, f"hand_refused_{why_not}", wording, request=ticket)
    return after


def object_to_device(
    db: WriteSession, *, token: str = "", ticket_id: str = "", actor: str = "", wording: Wording
) -> None:
    """The owner says that it is not them: by a mailed link, or on a trusted device.

    Raises LinkOver, NotFound, TicketOver.
    """
    ticket = _by_link(db, token) if token else get_ticket(db, ticket_id, lock=True)
    if not token and ticket.account != actor:
        raise NotFound("There is no such device.")
    ticket.stage = object_to(ticket_of(db, ticket), db.now).stage
    review = find_review(db, ticket.id, lock=True)
    if review is not None and review.closed_at is None:
        review.closed_at = db.now
    _note(db, ticket, "objected", ticket.account)
    notify(db, ticket.account, "denied", wording, request=ticket)


def use_ticket(db: WriteSession, account: str, device: str) -> None:
    """The device came in on a person's decision: it is spent, and withdrawals are held. Raises NotFound, TicketOver."""
    ticket = find_ticket(db, account, device)
    if ticket is None:
        raise NotFound("There is no decision on this device.")
    ticket.stage = use(ticket_of(db, ticket), db.now).stage
    _note(db, ticket, "used", account)
    hold_withdrawals(db, account, why="let_in_by_person", actor=account)


def hold() -> timedelta:
    """How long an approval waits before it opens the door."""
    return span("hand", "hold_hours")


def _by_link(db: WriteSession, token: str) -> DeviceTicket:
    ticket = db.scalar(select(DeviceTicket).where(DeviceTicket.token_hash == hash_of(token)).with_for_update())
    if ticket is None:
        raise LinkOver("This link was used before, or has run out.")
    return ticket


def _write_decision(
    db: WriteSession, ticket: DeviceTicket, actor: Actor, *, approve: bool, final: bool, policy: str
) -> None:
    decision = Decision(
        id=new_id("dec"),
        case_id=ticket.id,
        owner_id=ticket.owner_id,
        number=next_number(db, ticket.id),
        by=actor.id,
        outcome=Outcome.APPROVE if approve else Outcome.REJECT,
        standing=Standing.EFFECTIVE if final else Standing.PROPOSED,
        reasons=[],
        items={},
        policy=policy,
        at=db.now,
    )
    db.add(decision)
    db.flush()


def _note(db: WriteSession, ticket: DeviceTicket, what: str, actor: str) -> None:
    details = {"device": ticket.device}
    action = f"device_ticket.{what}"
    audit(db, actor=actor, action=action, subject=ticket.id, owner=ticket.owner_id, details=details)

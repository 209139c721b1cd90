"""A new device decided by a person, on a database: photos from the mailbox, one or two people, the hold (DEV8)."""

import pytest

from cases import picture, put_in_force, staff
from device_tools import ABROAD, HOME, come, first_device, half_open, mails, vector, verify, wording
from fourcorners.accounts.errors import NotAllowed
from fourcorners.clearance.actions import claim, claim_next
from fourcorners.clearance.errors import CaseTaken, SecondPersonNeeded
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.devices import held_until
from fourcorners.devices.actions import Photo, ask_person, decide_device, hand_in_photos, object_to_device
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.errors import FactorNotAsked, LinkOver, NotCompared, TicketOver, TooOften
from fourcorners.devices.jobs import leave_photos
from fourcorners.devices.queries import find_ticket, list_devices, list_tickets
from fourcorners.evidence.queries import list_uploads
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.errors import NotFound
from fourcorners.infra.webhooks.models import Event
from signing_keys import BrowserKey

PHOTO = Photo(picture(), "image/jpeg")


@pytest.fixture
def person(floor):
    """A verified account without a trusted device: account, applicant."""
    account, _, _ = first_device(floor.database)
    owner = verify(floor, account, vector(1))
    with floor.database.write() as db:
        clear_trust(db, account, why="test", actor=account)
    return account, owner


def asked(database, key=None):
    """A device knocks and asks for a person: key, half session, the ticket."""
    key, half = key or BrowserKey(), half_open(database)
    request = come(database, key, half, ABROAD).request
    with database.write() as db:
        return key, half, ask_person(db, request.id, half.session, actor=half.account, wording=wording)


def hand_in(floor, token=None, *, compared=True):
    with floor.database.write() as db:
        link = token or [m for m in mails(floor.database) if m.subject.startswith("hand")][-1].text
        ticket = hand_in_photos(db, floor.blobs, link, PHOTO, PHOTO)
    if compared:
        leave_photos(floor, {"ticket": ticket.id}, "test")  # the pictures of this test show no document
    return ticket


def decide(database, ticket, *, by="anna", approve=True, role="reviewer", why_not="in_doubt"):
    with database.write() as db:
        actor = staff(role, by)
        return decide_device(db, ticket.id, actor=actor, approve=approve, why_not=why_not, wording=wording)


def stage(database, ticket):
    with database.read() as db:
        return find_ticket(db, ticket.account, ticket.device).stage


def subjects(database):
    return [mail.subject.split()[0] for mail in mails(database)]


def test_photos_from_the_mailbox_a_person_and_a_day_let_the_device_in_once(floor, person, clock):
    """DEV8, DEV9, DEV11."""
    database, (account, owner) = floor.database, person
    key, _, ticket = asked(database)
    assert subjects(database)[-1] == "hand"
    hand_in(floor)
    with database.read() as db:
        review = find_review(db, ticket.id)
        assert (review.kind, review.owner_id, review.waits_for) == ("device", owner, "reviewer")
        assert (review.due_at - clock.now).total_seconds() == 24 * 3600
        assert [upload.item for upload in list_uploads(db, ticket.id)] == ["document_front", "document_back"]
    with database.write() as db:
        assert claim_next(db, actor=staff()).case_id == ticket.id
    assert decide(database, ticket).stage == "approved"
    assert subjects(database)[-1] == "hand_approved"
    clock.move(hours=23, minutes=59)
    assert come(database, key, half_open(database), ABROAD).opened is None
    clock.move(minutes=1)
    assert come(database, BrowserKey(), half_open(database), ABROAD).opened is None  # another device is not meant
    arrived = come(database, key, half_open(database), ABROAD)
    assert arrived.opened is not None
    assert arrived.request.method == "person"
    assert stage(database, ticket) == "used"
    with database.write() as db:
        assert len(list_devices(db, account)) == 1
        assert (held_until(db, account) - clock.now).total_seconds() == 24 * 3600
        told = [event for event in db.query(Event).order_by(Event.at) if event.kind == "withdrawals.held"]
        assert (told[-1].about_id, told[-1].data["why"]) == (owner, "let_in_by_person")
        clear_trust(db, account, why="test", actor=account)
    assert come(database, key, half_open(database), ABROAD).opened is None  # good once
    with database.read() as db:
        said = [e.action for e in db.query(AuditEvent).order_by(AuditEvent.seq) if e.subject == ticket.id]
        assert said == [f"device_ticket.{what}" for what in ("asked", "handed_in")] + [
            "case.claimed",
            "device_ticket.decided",
            "device_ticket.used",
        ]
        assert verify_chain(db).broken_at is None


def test_where_the_policy_wants_four_eyes_one_person_is_not_enough(floor, person, clock):
    database = floor.database
    put_in_force(floor, '[rules.four_eyes]\noutcomes = ["approve"]')
    key, _, ticket = asked(database)
    clock.move(minutes=1)
    hand_in(floor)
    assert decide(database, ticket).stage == "proposed"
    with pytest.raises(SecondPersonNeeded):
        decide(database, ticket)
    clock.move(hours=30)
    assert come(database, key, half_open(database), ABROAD).opened is None
    with database.write() as db:
        assert claim_next(db, actor=staff("reviewer", "bo")).case_id == ticket.id
    assert decide(database, ticket, by="bo").stage == "approved"
    with database.read() as db:
        assert [(d.by, d.outcome) for d in list_decisions(db, ticket.id)] == [
            ("acc_anna", "approve"),
            ("acc_bo", "approve"),
        ]
    clock.move(hours=24)
    assert come(database, key, half_open(database), ABROAD).opened is not None


def test_nobody_approves_before_the_photos_are_compared(floor, person):
    """What the machine doubts may ask for a second person."""
    _, _, ticket = asked(floor.database)
    hand_in(floor, compared=False)
    with pytest.raises(NotCompared):
        decide(floor.database, ticket)
    assert stage(floor.database, ticket) == "handed_in"
    assert decide(floor.database, ticket, approve=False).stage == "refused"


def test_a_refusal_is_told_with_its_reason_and_lets_nobody_in(floor, person, clock):
    database = floor.database
    key, _, ticket = asked(database)
    hand_in(floor)
    with pytest.raises(NotAllowed):
        decide(database, ticket, role="developer")
    with database.write() as db:
        claim(db, ticket.id, actor=staff("reviewer", "bo"))
    with pytest.raises(CaseTaken):
        decide(database, ticket, approve=False)
    assert decide(database, ticket, by="bo", approve=False, why_not="other_face").stage == "refused"
    assert subjects(database)[-1] == "hand_refused_other_face"
    with pytest.raises(TicketOver):
        decide(database, ticket, by="bo")
    clock.move(hours=25)
    assert come(database, key, half_open(database), ABROAD).opened is None


@pytest.mark.parametrize("by", ["mail", "device"])
def test_until_the_device_is_in_its_owner_can_say_no(floor, clock, by):
    """DEV9: in the hold, by the mail or on a device that is trusted."""
    database = floor.database
    account, _, _ = first_device(database)
    verify(floor, account)
    key, _, ticket = asked(database)
    hand_in(floor)
    with database.read() as db:
        assert [row.id for row, _ in list_tickets(db, account)] == [ticket.id]
    decide(database, ticket)
    link = mails(database)[-1].text
    with pytest.raises(NotFound), database.write() as db:
        object_to_device(db, ticket_id=ticket.id, actor="acc_other", wording=wording)
    with database.write() as db:
        if by == "mail":
            object_to_device(db, token=link, wording=wording)
        else:
            object_to_device(db, ticket_id=ticket.id, actor=account, wording=wording)
    assert stage(database, ticket) == "objected"
    assert subjects(database)[-1] == "denied"
    clock.move(hours=25)
    assert come(database, key, half_open(database), ABROAD).opened is None
    with pytest.raises(TicketOver), database.write() as db:
        object_to_device(db, ticket_id=ticket.id, actor=account, wording=wording)


def test_the_link_is_good_for_one_day_and_one_set_of_photos(floor, person, clock):
    """DEV8: it is sent to the bound address, and nowhere else."""
    database = floor.database
    with pytest.raises(LinkOver):
        hand_in(floor, "guessed")
    _, _, ticket = asked(database)
    link = mails(database)[-1].text
    assert mails(database)[-1].to == "cleo@example.org"
    hand_in(floor)
    with pytest.raises(TicketOver):
        hand_in(floor, link)
    decide(database, ticket)
    with pytest.raises(LinkOver):
        hand_in(floor, link)
    _, _, late = asked(database)
    clock.move(hours=24)
    with pytest.raises(TicketOver):
        hand_in(floor)
    assert stage(database, late) == "asked"  # it lapsed by time; nothing has to happen for that


def test_asking_is_for_who_was_verified_once_a_device_and_three_times_a_day(floor, person, clock):
    database, (account, _) = floor.database, person
    key, _, first = asked(database)
    asked(database, key)
    with database.read() as db:
        assert find_ticket(db, account, first.device).id != first.id
    with pytest.raises(LinkOver), database.write() as db:  # only the latest link is good
        hand_in_photos(db, floor.blobs, "never", PHOTO, PHOTO)
    hand_in(floor)
    with pytest.raises(TicketOver):
        asked(database, key)
    asked(database)
    with pytest.raises(TooOften):
        asked(database)
    other, _, _ = first_device(database, "eve@example.org")
    half = half_open(database, "eve@example.org")
    request = come(database, BrowserKey(), half, HOME, account=other).request
    with pytest.raises(FactorNotAsked), database.write() as db:
        ask_person(db, request.id, half.session, actor=other, wording=wording)

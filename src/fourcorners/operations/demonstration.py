"""A demonstration: staff who can sign in, and a few cases with drawn documents, checked like any other.

Only in the mode `demo`. Passwords are made at random, once, and kept in a file that only the operator can read.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select

from fourcorners import specimens
from fourcorners.accounts import SYSTEM, Kind, Proof, Role
from fourcorners.accounts.actions import add_staff, end_session, follow_link
from fourcorners.accounts.actions.endpoints import add_endpoint, change_endpoint
from fourcorners.accounts.actions.links import JOIN, make_account, make_link
from fourcorners.accounts.passwords import hash_password
from fourcorners.evidence.actions import check_file, store_upload
from fourcorners.infra import Floor, ReadSession, WriteSession
from fourcorners.infra.webhooks import Endpoint
from fourcorners.people import Item, State
from fourcorners.people.actions import (
    choose_document,
    enter_details,
    give_item,
    register_applicant,
    state_residence,
    submit,
)
from fourcorners.people.models import Verification
from fourcorners.people.queries import find_applicant, get_verification_of
from fourcorners.people.rules import flow

__all__ = [
    "CASES",
    "WEBHOOKS",
    "Demonstration",
    "add_cases",
    "fill_in_case",
    "find_demonstrated",
    "invite",
    "prepare",
    "sample",
]

WEBHOOKS = "/v1/demo/webhooks"
LABEL = "The demonstration's own page"
CUSTOMER = "customer@demo.example"
STAFF = {"reviewer@demo.example": Role.COMPLIANCE_OFFICER, "admin@demo.example": Role.ADMINISTRATOR}
PASSWORD_BYTES = 15
PHOTO = (1800, 2400)
SELFIE = (1200, 1600)
LIFE = timedelta(days=3650)
SEVERITY = 0.5
SAMPLE_SEED = 16

CASES = {
    "demo-good": (11, "genuine", 0, 0),
    "demo-screen": (12, "screen_photo", 0, 0),
    "demo-blurred": (13, "blur", 0, 0),
    "demo-other-person": (14, "genuine", 0, 1),
    "demo-grey-copy": (15, "grey_copy", 0, 0),
}
"""By reference: seed of the document, how it was photographed, whose portrait it bears, whose selfie comes with it."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What is printed at the start: who may sign in with which password."""

    passwords: dict[str, str]


def prepare(floor: Floor) -> Demonstration:
    """The demonstration's staff, and a customer to try devices with. Those who are there keep their passwords."""
    path = floor.settings.data_dir / "demo.json"
    passwords = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    missing = [email for email in (*STAFF, CUSTOMER) if email not in passwords]
    passwords |= {email: secrets.token_urlsafe(PASSWORD_BYTES) for email in missing}
    with floor.database.write() as db:
        for email in missing:
            token = _staff(db, email) if email in STAFF else _customer(db)
            opened = follow_link(db, token, hash_password(passwords[email]), Proof("link", "demonstration", ""))
            end_session(db, opened.session, actor=opened.account)
    if missing:
        _keep(path, json.dumps(passwords))
    _have_told(floor)
    return Demonstration(passwords)


def find_demonstrated(db: ReadSession) -> Endpoint | None:
    """The endpoint of the demonstration's own page, if it was not removed."""
    found = select(Endpoint).where(Endpoint.label == LABEL, Endpoint.removed_at.is_(None))
    return db.scalars(found.limit(1)).first()


def _have_told(floor: Floor) -> None:
    """Webhooks go to the demonstration's own page, where messages may be sent to this machine; nowhere else."""
    settings = floor.settings
    if not (settings.webhooks_plain_http and settings.webhooks_private_addresses):
        return
    url = f"{settings.public_url.rstrip('/')}{WEBHOOKS}"
    with floor.database.write() as db:
        endpoint = find_demonstrated(db)
        if endpoint is None:
            add_endpoint(db, settings, actor=SYSTEM.id, url=url, sandbox=True, label=LABEL)
        elif endpoint.url != url or endpoint.disabled_at is not None:
            change_endpoint(db, settings, endpoint.id, actor=SYSTEM.id, sandbox=True, url=url, working=True)


def _staff(db: WriteSession, email: str) -> str:
    role = STAFF[email]
    name = role.replace("_", " ").capitalize()
    return add_staff(db, email, name, role, actor=SYSTEM.id, wording=None)[1]


def _customer(db: WriteSession) -> str:
    account = make_account(db, CUSTOMER, "Customer", Kind.CUSTOMER, None, "en", actor=SYSTEM.id)
    return make_link(db, account, JOIN, actor=SYSTEM.id)


def invite(floor: Floor) -> Verification:
    """A new applicant of the sandbox, for whoever tries the pages."""
    with floor.database.write() as db:
        return register_applicant(db, actor=SYSTEM.id, email="you@demo.example", sandbox=True)


@cache
def sample(today: date) -> tuple[dict[str, str], bytes]:
    """A drawn passport to try the pages with: what to type in, and the photo as a file."""
    passport = _passport(SAMPLE_SEED, 0, today)
    photo = specimens.capture(passport, "genuine", severity=SEVERITY, seed=SAMPLE_SEED, size=PHOTO)
    return _details(passport), specimens.file_bytes(photo)


def add_cases(floor: Floor) -> None:
    """Draw and submit the cases of CASES, those that are not there yet."""
    for reference in CASES:
        with floor.database.read() as db:
            person = find_applicant(db, reference=reference)
            found = None if person is None else get_verification_of(db, person.id)
        if found is None:
            _submit(floor, _draw_case(floor, reference))
        elif found.state == State.IN_PROGRESS:  # the process ended before it was submitted
            _submit(floor, found.id)


def _draw_case(floor: Floor, reference: str) -> str:
    seed, photographed, portrait, selfie_of = CASES[reference]
    with floor.database.read() as db:
        today = db.now.date()
    passport = _passport(seed, portrait, today)
    photo = specimens.capture(passport, photographed, severity=SEVERITY, seed=seed, size=PHOTO)
    files = {
        Item.DOCUMENT_FRONT: specimens.file_bytes(photo),
        Item.SELFIE: specimens.file_bytes(specimens.selfie(selfie_of, seed=seed, size=SELFIE)),
    }
    return fill_in_case(floor, _details(passport), files, reference=reference, email="someone@demo.example")


def _submit(floor: Floor, case: str) -> None:
    with floor.database.write() as db:
        submit(db, case, actor=SYSTEM.id)


def fill_in_case(
    floor: Floor,
    details: Mapping[str, str],
    files: Mapping[Item, bytes],
    *,
    reference: str | None = None,
    email: str | None = None,
) -> str:
    """A sandbox case with a specimen's details and files handed in, not submitted; its id."""
    country = flow()["specimen"]["country"]
    types = {item: check_file(item.value, data) for item, data in files.items()}
    with floor.database.write() as db:
        case = register_applicant(db, actor=SYSTEM.id, reference=reference, email=email, sandbox=True)
        case.challenge_policy = "none"  # a drawn person takes no live check
        owner = case.applicant_id
        state_residence(db, case.id, actor=owner, residence=country, nationality=country)
        enter_details(db, case.id, actor=owner, details=details)
        choose_document(db, case.id, actor=owner, kind="passport", country=country)
        for item, data in files.items():
            upload = store_upload(
                db,
                floor.blobs,
                actor=owner,
                owner_id=owner,
                case_id=case.id,
                item=item.value,
                data=data,
                media_type=types[item],
                source="camera",
            )
            give_item(db, case.id, actor=owner, item=item, upload_id=upload.id)
    return case.id


def _passport(seed: int, portrait: int, today: date) -> specimens.Document:
    issued = date(today.year - 2, 3, 1)
    return specimens.draw("passport", seed=seed, portrait=portrait, issue_date=issued, expiry_date=issued + LIFE)


def _details(passport: specimens.Document) -> dict[str, str]:
    holder = passport.holder
    return {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
        "address": "1 Orchard Lane, Amaurot",
    }


def _keep(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)

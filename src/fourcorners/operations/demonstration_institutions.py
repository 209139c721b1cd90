"""The demonstration's institutions: one that waits for a reviewer, one that is still being filled in; all drawn."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fourcorners import specimens
from fourcorners.accounts import SYSTEM
from fourcorners.evidence.actions import check_file
from fourcorners.infra import Floor
from fourcorners.infra.db import WriteSession
from fourcorners.institutions import Kind, State, needs
from fourcorners.institutions.actions import add_party, hand_in, save_section, sign, start, submit, tick
from fourcorners.institutions.actions.handing_in import PARTY_ITEM, UPLOAD_ITEM
from fourcorners.institutions.queries import find_institution, list_parties, read_party
from fourcorners.people.rules import flow
from fourcorners.specimens.institution_papers import Institution, draw_institution_paper
from fourcorners.specimens.papers import PaperSpecimen, draw_paper

__all__ = ["DRAFT", "WAITING", "add_institutions"]

WAITING, DRAFT = "demo-firm", "demo-firm-draft"
SEED = 1
PASSPORT_SEEDS = 31
BILL_TRIES = 200
PHOTO = (1800, 2400)
SEVERITY = 0.4
LIFE = timedelta(days=3650)
NEEDS = needs(Kind.PRIVATE_COMPANY, variant="company", country="GB")
LETTER = "authorisation"
OWN, GRAPH_KIND = "own", {"kind": "private_company", "variant": "company"}


def add_institutions(floor: Floor) -> None:
    """Draw them, fill them in and submit the one that waits; those that are there stay as they are."""
    with floor.database.read() as db:
        today = db.now.date()
        waiting, draft = (find_institution(db, reference=name) for name in (WAITING, DRAFT))
    if waiting is None or waiting.state == State.DRAFT:  # in draft where the process ended before it was submitted
        _waiting(floor, today)
    if draft is None:
        firm = draw_institution_paper("registration", seed=SEED, country="DE").institution
        with floor.database.write() as db:
            made = start(db, actor=SYSTEM.id, reference=DRAFT, email="office@demo.example", sandbox=True)
            _save(db, made.id, "type", GRAPH_KIND)
            _save(db, made.id, "basic_info", _facts(firm))
            _save(db, made.id, "ownership", _graph(firm))


def _waiting(floor: Floor, today: date) -> None:
    dated = today - timedelta(days=40)
    papers = {
        key: draw_institution_paper(key, seed=SEED, country="GB", dated=dated, form="letter" if key == LETTER else "")
        for key in NEEDS.papers
    }
    firm = papers["registration"].institution
    people = dict.fromkeys([firm.authorised_user, *firm.directors, *(name for name, _ in firm.holders)])
    with floor.database.write() as db:
        known = find_institution(db, reference=WAITING)
        made = known or start(db, actor=SYSTEM.id, reference=WAITING, email="office@demo.example", sandbox=True)
        _fill_in(db, made.id, firm)
        named = {read_party(db, party).values["name"]: party.id for party in list_parties(db, made.id)}
    for number, name in enumerate(people):
        _person(floor, made.id, firm, name, number, today, named.get(name))
    for key, paper in papers.items():
        about = {"dated": paper.truth.fields.get("issue_date", dated.isoformat()), "signed": True}
        _give(floor, made.id, key, paper.pdf, f"{key}.pdf", about=about if key == "ownership" else {})
    with floor.database.write() as db:
        for attestation in NEEDS.attestations:
            tick(db, made.id, attestation, actor=SYSTEM.id, signer=firm.authorised_user)
        sign(db, made.id, actor=SYSTEM.id, signer=firm.authorised_user, kind="typed")
        submit(db, made.id, actor=SYSTEM.id, origin=floor.settings.public_url)


def _fill_in(db: WriteSession, institution_id: str, firm: Institution) -> None:
    lines, city, postcode = firm.registered_address.split(", ")
    place = {"lines": lines, "city": city, "postcode": postcode, "country": firm.country}
    _save(db, institution_id, "type", GRAPH_KIND)
    _save(db, institution_id, "basic_info", _facts(firm))
    _save(db, institution_id, "addresses", {f"registered.{part}": value for part, value in place.items()})
    _save(db, institution_id, "additional_info", {"regulated": "no", "source_of_funds": "Trade"})
    _save(db, institution_id, "ownership", _graph(firm))


def _person(
    floor: Floor, institution_id: str, firm: Institution, name: str, number: int, today: date, known: str | None
) -> None:
    given, _, family = name.partition(" ")
    issued = date(today.year - 2, 3, 1)
    passport = specimens.draw(
        "passport",
        seed=PASSPORT_SEEDS + number,
        portrait=number % 2,
        given_names=given,
        family_name=family,
        issue_date=issued,
        expiry_date=issued + LIFE,
    )
    photo = specimens.capture(passport, "genuine", severity=SEVERITY, seed=PASSPORT_SEEDS + number, size=PHOTO)
    bill = _bill_of(name, today)
    holders = [held for held, _ in firm.holders]
    is_user = name == firm.authorised_user
    roles = [*(["officer", "authorised_user"] if is_user else []), *(["director"] if name in firm.directors else [])]
    values = {
        "name": name,
        "roles": [*roles, *(["owner"] if name in holders else [])],
        "birth_date": passport.holder.birth_date.isoformat(),
        "nationality": flow()["specimen"]["country"],
        "residence": "GB",
        "address": bill.truth.address,
        "identity_kind": "passport",
        "identity_number": passport.holder.document_number,
        "identity_expires": passport.holder.expiry_date.isoformat(),
        "email": "someone@demo.example",
        "node": f"n{holders.index(name)}" if name in holders else "",
    }
    with floor.database.write() as db:
        party = known or add_party(db, institution_id, actor=SYSTEM.id, values=values).id
    _give(floor, institution_id, "identity_page", specimens.file_bytes(photo), "", party)
    _give(floor, institution_id, "proof_of_address", bill.pdf, "bill.pdf", party)


def _bill_of(name: str, today: date) -> PaperSpecimen:
    """The first drawn bill that is addressed to somebody of this name: there are few people in a made-up country."""
    for seed in range(BILL_TRIES):
        bill = draw_paper("electricity_bill", seed=seed, country="GB", issued=today - timedelta(days=20))
        if bill.truth.name == name:
            return bill
    raise LookupError(f"No bill is addressed to {name}.")


def _give(
    floor: Floor,
    institution_id: str,
    paper: str,
    data: bytes,
    name: str,
    party: str | None = None,
    about: Mapping[str, Any] | None = None,
) -> None:
    media_type = check_file(UPLOAD_ITEM if party is None else PARTY_ITEM, data, name)
    with floor.database.write() as db:
        hand_in(
            db, floor.blobs, institution_id, actor=SYSTEM.id, paper=paper, data=data, media_type=media_type, name=name,
            party_id=party, about=about,
        )  # fmt: skip


def _save(db: WriteSession, institution_id: str, section: str, changes: Mapping[str, Any]) -> None:
    newest = 2**31 - 1  # nobody else writes here
    save_section(db, institution_id, section, actor=SYSTEM.id, changes=changes, seen=newest)


def _facts(firm: Institution) -> dict[str, str]:
    return {
        "legal_name": firm.legal_name,
        "registration_number": firm.registration_number,
        "incorporation_date": firm.incorporation_date.isoformat(),
        "country": firm.country,
        "industry": "Wholesale trade",
        "lei": firm.lei,
    }


def _graph(firm: Institution) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "subject": OWN,
        f"node:{OWN}": {"id": OWN, "kind": "entity", "name": firm.legal_name, "country": firm.country},
    }
    for number, (name, percent) in enumerate(firm.holders):
        node, edge = f"n{number}", f"e{number}"
        fields[f"node:{node}"] = {"id": node, "kind": "person", "name": name, "country": firm.country}
        held = {"id": edge, "owner": node, "owned": OWN, "kind": "shares", "share": f"{percent} %"}
        fields[f"edge:{edge}"] = {**held, "documents": ["ownership"]}
    return fields

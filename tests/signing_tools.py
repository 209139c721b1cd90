"""Accounts for the tests: made by the same actions that pages use."""

import re

from fourcorners.accounts import SYSTEM, Proof, Role
from fourcorners.accounts.actions import add_staff, follow_link, sign_in, sign_up
from fourcorners.accounts.passwords import hash_password, prove
from fourcorners.accounts.queries import find_by_email, find_candidate
from fourcorners.infra.mail import list_mails, read_mail

PASSWORD = "three lamps under a bridge"
PROOF = Proof("password", "Firefox on Linux", "192.0.2.7")
HASHED = hash_password(PASSWORD)


def wording(kind, locale, token):
    return f"{kind} {locale}", f"token: {token}"


def last_token(database):
    """The token in the newest mail."""
    with database.read() as db:
        return re.search(r"token: (\S*)", read_mail(db, list_mails(db)[0].id).text)[1]


def add_member(database, email="ada@example.org", role=Role.ADMINISTRATOR):
    """A member of staff with a password; gives their id and an open session."""
    with database.write() as db:
        account, token = add_staff(db, email, "Ada", role, actor=SYSTEM.id, wording=None)
    with database.write() as db:
        return account.id, follow_link(db, token, HASHED, PROOF)


def add_customer(database, email="cleo@example.org"):
    """A customer with a password; gives their id and an open session."""
    with database.write() as db:
        sign_up(db, email, "Cleo", actor="visitor", locale="de", wording=wording)
    with database.write() as db:
        opened = follow_link(db, last_token(database), HASHED, PROOF)
    with database.read() as db:
        return find_by_email(db, email).id, opened


def try_password(database, email, password, address="192.0.2.7", **more):
    """Sign in as a page does; gives what the action gives."""
    with database.read() as db:
        candidate = find_candidate(db, email, address)
    proof = prove(candidate.stored, password)
    with database.write() as db:
        return sign_in(db, candidate, proof, Proof("password", "Firefox", address), **more)

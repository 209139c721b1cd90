"""Browsers that sign in, for tests on a database: each with its own key."""

import numpy as np

from cases import finished_run, submitted_case
from fourcorners.clearance.actions import settle
from fourcorners.devices.actions import Offers, answer_link, arrive, ask_device, begin_number, confirm_number
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.queries import Seen
from fourcorners.devices.signing import new_challenge
from fourcorners.evidence.faces import keep_template
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.phone import list_phone_messages, read_phone_message
from fourcorners.people.queries import get_verification
from fourcorners.vision.faces import embedder
from signing_keys import BrowserKey
from signing_tools import PASSWORD, add_customer, try_password

SECRET = bytes(range(32))
HOME = Seen("Firefox on Linux", "192.0.2.7")
ABROAD = Seen("Chrome on Windows", "198.51.100.9")
EMAIL = "cleo@example.org"


def wording(kind, _locale, token, seen):
    return f"{kind} {seen['agent']}", token


def signed(database, key, session, path, method="POST"):
    challenge = new_challenge(SECRET, session, database.clock())
    return Signed(SECRET, method, path, challenge, key.sign(method, path, challenge))


def script(kind, _locale, token, told):
    return f"{kind}|{told['code'].replace(' ', '')}|{token}", f"https://here/{token}"


def come(database, key, half, seen=HOME, account=None, offers=None):
    """Show a key at a half session."""
    proof = signed(database, key, half.session, "/sign-in/pending")
    actor = account or half.account
    with database.write() as db:
        return arrive(
            db, half.session, key.public, proof, seen, actor=actor, wording=wording, offers=offers or Offers()
        )


def half_open(database, email=EMAIL):
    """Signed in with the password, as far as that goes."""
    return try_password(database, email, PASSWORD, further=ask_device)


def first_device(database, email=EMAIL):
    """An account whose first device was let in by the link in a mail: account, key, whole session."""
    account, _ = add_customer(database, email)
    key, half = BrowserKey(), half_open(database, email)
    assert come(database, key, half).opened is None
    with database.write() as db:
        answer_link(db, mails(database)[-1].text, allowed=True, wording=wording)
    return account, key, come(database, key, half).opened


def mails(database):
    """What was written, the oldest first."""
    with database.read() as db:
        return [read_mail(db, mail.id) for mail in reversed(list_mails(db))]


def phone_said(database):
    """What was said last on the telephone: `kind|code|token` as `script` has it."""
    with database.read() as db:
        return read_phone_message(db, list_phone_messages(db)[0].id)


def bind_number(database, account, opened, number):
    """A number of the account, proved by its code."""
    with database.write() as db:
        begin_number(db, opened.session, number, way="text", actor=account, script=script)
    with database.write() as db:
        code = phone_said(database).text.split("|")[1]
        assert confirm_number(db, opened.session, code, actor=account, wording=wording)


def verify(floor, account, face=None):
    """The account's person is verified, by the real actions; `face` is the vector that is kept of them."""
    case, submission = submitted_case(floor, account_id=account)
    run = finished_run(floor, case, submission, "approve")
    with floor.database.write() as db:
        settle(db, run)
        owner = get_verification(db, case).applicant_id
        if face is not None:
            keep_template(db, owner, face)
        return owner


def vector(seed=0):
    """A face as the network would describe it: of length one."""
    drawn = np.random.default_rng(seed).normal(size=embedder().dimensions)
    return drawn / np.linalg.norm(drawn)

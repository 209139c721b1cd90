"""Browsers that sign in, for tests on a database: each with its own key."""

from fourcorners.devices.actions import answer_link, arrive, ask_device
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.queries import Seen
from fourcorners.devices.signing import new_challenge
from fourcorners.infra.mail import list_mails, read_mail
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


def come(database, key, half, seen=HOME, account=None):
    """Show a key at a half session."""
    proof = signed(database, key, half.session, "/sign-in/pending")
    with database.write() as db:
        return arrive(db, half.session, key.public, proof, seen, actor=account or half.account, wording=wording)


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

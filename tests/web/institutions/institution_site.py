"""Somebody at an institution with their browser: signs in, opens pages, sends their forms."""

import html
import re

from fastapi.testclient import TestClient

from fourcorners.accounts import Proof
from fourcorners.accounts.actions import follow_link, sign_up
from fourcorners.accounts.passwords import hash_password
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions import kinds
from fourcorners.institutions.kinds import Kind
from fourcorners.web import Site, create_app
from fourcorners.web.accounts import AREA as ACCOUNTS
from fourcorners.web.applicant import AREA as APPLICANT
from fourcorners.web.institutions import AREA

SITE = Site("http://testserver", bytes(range(32)))
HASHED = hash_password("three lamps under a bridge")
PROOF = Proof("password", "Firefox on Linux", "192.0.2.7")
EVERY = [(kind, variant) for kind, entry in kinds().items() for variant in (entry.variants or ("",))]
HOLDER = {
    Kind.TRUST: [("settlor", ""), ("trustee", ""), ("beneficiary", "")],
    Kind.GOVERNMENT_OWNED: [("senior_manager", "")],
}
"""How the one person of these applications appears in the chart; elsewhere they hold all shares."""


def _wording(kind, locale, token):
    return kind, f"token: {token}"


def account_of(floor, email="office@example.org", name="Ida Office"):
    """A customer's account; gives its id and the token of an open session."""
    with floor.database.write() as db:
        sign_up(db, email, name, actor="visitor", locale="en", wording=_wording)
    with floor.database.read() as db:
        token = re.search(r"token: (\S*)", read_mail(db, list_mails(db)[0].id).text)[1]
    with floor.database.write() as db:
        return follow_link(db, token, HASHED, PROOF)


class Editor:
    """A browser without script; `path` is the address of its application."""

    def __init__(self, floor, *, session=None, language="en"):
        self.floor, self.path = floor, ""
        headers = {"accept": "text/html", "accept-language": language}
        self.client = TestClient(create_app(floor, site=SITE, areas=(ACCOUNTS, APPLICANT, AREA)), headers=headers)
        if session:
            self.client.cookies.set("fc_session", session)

    @classmethod
    def begun(cls, floor, **given):
        """Signed in, with an application begun."""
        editor = cls(floor, session=account_of(floor, **given).token)
        begun = editor.client.post("/institution/start", data={"form_token": editor.token("/institution/start")})
        assert begun.status_code == 200, begun.text
        editor.path = str(begun.url.path).removesuffix("/type")
        return editor

    @property
    def id(self):
        return self.path.rpartition("/")[2]

    def at(self, path):
        return path if path.startswith("/institution") else f"{self.path}/{path}".rstrip("/")

    def get(self, path=""):
        return self.client.get(self.at(path))

    def token(self, path):
        return re.search(r'name="form_token" value="([0-9a-f]+)"', self.client.get(self.at(path)).text)[1]

    def hidden(self, path):
        """What the form that saves by itself carries."""
        text = self.get(path).text
        found = {}
        for name in ("form_token", "was", "seen", "key"):
            match = re.search(rf'name="{name}" value="([^"]*)"', text)
            if match:
                found[name] = html.unescape(match[1])
        return found

    def save(self, path, shown_at=None, **fields):
        """Open the page, fill in some fields, press the button."""
        return self.client.post(self.at(path), data={**self.hidden(shown_at or path), **fields})

    def send(self, path, data=None, files=None, page=""):
        return self.client.post(self.at(path), data={**(data or {}), "form_token": self.token(page)}, files=files)

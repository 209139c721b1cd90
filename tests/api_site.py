"""The API on an open floor, and clients of it with keys of either world."""

from fastapi.testclient import TestClient

from fourcorners.accounts import Role, Scope
from fourcorners.accounts.actions import make_key
from fourcorners.accounts.queries import list_staff
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.web import create_app
from fourcorners.workflows import perform
from signing_tools import add_member


def key_text(floor, *scopes, sandbox=True):
    """A key for these scopes, or for all."""
    with floor.database.read() as db:
        staff = list_staff(db)
    if not staff:
        add_member(floor.database, role=Role.DEVELOPER)
    with floor.database.write() as db:
        return make_key(db, "Shop", scopes or list(Scope), actor=owner(floor), sandbox=sandbox)[1]


def owner(floor):
    """The account that keys are made by."""
    with floor.database.read() as db:
        return list_staff(db)[0][0].id


class Api(TestClient):
    """A program with a key; `work` does what was handed over, as a worker would."""

    def __init__(self, floor, *scopes, sandbox=True, app=None):
        self.floor = floor
        self.key = key_text(floor, *scopes, sandbox=sandbox)
        super().__init__(
            app or create_app(floor),
            base_url=floor.settings.public_url,
            headers={"authorization": f"Bearer {self.key}"},
            raise_server_exceptions=True,
        )

    def new(self, **given):
        answer = self.post("/v1/applicants", json=given)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def submit(self, applicant, **headers):
        return self.post(f"/v1/applicants/{applicant}/submission", json={"consent": True}, headers=headers)

    def verification(self, applicant, locale="en"):
        return self.get(f"/v1/applicants/{applicant}/verification", params={"locale": locale}).json()

    def work(self, *kinds):
        """Everything that waits (of these kinds), until nothing does."""
        while True:
            with self.floor.database.read() as db:
                waiting = [w for w in list_waiting(db) if not kinds or w.kind in kinds]
            if not waiting:
                return
            for work in waiting:
                perform(self.floor, work.kind, work.payload)
                with self.floor.database.write() as db:
                    mark_taken(db, work.id)

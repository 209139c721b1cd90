"""An applicant at their browser: opens the link and fills in the forms as a person would."""

import re
from datetime import date
from functools import cache

from fastapi.testclient import TestClient

from fourcorners import specimens
from fourcorners.people.actions import register_applicant
from fourcorners.people.grants import grant_access
from fourcorners.people.queries import get_verification
from fourcorners.web import Site, create_app
from fourcorners.web.applicant import AREA

SITE = Site("http://testserver", bytes(range(32)))


@cache
def drawn_passport(person=0, seed=12):
    return specimens.draw(
        "passport",
        seed=seed,
        design="orchard",
        portrait=person,
        issue_date=date(2021, 3, 1),
        expiry_date=date(2031, 2, 28),
    )


@cache
def drawn(person=0, seed=12, size=(1800, 2400)):
    """A passport of Utopia and its holder: (details, JPEG of the front, JPEG of the selfie)."""
    passport = drawn_passport(person, seed)
    holder = passport.holder
    details = {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
        "address": f"{holder.street}, {holder.city} {holder.postcode}",
    }
    front = specimens.capture(passport, "genuine", severity=0.3, seed=seed, size=size)
    selfie = specimens.selfie(person, seed=seed, size=(900, 1200))
    return details, specimens.file_bytes(front), specimens.file_bytes(selfie)


class Visitor:
    """A browser without script, with the link of one applicant."""

    def __init__(self, floor, **given):
        self.floor = floor
        with floor.database.write() as db:
            verification = register_applicant(db, actor="system", email="anna@example.org", **given)
            self.case, self.applicant = verification.id, verification.applicant_id
            self.secret = grant_access(db, self.applicant, "link", actor="system")
        self.client = TestClient(
            create_app(floor, site=SITE, areas=(AREA,)), headers={"accept": "text/html", "accept-language": "en"}
        )

    def open(self):
        return self.client.get(f"/verify/open/{self.secret}")

    def get(self, path):
        return self.client.get(path)

    def token(self, path):
        return re.search(r'name="form_token" value="([0-9a-f]+)"', self.client.get(path).text)[1]

    def post(self, path, data=None, files=None, page=None):
        data = {**(data or {}), "form_token": self.token(page or path)}
        return self.client.post(path, data=data, files=files)

    def fill_in(self, details, *, country="XU", kind="passport"):
        """Up to the pictures; where the flow then stands."""
        self.open()
        self.post("/verify/start", {"consent": "yes"})
        self.post("/verify/residence", {"residence": country, "nationality": country})
        self.post("/verify/details", details)
        return self.post("/verify/document", {"country": country, "kind": kind})

    def capture(self, item, data, source="camera", name="a.jpg"):
        path = f"/verify/capture/{item}"
        return self.post(path, {"source": source}, files={"file": (name, data, "image/jpeg")})

    def verification(self):
        with self.floor.database.read() as db:
            return get_verification(db, self.case)

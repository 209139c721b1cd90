"""The client: one method for each thing that can be asked."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fourcorners.client.hits import HitCalls
from fourcorners.client.institutions import InstitutionCalls
from fourcorners.client.shapes import (
    Applicant,
    Decision,
    Endpoint,
    Event,
    File,
    Limits,
    Link,
    Submission,
    Verification,
)

__all__ = ["Client"]

FILE = "application/octet-stream"
WAITING = ("under_review",)


class Client(InstitutionCalls, HitCalls):
    """`Client("https://verify.example.org", "fck_test_...")`. Everything raises ApiRefused and ApiUnreachable."""

    def create_applicant(self, *, idempotency_key: str | None = None, **given: Any) -> Applicant:  # noqa: ANN401 - as in the API
        """A new applicant. `given` is what the API takes: reference, email, locale, level, residence, persona, ..."""
        return Applicant.of(self.ask("POST", "/v1/applicants", json=given, idempotency_key=idempotency_key).json())

    def applicant(self, applicant: str) -> Applicant:
        """One applicant by id."""
        return Applicant.of(self.ask("GET", _path(applicant)).json())

    def applicants(self, *, state: str | None = None, reference: str | None = None) -> Iterator[Applicant]:
        """All applicants, the newest first; pages are fetched as they are needed."""
        for told in self._pages("/v1/applicants", state=state, reference=reference):
            yield Applicant.of(told)

    def change_applicant(self, applicant: str, **given: Any) -> Applicant:  # noqa: ANN401 - as in the API
        """Fill in a draft: email, locale, residence, details, document."""
        return Applicant.of(self.ask("PATCH", _path(applicant), json=given).json())

    def upload(self, applicant: str, item: str, file: Path | bytes, *, name: str = "") -> File:
        """A file for an item, such as `document_front`: a path, or the bytes themselves."""
        content = file if isinstance(file, bytes) else file.read_bytes()
        named = name or ("" if isinstance(file, bytes) else file.name)
        path = f"{_path(applicant)}/files/{item}"
        headers, params = {"content-type": FILE}, {"name": named or None}
        return File.of(self.ask("POST", path, content=content, headers=headers, params=params).json())

    def hosted_link(self, applicant: str) -> Link:
        """An address where the applicant does it all themselves."""
        return Link.of(self.ask("POST", f"{_path(applicant)}/links").json())

    def end_links(self, applicant: str) -> None:
        """Take back every link."""
        self.ask("DELETE", f"{_path(applicant)}/links")

    def submit(self, applicant: str) -> Submission:
        """Start the checks. You state that the applicant agreed to the use of their face, and that all is true."""
        return Submission.of(self.ask("POST", f"{_path(applicant)}/submission", json={"consent": True}).json())

    def verification(self, applicant: str, *, locale: str = "en") -> Verification:
        """Where it stands, with reasons in the applicant's language."""
        path = f"{_path(applicant)}/verification"
        return Verification.of(self.ask("GET", path, params={"locale": locale}).json())

    def wait_for(self, applicant: str, *, timeout_s: float = 60.0, every_s: float = 0.5) -> Verification:
        """Ask until it is decided, or until `timeout_s` has passed; for scripts. A service listens to webhooks."""
        ends = time.monotonic() + timeout_s
        while (seen := self.verification(applicant)).state in WAITING and time.monotonic() < ends:
            self.wait(every_s)
        return seen

    def decisions(self, applicant: str) -> list[Decision]:
        """All decisions, the first one first."""
        return [Decision.of(each) for each in self.ask("GET", f"{_path(applicant)}/decisions").json()["data"]]

    def decide(
        self,
        applicant: str,
        outcome: str,
        *,
        items: Mapping[str, Sequence[str]] | None = None,
        reasons: Sequence[str] = (),
        note: str = "",
    ) -> Decision:
        """Decide a case that waits for a person: `approve`, `resubmit` (name the items) or `reject`."""
        said = {
            "outcome": outcome,
            "items": {item: list(codes) for item, codes in (items or {}).items()},
            "reasons": list(reasons),
            "note": note,
        }
        return Decision.of(self.ask("POST", f"{_path(applicant)}/decisions", json=said).json())

    def verify_anew(self, applicant: str, trigger: str, *, level: int | None = None) -> Verification:
        """Verify somebody again: for a reason (`residence_changed`, `risk`), or a higher level (`higher_level`)."""
        said = {"trigger": trigger, "level": level}
        return Verification.of(self.ask("POST", f"{_path(applicant)}/reverification", json=said).json())

    def limits(self, applicant: str) -> Limits:
        """What the level of the applicant opens."""
        return Limits.of(self.ask("GET", f"{_path(applicant)}/limits").json())

    def verified_claims(self, applicant: str) -> Mapping[str, Any]:
        """What was verified, as OpenID Identity Assurance has it."""
        told: Mapping[str, Any] = self.ask("GET", f"{_path(applicant)}/verified-claims").json()
        return told

    def export(self, applicant: str) -> bytes:
        """Everything that is kept about the person, as a ZIP file."""
        return self.ask("GET", f"{_path(applicant)}/export").content

    def close_applicant(self, applicant: str) -> None:
        """The relation has ended."""
        self.ask("POST", f"{_path(applicant)}/closure")

    def withdraw_consent(self, applicant: str) -> None:
        """The person takes back the consent to the comparison of faces."""
        self.ask("POST", f"{_path(applicant)}/consent-withdrawal")

    def erase(self, applicant: str) -> None:
        """Destroy the person's data for good."""
        self.ask("POST", f"{_path(applicant)}/erasure")

    def events(self, *, kind: str | None = None, applicant: str | None = None) -> Iterator[Event]:
        """What happened, the newest first."""
        for told in self._pages("/v1/events", type=kind, applicant=applicant):
            yield Event.of(told)

    def add_webhook(self, url: str, *, events: Sequence[str] = (), label: str = "") -> Endpoint:
        """A new endpoint. Keep its secret: it is told this once."""
        said = {"url": url, "events": list(events), "label": label}
        return Endpoint.of(self.ask("POST", "/v1/webhooks", json=said).json())

    def remove_webhook(self, endpoint: str) -> None:
        """Nothing is sent there any more."""
        self.ask("DELETE", f"/v1/webhooks/{endpoint}")

    def _pages(self, path: str, **params: str | None) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            page = self.ask("GET", path, params={**params, "cursor": cursor}).json()
            yield from page["data"]
            cursor = page["next_cursor"]
            if cursor is None:
                return


def _path(applicant: str) -> str:
    return f"/v1/applicants/{applicant}"

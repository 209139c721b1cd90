"""The client's part for institutions: one method for each thing that can be asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourcorners.client.connection import Connection
from fourcorners.client.shapes import Decision, Link, Told

__all__ = ["Institution", "InstitutionCalls"]

FILE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Institution(Told):
    """An institution with its application; `missing` names what stands between it and its submission."""

    id: str
    reference: str | None
    state: str
    badge: str
    kind: str | None
    country: str | None
    risk: str | None
    renewing: bool
    hold: bool
    progress: Mapping[str, str]
    missing: list[Mapping[str, Any]]
    user: str | None
    submitted_at: str | None
    decided_at: str | None
    due_at: str | None
    review_on: str | None
    erased_at: str | None


class InstitutionCalls(Connection):
    """What `Client` can ask about institutions. Everything raises ApiRefused and ApiUnreachable."""

    def create_institution(self, *, idempotency_key: str | None = None, **given: Any) -> Institution:  # noqa: ANN401 - as in the API
        """A new institution: reference, email, locale."""
        answer = self.ask("POST", "/v1/institutions", json=given, idempotency_key=idempotency_key)
        return Institution.of(answer.json())

    def institution(self, institution: str) -> Institution:
        """One institution by id."""
        return Institution.of(self.ask("GET", _path(institution)).json())

    def institutions(self, *, state: str | None = None, reference: str | None = None) -> Iterator[Institution]:
        """All institutions, the newest first; pages are fetched as they are needed."""
        cursor: str | None = None
        while True:
            asked = {"state": state, "reference": reference, "cursor": cursor}
            page = self.ask("GET", "/v1/institutions", params=asked).json()
            yield from map(Institution.of, page["data"])
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def save_section(self, institution: str, section: str, changes: Mapping[str, Any], *, seen: int) -> int:
        """Save fields of a section; the new version. Refused with `values` when somebody else wrote in the same."""
        said = {"seen": seen, "changes": dict(changes)}
        told = self.ask("PATCH", f"{_path(institution)}/sections/{section}", json=said).json()
        return int(told["version"])

    def add_party(self, institution: str, **values: Any) -> str:  # noqa: ANN401 - as in the API
        """Name a person or entity; their id."""
        return str(self.ask("POST", f"{_path(institution)}/parties", json={"values": values}).json()["id"])

    def send_party_link(self, institution: str, party: str) -> None:
        """Send somebody a link to their own verification, whose result is followed."""
        self.ask("POST", f"{_path(institution)}/parties/{party}/link")

    def upload_paper(
        self,
        institution: str,
        paper: str,
        file: Path | bytes,
        *,
        party: str | None = None,
        dated: str | None = None,
        expires: str | None = None,
        signed: bool = False,
    ) -> str:
        """A paper of the institution, or of somebody: a path, or the bytes themselves. Its id."""
        content = file if isinstance(file, bytes) else file.read_bytes()
        name = None if isinstance(file, bytes) else file.name
        params = {
            "party": party,
            "dated": dated,
            "expires": expires,
            "signed": "true" if signed else None,
            "name": name,
        }
        path = f"{_path(institution)}/papers/{paper}/files"
        told = self.ask("POST", path, content=content, headers={"content-type": FILE}, params=params).json()
        return str(told["id"])

    def export_owners(self, institution: str) -> list[Mapping[str, Any]]:
        """The graph of owners as statements of the Beneficial Ownership Data Standard."""
        told: list[Mapping[str, Any]] = self.ask("GET", f"{_path(institution)}/ownership").json()
        return told

    def import_owners(
        self, institution: str, statements: Sequence[Mapping[str, Any]], *, seen: int, subject: str = ""
    ) -> int:
        """Take the graph of owners from such statements; the new version."""
        said = {"seen": seen, "subject": subject, "statements": list(statements)}
        return int(self.ask("PUT", f"{_path(institution)}/ownership", json=said).json()["version"])

    def sign_institution(
        self, institution: str, signer: str, attestations: Sequence[str], *, address: str = ""
    ) -> None:
        """Tick the attestations and sign, for somebody who did both with you: you answer for it."""
        said = {"signer": signer, "attestations": list(attestations), "address": address}
        self.ask("POST", f"{_path(institution)}/signature", json=said)

    def submit_institution(self, institution: str) -> str:
        """Hand it in; the id of the submission. Refused with every missing item."""
        return str(self.ask("POST", f"{_path(institution)}/submission").json()["submission"])

    def institution_link(self, institution: str) -> Link:
        """An address where they fill it in themselves."""
        return Link.of(self.ask("POST", f"{_path(institution)}/links").json())

    def institution_items(self, institution: str) -> Mapping[str, bool | None]:
        """Every item that is ruled on, with whether it was accepted."""
        told = self.ask("GET", f"{_path(institution)}/items").json()["data"]
        return {each["item"]: each["accepted"] for each in told}

    def rule_item(
        self, institution: str, item: str, *, accepted: bool, reasons: Sequence[str] = (), note: str = ""
    ) -> None:
        """Accept an item, or refuse it with reasons."""
        said = {"accepted": accepted, "reasons": list(reasons), "note": note}
        self.ask("PUT", f"{_path(institution)}/items/{item}", json=said)

    def decide_institution(
        self, institution: str, outcome: str, *, reasons: Sequence[str] = (), note: str = ""
    ) -> Decision:
        """`approve`, when every item is accepted, or `reject`."""
        said = {"outcome": outcome, "reasons": list(reasons), "note": note}
        return Decision.of(self.ask("POST", f"{_path(institution)}/decisions", json=said).json())


def _path(institution: str) -> str:
    return f"/v1/institutions/{institution}"

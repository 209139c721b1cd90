"""The people and entities of an institution in plain values: as entered, their own case or their documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.infra import ReadSession
from fourcorners.institutions.models import Party
from fourcorners.institutions.queries import list_papers, read_party
from fourcorners.people.queries import get_verification_of
from fourcorners.verdict.report.view import CheckRow
from fourcorners.web.console.institution_entries import Entered, party_rows
from fourcorners.web.console.institution_papers import Compared, File, file_of, finding_row
from fourcorners.web.console.showing import Row, read_table
from fourcorners.web.who import Who
from fourcorners.web.words import Words

__all__ = ["PartyShown", "party_shown"]

LOUD = (Outcome.FAIL, Outcome.UNSURE)
CLAIMED = {"birth_date": "birth_date", "document_number": "identity_number", "nationality": "nationality"}
"""Fields of a document that the checks compare, and what was entered of the same."""


@dataclass(frozen=True, slots=True)
class PartyShown:
    """Somebody. `case` is their own verification with its state, else `files` were handed in for them.

    `compared` sets what was read in their files beside what was entered; `unread` says why nothing was read.
    """

    item: str
    name: str
    roles: Sequence[str]
    is_entity: bool
    entered: Entered
    case: tuple[str, str] | None
    files: Sequence[File]
    compared: Sequence[Compared]
    findings: Sequence[CheckRow]
    problems: Sequence[str]
    unread: str


def party_shown(
    request: Request,
    db: ReadSession,
    who: Who,
    party: Party,
    found: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    t: Words,
    *,
    personal: bool,
) -> PartyShown:
    """Somebody with what was `found` in their files; roles and states only for who need not see more."""
    values = dict(read_party(db, party).values) if personal else {}
    roles = list(read_party(db, party).values.get("roles", ()))
    case = None
    if party.applicant_id is not None:
        verification = get_verification_of(db, party.applicant_id)
        case = verification.id, verification.state
    told = {key: value for key, value in values.items() if key not in ("name", "node", "roles")}
    old = None if before is None else {k: v for k, v in before.items() if k != "node"}
    if old is not None:
        told |= {key: values[key] for key in ("name", "roles") if values.get(key) != old.get(key) and key in values}
        old = {key: value for key, value in old.items() if key in told or key not in ("name", "roles")}
    rows = party_rows(told, old, t, t.locale)
    own = [paper for paper in list_papers(db, party.institution_id) if paper.party_id == party.id]
    files = [file for paper in own if (file := file_of(request, db, who, paper, t)) is not None] if personal else []
    document, address = found.get("document") or {}, found.get("address") or {}
    findings = [Finding.from_dict(one) for one in document.get("findings", ())]
    return PartyShown(
        item=f"party:{party.id}",
        name=str(values.get("name", "")),
        roles=roles,
        is_entity=bool(values.get("is_entity")),
        entered=Entered(f"party:{party.id}", str(values.get("name", "")), rows if personal else []),
        case=case,
        files=files,
        compared=[*_of_document(document, findings, values), *_of_address(address)] if personal else [],
        findings=[finding_row(f, t, personal=personal) for f in findings if f.outcome in LOUD],
        problems=found.get("problems", ()),
        unread=_unread(found, own=bool(own)),
    )


def _of_document(
    document: Mapping[str, Any], findings: Sequence[Finding], values: Mapping[str, Any]
) -> Iterator[Compared]:
    """Every field that was read; whether it agrees is what the checks said, and of the name what the words say."""
    read = document.get("read")
    if not read:
        return
    claims = {claim: values[name] for claim, name in CLAIMED.items() if values.get(name)}
    _, rows = read_table({"read": read, "claims": claims}, findings)
    said = {row.name: row for row in rows}
    names = [_read(said.pop(part)) for part in ("given_names", "family_name") if part in said]
    if any(names):
        agrees = document.get("name_agrees")
        agreement = "" if agrees is None else "same" if agrees else "different"
        yield Compared("name", str(values.get("name", "")), " ".join(filter(None, names)), agreement, "")
    for row in said.values():
        read_so = _read(row) if row.status == "same" else " / ".join(dict.fromkeys(_each_read(row)))
        yield Compared(row.name, row.values.get("claimed", ""), read_so, row.status, "")


def _each_read(row: Row) -> list[str]:
    """What zone, barcode and print say, where they say anything: a doubt is told by their difference."""
    return [row.values[source] for source in ("mrz", "barcode", "print") if row.values.get(source)]


def _read(row: Row) -> str:
    return next(iter(_each_read(row)), "")


def _of_address(address: Mapping[str, Any]) -> list[Compared]:
    return [
        Compared(name, told["claimed"], told["read"] or "", told["outcome"], ", ".join(told.get("reasons", ())))
        for name, told in (address.get("compared") or {}).items()
    ]


def _unread(found: Mapping[str, Any], *, own: bool) -> str:
    """Why nothing was read of what was handed in: `pdf`, a code, or `not_yet`; "" where it was, or nothing is there."""
    if not own:
        return ""
    if not found:
        return "not_yet"
    document = found.get("document") or {}
    return str(document.get("cause", "")) if document.get("assessed") is False else ""

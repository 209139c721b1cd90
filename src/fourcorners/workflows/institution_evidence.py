"""What the library says of an institution's files: its papers, and the documents that were handed in for its people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import fourcorners
from fourcorners.checks.finding import Outcome
from fourcorners.evidence.queries import get_upload, read_name, read_upload
from fourcorners.formats.names import fold
from fourcorners.infra.floor import Floor
from fourcorners.institutions.application import Application
from fourcorners.institutions.models import Paper
from fourcorners.institutions.papers import (
    KINDS,
    check_paper,
    claims_of,
    effect_of,
    limits_version,
    read_paper,
    worst_effect,
)
from fourcorners.institutions.queries import list_papers, list_parties, read_party
from fourcorners.institutions.sections import identity_papers
from fourcorners.kit.errors import Refusal
from fourcorners.people.rules import flow
from fourcorners.verdict import Effect, Verdict

__all__ = ["papers_found", "people_found"]

PDF = "application/pdf"
OWN = ("front", "back", "case")
"""Subjects of findings on a document; those on a selfie are left out, for nobody was asked for one."""

PAPER_SUBJECT = "paper"


def papers_found(floor: Floor, institution_id: str, application: Application, day: date) -> list[dict[str, Any]]:
    """Each paper of the institution: what was read, what was found, and the codes for which somebody should look.

    Keys: `id`, `paper`, `reading`, `findings`, `effect`, `problems`, `version`. One that nobody asked for is only read.
    """
    claims, country = claims_of(application, day=day), application.facts.get("country", "")
    told = []
    for paper, data, name in _files(floor, institution_id, people=False):
        reading = read_paper(data, name or None, country=country)
        findings = check_paper(reading, claims, paper.paper, day=day) if paper.paper in KINDS else ()
        problems = [str(f.reason) for f in findings if effect_of(f) is not Effect.NONE]
        told.append(
            {
                "id": paper.id,
                "paper": paper.paper,
                "reading": reading.to_dict(),
                "findings": [finding.to_dict() for finding in findings],
                "effect": worst_effect(findings).value,
                "problems": list(dict.fromkeys(problems)),
                "version": limits_version(),
            }
        )
    return told


def people_found(floor: Floor, institution_id: str, day: date) -> dict[str, dict[str, Any]]:
    """By person, of those for whom files were handed in: `document`, `address`, and the codes of both in `problems`.

    A document that came as PDF is looked at by a person: the library judges photos of documents.
    """
    files: dict[str, dict[str, tuple[Paper, bytes]]] = {}
    for paper, data, _ in _files(floor, institution_id, people=True):
        files.setdefault(paper.party_id or "", {})[paper.paper] = (paper, data)
    with floor.database.read() as db:
        people = {party.id: dict(read_party(db, party).values) for party in list_parties(db, institution_id)}
        media = {p.id: get_upload(db, p.upload_id).media_type for held in files.values() for p, _ in held.values()}
    found = {}
    for party_id, held in files.items():
        values = people.get(party_id, {})
        document = _document(held, media, values, day)
        address = _address(held, values, day)
        problems = [*document.get("problems", ()), *address.get("problems", ())]
        found[party_id] = {"document": document, "address": address, "problems": list(dict.fromkeys(problems))}
    return found


def _files(floor: Floor, institution_id: str, *, people: bool) -> list[tuple[Paper, bytes, str]]:
    with floor.database.read() as db:
        found = []
        for paper in list_papers(db, institution_id):
            if (paper.party_id is not None) is people:
                upload = get_upload(db, paper.upload_id)
                found.append((paper, read_upload(db, floor.blobs, upload), read_name(db, upload)))
        return found


def _document(
    held: Mapping[str, tuple[Paper, bytes]], media: Mapping[str, str], values: Mapping[str, Any], day: date
) -> dict[str, Any]:
    names = identity_papers()
    sides = [held[name] for name in ((names.page,) if names.page in held else names.sides) if name in held]
    if not sides:
        return {}
    if any(media[paper.id] == PDF for paper, _ in sides):
        return {"assessed": False, "cause": "pdf", "problems": []}
    verdict = fourcorners.check(document=[data for _, data in sides], claims=_claims(values), today=day)
    own = [finding for finding in verdict.findings if finding.subject in OWN]
    reasons = [str(f.reason) for f in own if f.reason and f.outcome in (Outcome.FAIL, Outcome.UNSURE)]
    agrees = _name_agrees(verdict, str(values.get("name", "")))
    problems = list(dict.fromkeys([*reasons, *(["name_differs"] if agrees is False else [])]))
    return {
        "assessed": True,
        "read": verdict.to_dict()["read"],
        "findings": [finding.to_dict() for finding in own],
        "name_agrees": agrees,
        "problems": problems,
    }


def _claims(values: Mapping[str, Any]) -> dict[str, object]:
    named = {"birth_date": "birth_date", "document_number": "identity_number", "nationality": "nationality"}
    claims: dict[str, object] = {claim: values[name] for claim, name in named.items() if values.get(name)}
    specimen = flow()["specimen"]
    if claims.get("nationality") == specimen["country"]:  # of the country that does not exist
        claims["nationality"] = specimen["state"]
    return claims


def _name_agrees(verdict: Verdict, name: str) -> bool | None:
    """Are the words of the name those on the document, in any order? None where no name was read."""
    fields: Mapping[str, Any] = verdict.to_dict()["read"].get("fields", {})  # type: ignore[attr-defined]
    read = [str((fields.get(part) or {}).get("value") or "") for part in ("given_names", "family_name")]
    if not any(read):
        return None
    return sorted(fold(" ".join(read)).split()) == sorted(fold(name).split())


def _address(held: Mapping[str, tuple[Paper, bytes]], values: Mapping[str, Any], day: date) -> dict[str, Any]:
    name = identity_papers().proof_of_address
    if name not in held:
        return {}
    claims = {"name": values.get("name"), "address": values.get("address"), "country": values.get("residence")}
    try:
        given = {claim: str(value) for claim, value in claims.items() if value}
        verdict = fourcorners.check_address([held[name][1]], today=day, **given)  # type: ignore[arg-type]
    except Refusal as refusal:
        return {"assessed": False, "cause": refusal.code, "problems": []}
    told = verdict.to_dict()
    reasons = list(told["reasons"])  # type: ignore[call-overload]
    return {"assessed": True, "read": told["read"], "compared": told["compared"], "problems": reasons}

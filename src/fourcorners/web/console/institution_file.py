"""Everything that the page of an institution's case shows, for one person: what they need not see is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from fourcorners.clearance.institutions import Standing, standings
from fourcorners.clearance.institutions.ruling import read_ruling_note
from fourcorners.evidence.queries import get_upload, read_name
from fourcorners.infra import ReadSession
from fourcorners.infra.errors import NotFound
from fourcorners.institutions.letters import address_of, feedback_of, letter, name_of, title_of
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import (
    find_signature,
    find_submission,
    list_attestations,
    list_changes,
    list_papers,
    list_parties,
    list_submissions,
    read_assessment,
    read_attestation,
    read_content,
    read_signature,
)
from fourcorners.institutions.reading import graph_from_fields, graph_of, is_signed
from fourcorners.institutions.reasons import InstitutionReason, reasons
from fourcorners.screening.models import ScreeningHit
from fourcorners.screening.queries import list_hits_of, list_screened, read_hit, read_note
from fourcorners.screening.rules import State
from fourcorners.web.console.desk import words
from fourcorners.web.console.institution_entries import Entered, before_of, sections_of
from fourcorners.web.console.institution_frame import Frame, frame_of
from fourcorners.web.console.institution_owners import OwnersShown, owners_shown
from fourcorners.web.console.institution_papers import PaperShown, paper_shown, paper_title
from fourcorners.web.console.institution_people import PartyShown, party_shown
from fourcorners.web.who import Who
from fourcorners.web.words import Words

__all__ = ["InstitutionFile", "ItemShown", "choices_for", "feedback_mail", "in_order", "institution_file"]

GROUPS = ("party", "paper", "section")


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item that is ruled on: where it stands, who said so, and the reasons it can be refused with."""

    item: str
    title: str
    accepted: bool | None
    mark: str
    by: str
    at: Any
    reasons: Sequence[str]
    note: str
    choices: Sequence[tuple[InstitutionReason, bool]]

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return self.item.replace(":", "-")


@dataclass(frozen=True)
class InstitutionFile:
    """What the template lays out. Everything in it may be shown to the person it was gathered for."""

    frame: Frame
    name: str
    told: Sequence[str]
    items: Mapping[str, ItemShown]
    owners: OwnersShown | None
    parties: Sequence[PartyShown]
    papers: Sequence[PaperShown]
    sections: Sequence[Entered]
    statements: Sequence[Mapping[str, Any]]
    signature: Mapping[str, Any] | None
    screening: Mapping[str, Any]
    hits: Sequence[Mapping[str, Any]]
    risk: Mapping[str, Any] | None
    rounds: Sequence[Mapping[str, Any]]
    changes: Sequence[tuple[str, str]]
    choices: Sequence[tuple[InstitutionReason, bool]]
    mail: tuple[str, str]
    has_address: bool

    @property
    def titles(self) -> dict[str, str]:
        """What each item is called."""
        return {item: shown.title for item, shown in self.items.items()}

    @property
    def open_items(self) -> list[ItemShown]:
        """Those that nobody ruled on as they are now."""
        return [item for item in self.items.values() if item.accepted is None]

    @property
    def refused_items(self) -> list[ItemShown]:
        """Those that were refused."""
        return [item for item in self.items.values() if item.accepted is False]


def institution_file(
    request: Request, db: ReadSession, who: Who, case_id: str, wanted: Sequence[str] = ()
) -> InstitutionFile:
    """Gather it; `wanted` are reasons that were ticked for the whole case. Raises NotFound."""
    frame, t = frame_of(request, db, who, case_id), words(request)
    if frame.case.change is not None:
        raise NotFound("There is no such institution.")
    institution, personal = frame.institution, frame.personal
    found = {} if frame.assessment is None or frame.erased else read_assessment(db, frame.assessment)
    before = before_of(db, institution) if personal else {}
    of_papers = {one["id"]: one for one in found.get("papers", ())}
    people = found.get("people", {})
    parties = [
        party_shown(
            request, db, who, party, people.get(party.id, {}),
            before.get("parties", {}).get(party.id, {}) if before else None, t, personal=personal,
        )
        for party in list_parties(db, institution.id)
    ] if not frame.erased else []  # fmt: skip
    papers = [
        paper_shown(request, db, who, paper, of_papers.get(paper.id, {}), t, personal=personal)
        for paper in list_papers(db, institution.id)
        if paper.party_id is None
    ]
    told_of = {p.item: p.problems for p in papers} | {p.item: p.problems for p in parties}
    ranked = [] if frame.erased else in_order(standings(db, institution.id))
    items = {s.item: _item(db, frame, s, t, told_of.get(s.item, ())) for s in ranked}
    hits = list_hits_of(db, institution.id)
    told = list(frame.assessment.reasons) if frame.assessment is not None else []
    return InstitutionFile(
        frame=frame,
        name=name_of(db, institution) if personal else "",
        told=list(dict.fromkeys([*(frame.review.reasons if frame.review else ()), *told])),
        items=items,
        owners=_owners(db, frame, found, t),
        parties=parties,
        papers=papers,
        sections=sections_of(db, institution, before, t, t.locale) if personal else [],
        statements=_statements(db, institution) if personal else [],
        signature=_signature(db, institution) if personal else None,
        screening=_screening(db, institution),
        hits=[_hit(db, frame, hit) for hit in sorted(hits, key=_undecided_first)],
        risk=found.get("risk"),
        rounds=[{"number": s.number, "round": s.round, "at": s.at} for s in list_submissions(db, institution.id)],
        changes=[(change.id, change.state) for change in list_changes(db, institution.id) if change.state != "draft"],
        choices=choices_for("case", wanted),
        mail=feedback_mail(request, db, institution, items, wanted) if personal else ("", ""),
        has_address=personal and address_of(db, institution) is not None,
    )


def choices_for(group: str, told: Sequence[str]) -> list[tuple[InstitutionReason, bool]]:
    """The reasons that a group of items can be refused with, those that were `told` first and marked."""
    fit = [one for one in reasons().values() if group in one.groups and one.says]
    return sorted(((one, one.code in told) for one in fit), key=lambda pair: not pair[1])


def feedback_mail(
    request: Request, db: ReadSession, institution: Institution, items: Mapping[str, ItemShown], codes: Sequence[str]
) -> tuple[str, str]:
    """Subject and text of the mail that a refusal would send now."""
    refused = {item: shown.reasons for item, shown in items.items() if shown.accepted is False}
    known = [code for code in codes if code in reasons() and "case" in reasons()[code].groups]
    if not refused and not known:
        return "", ""
    feedback = feedback_of(db, institution, refused, known)
    link = f"{request.app.state.site.origin}/institution"
    return letter(institution.locale, "rejected", name=name_of(db, institution), feedback=feedback, link=link)


def in_order(found: Mapping[str, Standing]) -> list[Standing]:
    """Every item in the order of the page: people, papers, sections."""
    return sorted(found.values(), key=lambda standing: GROUPS.index(standing.item.partition(":")[0]))


def _item(db: ReadSession, frame: Frame, standing: Standing, t: Words, told: Sequence[str]) -> ItemShown:
    group, _, name = standing.item.partition(":")
    if group == "section":
        title = t(f"institutions.sections.{name}")
    elif group == "party" and not frame.personal:
        title = t("console.institution.somebody")
    else:
        title = title_of(db, frame.institution.id, standing.item)
    return ItemShown(
        item=standing.item,
        title=title,
        accepted=standing.accepted,
        mark=standing.mark,
        by=frame.names.get(standing.by, standing.by),
        at=standing.at,
        reasons=standing.reasons,
        note=read_ruling_note(db, standing.ruling) if frame.personal and standing.ruling else "",
        choices=choices_for(group, told),
    )


def _undecided_first(hit: ScreeningHit) -> tuple[bool, bool, float]:
    return hit.state == State.GONE, hit.state != State.OPEN, -hit.score


def _screening(db: ReadSession, institution: Institution) -> dict[str, Any]:
    """How all who are named were screened: one who was not counts for all."""
    rows, never = list_screened(db, institution.id), "sandbox" if institution.sandbox else "never"
    told = {row.outcome for row in rows}
    worst = next((outcome for outcome in ("not_screened", "hits", "no_hits") if outcome in told), never)
    lists = dict.fromkeys(name for row in rows for name in row.lists)
    at = min((row.at for row in rows), default=None)
    return {"outcome": worst, "lists": list(lists), "at": at, "more": sum(row.more for row in rows)}


def _hit(db: ReadSession, frame: Frame, hit: ScreeningHit) -> dict[str, Any]:
    """A hit; whose name it is, as what, and why it was decided so only for who may see that."""
    told = read_hit(db, hit) if frame.personal else {}
    return {
        "id": hit.id,
        "state": hit.state,
        "list": hit.list_name,
        "version": hit.list_number,
        "score": hit.score,
        "name": told.get("name", ""),
        "listed": told["listed"][0] if told else "",
        "note": read_note(db, hit) if frame.personal and hit.note is not None else "",
        "by": frame.names.get(hit.decided_by or "", ""),
        "at": hit.decided_at,
    }


def _owners(db: ReadSession, frame: Frame, found: Mapping[str, Any], t: Words) -> OwnersShown | None:
    """Of what was handed in last, as it was found on its day; of what is drawn now where nothing was assessed."""
    institution = frame.institution
    if frame.erased:
        return None
    submission = find_submission(db, institution.id)
    drawn = read_content(db, submission)["sections"].get("ownership", {}) if submission is not None else None
    standing = graph_of(db, institution.id) if drawn is None else graph_from_fields(drawn)
    papers = {}
    for paper in list_papers(db, institution.id, removed=True) if frame.personal else ():
        name = read_name(db, get_upload(db, paper.upload_id))
        papers[paper.id] = f"{paper_title(paper.paper, t)}{f' ({name})' if name else ''}"
    return owners_shown(standing, found, day=db.now.date(), papers=papers, personal=frame.personal)


def _statements(db: ReadSession, institution: Institution) -> list[dict[str, Any]]:
    return [
        {"key": tick.key, "version": tick.text_version, "at": tick.at, **read_attestation(db, tick)}
        for tick in list_attestations(db, institution.id)
    ]


def _signature(db: ReadSession, institution: Institution) -> dict[str, Any] | None:
    signature = find_signature(db, institution.id)
    if signature is None:
        return None
    told = dict(read_signature(db, signature))
    drawing = " ".join("M" + " L".join(f"{x} {y}" for x, y in line) for line in told.get("strokes") or () if line)
    return {**told, "kind": signature.kind, "at": signature.at, "drawing": drawing, "holds": is_signed(db, institution)}

"""Everything that the page of a case shows, gathered for one person: what they need not see is left out here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from starlette.requests import Request

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.clearance.models import Decision, Exemption, Review
from fourcorners.clearance.permissions import can_act, sees_personal_data, sees_who_is_alike
from fourcorners.clearance.phases import OVERRULED_TO, Act, Phase, allows
from fourcorners.clearance.policy import InForce, policy_for
from fourcorners.clearance.queries import (
    facts_of,
    find_review,
    latest_run,
    list_decisions,
    list_exemptions,
    list_messages,
    list_notes,
    machine_decision,
    phase_and_proposals,
    policy_of,
)
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import list_live_checks, list_runs, list_uploads, read_verdict
from fourcorners.infra import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.people.consents import BIOMETRIC, taken_back_at
from fourcorners.people.models import Verification
from fourcorners.people.queries import (
    get_applicant,
    get_verification,
    list_items,
    list_submissions,
    read_claims,
    read_email,
    state_of,
)
from fourcorners.verdict import basis_of, catalogue
from fourcorners.web.console import showing
from fourcorners.web.console.desk import names_of
from fourcorners.web.console.hits import screening_of
from fourcorners.web.console.pictures import picture_link
from fourcorners.web.console.proofs import Paper, Said, papers_of, said_by_proof
from fourcorners.web.console.recorded import event_told, events_of, told_decision, written
from fourcorners.web.who import Who

__all__ = ["CaseFile", "case_file"]


@dataclass(frozen=True)
class CaseFile:
    """What the template lays out. Everything in it may be shown to the person it was gathered for."""

    id: str
    verification: Verification
    review: Review | None
    phase: Phase
    can: Mapping[str, bool]
    personal: bool
    name: str
    reference: str
    email: bool
    suggestion: Decision | None
    seen: int
    decisions: Sequence[Mapping[str, Any]]
    photos: Sequence[showing.Photo]
    faces: Sequence[showing.Face]
    papers: Sequence[Paper]
    proof: Sequence[Said]
    proof_kind: str
    sections: Sequence[showing.Section]
    sources: Sequence[str]
    rows: Sequence[showing.Row]
    live: Mapping[str, Any] | None
    alike: Sequence[tuple[str, str]]
    alike_count: int
    rounds: Sequence[Mapping[str, Any]]
    history: Sequence[Mapping[str, Any]]
    notes: Sequence[Mapping[str, Any]]
    thread: Sequence[Mapping[str, Any]]
    exemptions: Sequence[Mapping[str, Any]]
    exemptible: Sequence[str]
    choices: Mapping[str, Sequence[tuple[str, bool]]]
    told: Sequence[str]
    outcomes: Sequence[str]
    seconds: Sequence[str]
    erased: bool
    screening: Mapping[str, Any]
    held: bool
    unwilling_since: datetime | None


def case_file(request: Request, db: ReadSession, who: Who, case_id: str, locale: str) -> CaseFile:
    """Gather it. Raises NotFound."""
    verification = get_verification(db, case_id)
    person = get_applicant(db, verification.applicant_id)
    review, run = find_review(db, case_id), latest_run(db, case_id)
    phase, proposals = phase_and_proposals(db, verification)
    personal = sees_personal_data(who.actor)
    decisions = list_decisions(db, case_id)
    notes, messages, exempt = list_notes(db, case_id), list_messages(db, case_id), list_exemptions(db, case_id)
    history = events_of(db, person.id)
    people = [d.by for d in decisions] + [n.by for n in notes] + [m.by for m in messages] + [e.by for e in exempt]
    names = names_of(request, db, [*people, *(e.actor for e in history), review.assignee if review else None])
    verdict, erased = _verdict(db, run)
    found = [Finding.from_dict(f) for f in verdict.get("findings", ())]
    suggestion = machine_decision(db, run.id) if run else None
    rules = _rules(db, verification, run)
    told = list(suggestion.reasons) if suggestion else []
    uploads = {} if run is None else dict(run.uploads)
    site, now = request.app.state.site, db.now.timestamp()

    def link(item: str, turns: int) -> str | None:
        upload = uploads.get(item)
        return picture_link(site, upload, who.id, now, turns) if personal and upload else None

    photos = showing.photos(verdict, found, link, locale) if verdict else []
    assignee = review.assignee if review else None
    by = [p.by for p in proposals]
    act = {Phase.PROPOSED: Act.SECOND, Phase.DISPUTED: Act.SETTLE}.get(phase, Act.DECIDE)
    can = {one.value: allows(phase, one) and can_act(who.actor, one, assignee=assignee, decided_by=by) for one in Act}
    can["say"] = can[act.value]
    can["over"] = can[Act.OVERRULE.value] and bool(OVERRULED_TO.get(state_of(verification)))
    sources, rows = showing.read_table(verdict, found) if verdict and personal else ([], [])
    owners = _alike(verdict)
    return CaseFile(
        id=case_id,
        verification=verification,
        review=review,
        phase=phase,
        can=can,
        personal=personal,
        name=_name(db, verification) if personal and not erased else "",
        reference=person.reference or "",
        email=not erased and read_email(db, person) is not None,
        suggestion=suggestion,
        seen=max((d.number for d in decisions), default=0),
        decisions=[told_decision(db, d, names, personal=personal) for d in decisions],
        photos=photos,
        faces=showing.faces(photos, found, verdict) if photos else [],
        papers=papers_of(uploads, {u.id for u in list_uploads(db, case_id) if u.removed_at is None}, link, verdict),
        proof_kind=((verdict.get("address") or {}).get("read") or {}).get("kind") or "" if personal else "",
        sections=showing.sections(_shown(found, personal), _told_by(rules, verdict, exempt), locale),
        sources=sources,
        rows=rows,
        proof=said_by_proof(verdict) if personal else [],
        live=_live(db, verification, verdict, personal),
        alike=_cases(db, owners) if sees_who_is_alike(who.actor) else [],
        alike_count=len(owners),
        rounds=_rounds(db, case_id),
        history=[event_told(e, names) for e in history],
        notes=[written(db, n, names) for n in notes] if personal else [],
        thread=[{**written(db, m, names), "direction": m.direction} for m in messages] if personal else [],
        exemptions=[{**written(db, e, names), "reason": e.reason} for e in exempt] if personal else [],
        exemptible=sorted(rules.exceptions.intersection(told).difference(e.reason for e in exempt)),
        choices=_choices(db, case_id, told),
        told=told,
        outcomes=sorted(OVERRULED_TO.get(state_of(verification), ())) if can["over"] else _outcomes(phase),
        seconds=[o for o in ("approve", "resubmit", "reject") if rules.needs_second(o, tuple(told))],
        erased=erased,
        screening=screening_of(db, case_id, person.sandbox),
        held=person.hold,
        unwilling_since=taken_back_at(db, person.id, BIOMETRIC),
    )


def _verdict(db: ReadSession, run: Run | None) -> tuple[dict[str, Any], bool]:
    if run is None:
        return {}, False
    try:
        plain: dict[str, Any] = json.loads(read_verdict(db, run))
    except KeyDestroyed:
        return {}, True
    return plain, False


def _rules(db: ReadSession, verification: Verification, run: Run | None) -> InForce:
    if run is not None:
        return policy_of(db, run)
    return policy_for(db, facts_of(verification), verification.submitted_at or db.now)


def _name(db: ReadSession, verification: Verification) -> str:
    claims = read_claims(db, verification)
    return " ".join(filter(None, (claims.get("given_names"), claims.get("family_name"))))


def _shown(found: Sequence[Finding], personal: bool) -> list[Finding]:
    """For who need not see: outcome and measure of what was measured in a picture; no words that were read, no ages."""
    if personal:
        return list(found)
    bare = []
    for f in found:
        picture = f.subject in showing.SUBJECTS and f.check not in ("in_date", "old_enough", "birth_date_present")
        bare.append(
            Finding(
                f.check,
                f.version,
                f.outcome,
                f.reason,
                raw=f.raw if picture else None,
                unit=f.unit,
                threshold=f.threshold if picture else None,
                margin=f.margin if picture else None,
                score=f.score if picture else None,
                subject=f.subject,
            )
        )
    return bare


def _told_by(rules: InForce, verdict: Mapping[str, Any], exempt: Sequence[Exemption]) -> dict[tuple[str, str], str]:
    """The rule of the policy, or of the catalogue, behind each finding that counts."""
    if not verdict:
        return {}
    _, because = rules.decide(basis_of(verdict), frozenset(e.reason for e in exempt))
    return {(b.subject, b.check): b.rule for b in because if b.check}


def _live(
    db: ReadSession, verification: Verification, verdict: Mapping[str, Any], personal: bool
) -> dict[str, Any] | None:
    """The last live check: how it ended and its steps; what was seen against it, for who may see."""
    checks = [c for c in list_live_checks(db, verification.applicant_id) if c.case_id == verification.id]
    report = verdict.get("live") or {}
    if not checks and not report:
        return None
    last = checks[-1] if checks else None
    return {
        "code": report.get("code") or (last.code if last else None),
        "steps": report.get("steps") or [{"step": s, "passed": None} for s in (last.steps if last else ())],
        "reasons": report.get("reasons", ()) if personal else (),
        "policy": last.policy if last else "",
        "tries": len(checks),
    }


def _alike(verdict: Mapping[str, Any]) -> list[str]:
    matches = verdict.get("matches") or {}
    owners = [*matches.get("document", ()), *matches.get("person", ()), *(o for o, _ in matches.get("faces", ()))]
    return list(dict.fromkeys(owners))


def _cases(db: ReadSession, owners: Sequence[str]) -> list[tuple[str, str]]:
    query = select(Verification.id, Verification.state).where(Verification.applicant_id.in_(owners))
    return [(case, state) for case, state in db.execute(query)]


def _rounds(db: ReadSession, case_id: str) -> list[dict[str, Any]]:
    runs = {run.submission_id: run for run in list_runs(db, case_id)}
    return [
        {"number": s.number, "round": s.round, "at": s.at, "run": runs.get(s.id)} for s in list_submissions(db, case_id)
    ]


def _outcomes(phase: Phase) -> list[str]:
    return ["approve", "resubmit", "reject"] if phase in (Phase.WAITING, Phase.PROPOSED, Phase.DISPUTED) else []


def _choices(db: ReadSession, case_id: str, told: Sequence[str]) -> dict[str, list[tuple[str, bool]]]:
    """For each item that was handed in: the reasons it can be asked for again, and whether the machine gave them."""
    pictures = set(showing.SUBJECTS.values())
    found: dict[str, list[tuple[str, bool]]] = {}
    for item in list_items(db, case_id):
        fit = [
            code
            for code, entry in catalogue().items()
            if entry.retryable and (entry.redo == item.name or (entry.redo == "picture" and item.name in pictures))
        ]
        if fit:
            found[item.name] = sorted(((code, code in told) for code in fit), key=lambda pair: not pair[1])
    everything = [c for c, e in catalogue().items() if e.group != "NOT_ASSESSED" and e.fail.value != Outcome.PASS]
    found["case"] = sorted(((code, code in told) for code in everything), key=lambda pair: not pair[1])
    return found

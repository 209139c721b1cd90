"""What the checks find of a persona: all is well but for what its table tells, and the decision follows from it."""

from datetime import date

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.registry import REGISTRY, checks_for, group_of
from fourcorners.evidence.models import Run
from fourcorners.infra.db import ReadSession
from fourcorners.kit.canonical import canonical_json
from fourcorners.people.details import claims_for_checks
from fourcorners.people.models import Submission
from fourcorners.people.personas import Persona, expiry_of_document, persona_named
from fourcorners.people.queries import get_applicant, get_verification, read_claims
from fourcorners.verdict import Effect, basis_of, decide_again, default_policy, reason
from fourcorners.verdict.verdict import versions
from fourcorners.workflows.judged import Judged

__all__ = ["find_persona", "play"]

SIDES = ("front", "selfie")


def find_persona(db: ReadSession, applicant_id: str) -> Persona | None:
    """The persona that this applicant is, if any."""
    name = get_applicant(db, applicant_id).persona
    return None if name is None else persona_named(name)


def play(db: ReadSession, persona: Persona, run: Run) -> Judged:
    """A verdict in the form of any other, without a picture."""
    verification, submission = get_verification(db, run.case_id), db.get(Submission, run.submission_id)
    told = persona.told_in(1 if submission is None else submission.number)
    claims = claims_for_checks(
        read_claims(db, verification),
        verification.nationality,
        verification.document_kind,
        verification.document_country,
    )
    policy = default_policy()
    verdict: dict[str, object] = {
        "findings": [finding.to_dict() for finding in _findings(told, Effect(persona.leads_to))],
        "read": _read(claims, run.today),
        "claims": claims,
        "today": run.today.isoformat(),
        "versions": {**versions(policy), "persona": persona.name},
        "pictures": {side: {"persona": persona.name} for side in SIDES},
    }
    decision, because = decide_again(basis_of(verdict), policy, {})
    reasons = tuple(dict.fromkeys(b.code for b in because))
    redo = dict.fromkeys(b.redo for b in because if b.redo and b.effect.value == decision.value)
    verdict |= {
        "verdict": decision.value,
        "reasons": list(reasons),
        "because": [b.to_dict() for b in because],
        "redo": list(redo) if decision.value == Effect.RESUBMIT else [],
    }
    return Judged(canonical_json(verdict), decision.value, reasons, {**versions(policy), "persona": persona.name})


def _findings(told: tuple[str, ...], effect: Effect) -> list[Finding]:
    wanted = [(m.NAME, m.VERSION, side) for side in SIDES for m in checks_for(side)]
    wanted += [(m.NAME, m.VERSION, "case") for group in ("match", "case") for m in REGISTRY[group]]
    found = {(name, side): Finding(name, version, Outcome.PASS, subject=side) for name, version, side in wanted}
    for code in told:
        name, side = next(place for place in found if code in _reasons(*place) and _fits(code, place[1]))
        outcome = next(o for o in (Outcome.FAIL, Outcome.UNSURE) if reason(code).effect(o) is effect)
        found[name, side] = Finding(name, found[name, side].version, outcome, code, subject=side)
    return list(found.values())


def _reasons(name: str, side: str) -> tuple[str, ...]:
    module = next(m for m in REGISTRY[group_of(name, side)] if name == m.NAME)
    told: tuple[str, ...] = tuple(module.REASONS)
    return told


def _fits(code: str, side: str) -> bool:
    """A reason of a selfie is told of the selfie, one of a document of its front."""
    of = {"selfie": "selfie", "document_front": "front", "picture": "front"}.get(reason(code).redo or "")
    return of is None or side in (of, "case")


def _read(claims: dict[str, str], today: date) -> dict[str, object]:
    said = {name: claims[name] for name in ("family_name", "given_names", "birth_date", "document_number", "sex")}
    said |= {"nationality": claims["nationality"], "issuing_state": claims["issuing_state"]}
    said["expiry_date"] = expiry_of_document(today).isoformat()
    entry = {"source": "persona", "confidence": 1.0, "side": "front", "box": None, "others": []}
    return {
        "document": {"kind": claims["document_kind"], "country": claims["issuing_state"], "because": ["persona"]},
        "fields": {name: {"value": value, **entry} for name, value in said.items()},
        "mrz": None,
        "barcodes": [],
    }

"""What was verified about somebody, as OpenID Identity Assurance writes it: `verified_claims`, schema definition 1.0.

Opens sealed data: whoever calls it answers for that. The values are those that were typed in and found to agree.
"""

from collections.abc import Mapping
from typing import Any

from fourcorners.clearance.assurance_rules import check_verified_claims
from fourcorners.clearance.errors import NotVerified
from fourcorners.clearance.models import Decision
from fourcorners.clearance.queries import latest_decision
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import get_run, list_runs
from fourcorners.formats.states import states
from fourcorners.infra.audit import audit
from fourcorners.infra.db import WriteSession
from fourcorners.people import Item, ItemState, State
from fourcorners.people.models import Verification
from fourcorners.people.queries import get_verification_of, item_states, read_claims, state_of
from fourcorners.people.rules import flow

__all__ = ["verified_claims"]

DOCUMENT_TYPES = {
    "passport": "passport",
    "identity_card": "idcard",
    "driving_licence": "driving_permit",
    "residence_permit": "residence_permit",
}
IMAGES_LOOKED_AT, FACES_COMPARED = "vri", "bvr"  # remote: pictures of the document looked at, the face compared


def verified_claims(
    db: WriteSession, applicant_id: str, *, actor: str, trust_framework: str, organization: str
) -> dict[str, Any]:
    """The object `{"verified_claims": ...}`; noted in the audit log. Raises NotVerified, NotFound, KeyDestroyed."""
    case = get_verification_of(db, applicant_id)
    decision = latest_decision(db, case.id)
    if state_of(case) is not State.VERIFIED or decision is None:
        raise NotVerified("This person is not verified.", state=case.state)
    details = read_claims(db, case)
    run = _run_of(db, case, decision)
    told = {
        "verified_claims": {
            "verification": {
                "trust_framework": trust_framework,
                "assurance_level": flow()["levels"][str(case.level_wanted)]["name"],
                "time": _moment(decision),
                "verification_process": case.id,
                "evidence": [
                    {
                        "type": "document",
                        "check_details": _checks(run, decision, organization),
                        "document_details": _document(case, details),
                    }
                ],
            },
            "claims": _claims(db, case, details),
        }
    }
    if problems := check_verified_claims(told):
        raise ValueError(f"this is no verified_claims: {problems}")
    audit(db, actor=actor, action="claims.exported", subject=case.id, owner=applicant_id, details={"form": "openid"})
    return told


def _run_of(db: WriteSession, case: Verification, decision: Decision) -> Run | None:
    if decision.run_id is not None:
        return get_run(db, decision.run_id)
    runs = list_runs(db, case.id)
    return runs[-1] if runs else None


def _checks(run: Run | None, decision: Decision, organization: str) -> list[dict[str, str]]:
    """What was done, by whom, when: by the machine, and by the person who decided if there was one."""
    done = []
    if run is not None and run.finished_at is not None:
        when = run.finished_at.isoformat(timespec="seconds")
        done = [
            {"check_method": method, "organization": organization, "check_id": run.id, "time": when}
            for method in (IMAGES_LOOKED_AT, FACES_COMPARED)
        ]
    if run is None or decision.by != "system":
        by_person = {"organization": organization, "check_id": decision.id, "time": _moment(decision)}
        done.append({"check_method": IMAGES_LOOKED_AT, **by_person})
    return done


def _document(case: Verification, details: Mapping[str, str]) -> dict[str, Any]:
    expiry = {"date_of_expiry": case.expires_on.isoformat()} if case.expires_on else {}
    return {
        "type": DOCUMENT_TYPES[case.document_kind or "passport"],
        "document_number": details["document_number"],
        "issuer": {"country_code": _alpha3(case.document_country)},
        **expiry,
    }


def _claims(db: WriteSession, case: Verification, details: Mapping[str, str]) -> dict[str, Any]:
    """The names as OpenID Connect has them. An address only where a proof of it was accepted."""
    told: dict[str, Any] = {
        "family_name": details["family_name"],
        "birthdate": details["birth_date"],
        "nationalities": [_alpha3(case.nationality)],
    }
    if details.get("given_names"):
        told["given_name"] = details["given_names"]
    if details.get("address") and item_states(db, case.id).get(Item.PAPER) is ItemState.ACCEPTED:
        told["address"] = {"formatted": details["address"], "country_code": _alpha3(case.residence)}
    return told


def _alpha3(alpha2: str | None) -> str:
    """The three letters that travel documents use (ICAO Doc 9303-3), which OpenID asks for too."""
    specimen = flow()["specimen"]
    if alpha2 == specimen["country"]:
        return str(specimen["state"])
    return next(code for code, state in states().items() if state.alpha2 == alpha2 and state.kind == "iso")


def _moment(decision: Decision) -> str:
    return decision.at.isoformat(timespec="seconds")

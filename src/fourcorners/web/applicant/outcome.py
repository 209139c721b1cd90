"""The end of it: a last look, waiting, and what came of it, with a way straight to what is to be done again."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.clearance.queries import is_asked, latest_decision
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.queries import find_party_of
from fourcorners.people import Item, ItemState, State, Step
from fourcorners.people.actions import submit
from fourcorners.people.consents import agree
from fourcorners.people.countries import country_name
from fourcorners.people.details import FIELDS
from fourcorners.people.errors import CountryUnsupported, Incomplete, TooManySubmissions, Underage
from fourcorners.people.queries import items_wanted, list_items, read_claims, read_email
from fourcorners.people.rules import flow
from fourcorners.verdict.catalogue import reason
from fourcorners.web.applicant.pictures import picture_for
from fourcorners.web.applicant.whose import Mine, item_path, locale_here, mine, mine_to_write, next_path, page
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, words_of
from fourcorners.web.telling import reason_words

__all__ = ["router"]

router = page_router("/verify")
READ_ONCE_MORE = tuple(field for field in FIELDS if field != "single_name")
"""That somebody has one name only is seen from the names."""
GIVEN = (ItemState.GIVEN, ItemState.ACCEPTED)


@router.get("/review")
def review(request: Request) -> Response:
    """Everything once more, before it is handed in."""
    with mine(request) as (db, own):
        if own.state not in (State.IN_PROGRESS, State.ACTION_REQUIRED):
            return go(next_path(db, own))
        return _review(request, db, own)


@router.post("/review")
def hand_in(request: Request, form: Form) -> Response:
    """Submit it."""
    words = words_of(request, "applicant")
    with mine_to_write(request) as (db, own):
        if text_of(form, "declaration") != "yes":
            return _review(request, db, own, wrong=words("applicant.review.declaration_missing"))
        actor, text = own.applicant.id, words("applicant.review.declaration")
        try:
            submit(db, own.id, actor=actor)
        except (Incomplete, TooManySubmissions) as refusal:
            return _review(request, db, own, wrong=words(f"applicant.refused.{refusal.code}"))
        except CountryUnsupported:
            return page(request, db, own, "unsupported", status=422)
        except Underage as refusal:
            return page(request, db, own, "underage", status=422, years=refusal.fields["minimum_age_years"])
        agree(db, own.applicant.id, "declaration", actor=actor, text=text, locale=locale_here(request))
    return go("/verify/waiting")


@router.get("/waiting")
def waiting(request: Request) -> Response:
    """How long it may take; the page follows by itself."""
    with mine(request) as (db, own):
        if own.state is not State.UNDER_REVIEW:
            return go(next_path(db, own))
        if is_asked(db, own.id):
            return go("/verify/question")
        rules = flow()
        decided = latest_decision(db, own.id)
        by_person = (
            decided is not None
            and decided.outcome == "review"
            and decided.at >= (own.verification.submitted_at or decided.at)
        )
        return page(
            request,
            db,
            own,
            "waiting",
            by_person=by_person,
            due_at=own.verification.due_at,
            automatic_min=rules["automatic_within_min"],
            manual_h=rules["manual_within_h"],
            email=read_email(db, own.applicant) is not None,
        )


@router.get("/result")
def result(request: Request) -> Response:
    """Verified; or each item that is to be done again, why, and how; or that it is not possible."""
    with mine(request) as (db, own):
        if own.state not in (State.VERIFIED, State.REJECTED_FINAL, State.ACTION_REQUIRED):
            return go(next_path(db, own))
        decided = latest_decision(db, own.id)
        final = [] if decided is None else [_told(request, code) for code in decided.reasons]
        again = [
            {
                "name": row.name,
                "path": item_path(Item(row.name)),
                "reasons": [_told(request, code) for code in row.reasons],
            }
            for row in list_items(db, own.id)
            if row.state == ItemState.REDO
        ]
        ready = not again and own.state is State.ACTION_REQUIRED
        asked = find_party_of(db, own.applicant.id) is not None
        expires = own.verification.expires_on
        return page(
            request, db, own, "result", items=again, reasons=final, ready=ready, expires_on=expires,
            for_institution=asked,
        )  # fmt: skip


def _told(request: Request, code: str) -> dict[str, object]:
    """A reason as the applicant reads it: nothing of other people, nothing that names a check."""
    told, entry = reason_words(code, locale_here(request)), reason(code)
    return {
        "code": code,
        "title": told.title,
        "todo": told.todo,
        "retryable": entry.retryable,
        "help": f"/help/{entry.help}",
        "picture": picture_for(code),
    }


def _review(request: Request, db: ReadSession, own: Mine, *, wrong: str = "") -> Response:
    states = {row.name: row.state for row in list_items(db, own.id)}
    claims = read_claims(db, own.verification)
    locale = locale_here(request)
    return page(
        request,
        db,
        own,
        "review",
        step=Step.REVIEW,
        status=422 if wrong else 200,
        errors={"declaration-yes": wrong, "declaration": wrong} if wrong else {},
        residence=country_name(own.verification.residence, locale),
        nationality=country_name(own.verification.nationality, locale),
        document_country=country_name(own.verification.document_country, locale),
        facts=[(field, _shown(request, field, claims[field])) for field in READ_ONCE_MORE if claims.get(field)],
        items=[
            {
                "name": item.value,
                "path": item_path(item),
                "given": states.get(item) in GIVEN,
                "kept": own.state is State.ACTION_REQUIRED and states.get(item) == ItemState.ACCEPTED,
                "shown": item in (Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK, Item.SELFIE),
            }
            for item in items_wanted(own.verification)
        ],
    )


def _shown(request: Request, field: str, value: str) -> str:
    words = words_of(request, "applicant")
    if field == "birth_date":
        return words.date(date.fromisoformat(value))
    return words(f"applicant.details.sex_{value.lower()}") if field == "sex" else value

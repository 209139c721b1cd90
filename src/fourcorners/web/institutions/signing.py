"""Statements ticked one by one, everything looked through, signed by name or by hand, submitted when complete."""

import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import sign, submit, tick, untick
from fourcorners.institutions.actions.signing import DRAWN, TYPED
from fourcorners.institutions.errors import ApplicationIncomplete, FieldUnknown
from fourcorners.institutions.kinds import text_of
from fourcorners.institutions.queries import (
    find_signature,
    list_attestations,
    list_papers,
    list_parties,
    read_attestation,
    read_party,
    read_section,
    read_signature,
)
from fourcorners.institutions.reading import is_signed
from fourcorners.institutions.sections import attestation_version
from fourcorners.people.countries import country_name
from fourcorners.web.forms import Form, page_router
from fourcorners.web.forms import text_of as typed_text
from fourcorners.web.institutions.filling import needs_of
from fourcorners.web.institutions.framing import after, page, standing_of
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here, mine, mine_to_write, origin_of
from fourcorners.web.pages import go, words_of

__all__ = ["router"]

router = page_router("/institution")
STATEMENTS, REVIEW = "attestations", "review_and_sign"
STROKES_LETTERS_MAX = 400_000
NAME_LETTERS_MAX = 200


@router.get("/{institution_id}/attestations")
def statements(request: Request, institution_id: str) -> Response:
    """Every statement on its own, with who ticked it and when (INS13)."""
    with mine(request, institution_id) as (db, own):
        return _statements(request, db, own)


@router.post("/{institution_id}/attestations")
def confirm(request: Request, institution_id: str, form: Form) -> Response:
    """What is ticked is kept, each by itself; what is not ticked any more is taken back."""
    signer = typed_text(form, "signer", length_max=NAME_LETTERS_MAX)
    with mine_to_write(request, institution_id) as (db, own):
        wanted = needs_of(db, own)
        held = {kept.key for kept in list_attestations(db, own.id)}
        keys = wanted.attestations if wanted is not None else ()
        ticked = [key for key in keys if typed_text(form, key) == "yes"]
        new = [key for key in ticked if key not in held]
        if new and len(signer) < 2:
            wrong = {"signer": words_of(request, AREA_NAME)("institutions.statements.signer_missing")}
            return _statements(request, db, own, errors=wrong, ticked=set(ticked))
        for key in keys:
            if key in new:
                tick(db, own.id, key, actor=own.actor, signer=signer, address=own.address)
            elif key in held and key not in ticked:
                untick(db, own.id, key, actor=own.actor)
        standing = standing_of(request, db, own)
        if standing.errors_of(STATEMENTS):
            return go(f"{own.path}/{STATEMENTS}#{next(iter(standing.errors_of(STATEMENTS)))}")
        return go(f"{own.path}/{after(STATEMENTS)}")


@router.get("/{institution_id}/review_and_sign")
def review(request: Request, institution_id: str) -> Response:
    """Everything at a glance, what is missing with the way to it, and the signature."""
    with mine(request, institution_id) as (db, own):
        return _review(request, db, own)


@router.post("/{institution_id}/review_and_sign")
def put_name(request: Request, institution_id: str, form: Form) -> Response:
    """Sign what stands there now: the name typed, or drawn."""
    signer = typed_text(form, "signer", length_max=NAME_LETTERS_MAX)
    kind = typed_text(form, "kind", length_max=10)
    with mine_to_write(request, institution_id) as (db, own):
        try:
            sign(
                db, own.id, actor=own.actor, signer=signer, kind=kind if kind in (DRAWN, TYPED) else TYPED,
                strokes=_strokes(typed_text(form, "strokes", length_max=STROKES_LETTERS_MAX)), address=own.address,
            )  # fmt: skip
        except FieldUnknown as refusal:
            problems: Mapping[str, str] = refusal.fields["problems"]  # type: ignore[assignment]
            words = words_of(request, AREA_NAME)
            errors = {name: words(f"institutions.review.{name}_missing") for name in problems if name != "kind"}
            return _review(request, db, own, errors=errors, signer=signer)
        return go(f"{own.path}/{REVIEW}#submit")


@router.post("/{institution_id}/submit")
def hand_in(request: Request, institution_id: str, form: Form) -> Response:
    """Submit it: complete, or not at all (INS4). A double click submits it once."""
    with mine_to_write(request, institution_id) as (db, own):
        try:
            submit(db, own.id, actor=own.actor, origin=origin_of(request))
        except ApplicationIncomplete:
            return _review(request, db, own, incomplete=True)
        return go(own.path)


def _strokes(told: str) -> list[list[list[float]]]:
    """The drawing as the script sent it; none where it is no drawing (which the signature then says)."""
    try:
        strokes = json.loads(told or "[]")
    except (ValueError, RecursionError):
        return []
    return strokes if isinstance(strokes, list) else []


def _statements(
    request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None,
    ticked: set[str] | None = None,
) -> Response:  # fmt: skip
    standing = standing_of(request, db, own)
    wanted = needs_of(db, own)
    held = {kept.key: (read_attestation(db, kept)["signer"], kept.at) for kept in list_attestations(db, own.id)}
    english = locale_here(request) == "en"
    return page(
        request, db, own, STATEMENTS, section=STATEMENTS, status=422 if errors else 200, standing=standing,
        errors=errors or standing.errors_of(STATEMENTS), held=held, ticked=ticked if ticked is not None else set(held),
        statements=[(key, "" if english else text_of("attestations", key)) for key in
                    (wanted.attestations if wanted is not None else ())],
        text_version=attestation_version(), signer=next(iter(held.values()))[0] if held else own.name,
    )  # fmt: skip


def _review(
    request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None, signer: str = "",
    incomplete: bool = False,
) -> Response:  # fmt: skip
    standing = standing_of(request, db, own)
    signature = find_signature(db, own.id)
    told = read_signature(db, signature) if signature is not None else None
    holds = is_signed(db, own.institution)
    basic = read_section(db, own.id, "basic_info").values
    lacking = [one for one in standing.told if one.section != REVIEW]
    return page(
        request, db, own, "review", section=REVIEW, status=422 if errors or incomplete else 200, standing=standing,
        errors=errors or {}, lacking=lacking, incomplete=incomplete, holds=holds,
        signature=signature, told=told, drawn=_path(told["strokes"]) if told is not None else "",
        signer=signer or (told["name"] if told is not None else own.name),
        facts=[(name, basic[name]) for name in ("legal_name", "registration_number", "incorporation_date", "industry")
               if name in basic],
        country=country_name(own.institution.country, locale_here(request)),
        named=[read_party(db, party).values for party in list_parties(db, own.id)],
        papers=sorted({paper.paper for paper in list_papers(db, own.id) if paper.party_id is None}),
    )  # fmt: skip


def _path(strokes: list[list[list[int]]]) -> str:
    """Strokes as the path of a drawing."""
    return " ".join("M" + " L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes if stroke)

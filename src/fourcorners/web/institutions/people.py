"""Key people: entered once with all their roles, verified by a link of their own or by papers for them (INS5)."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.accounts.errors import EmailInvalid
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.actions import add_party, change_party, remove_party, send_party_link
from fourcorners.institutions.errors import FieldUnknown, SectionChanged
from fourcorners.institutions.models import Party
from fourcorners.institutions.queries import get_party, list_papers, list_parties, person_state, read_party
from fourcorners.institutions.reading import graph_of
from fourcorners.institutions.sections import identity_papers
from fourcorners.kit.ids import new_id
from fourcorners.people.countries import country_names
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.filling import needs_of
from fourcorners.web.institutions.framing import Standing, page, saved, standing_of, wants_json
from fourcorners.web.institutions.saving import changes_of, clash, kept_as_shown, seen_of, typed
from fourcorners.web.institutions.telling import problem_words
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here, mine, mine_to_write, origin_of
from fourcorners.web.pages import go, words_of
from fourcorners.web.telling import refusal_words

__all__ = ["PARTY_TEXTS", "router", "show_party"]

router = page_router("/institution")
SECTION = "key_people"
PERSON, ENTITY, CLASS = "person", "entity", "class"
PARTY_TEXTS = (
    "name", "position", "birth_date", "nationality", "residence", "address", "share", "identity_kind",
    "identity_number", "identity_expires", "email", "node", "country", "registration_number", "source_of_wealth",
)  # fmt: skip
ROLES = (
    "officer", "director", "owner", "authorised_user", "partner", "donor", "trustee", "beneficiary", "settlor",
    "protector",
)  # fmt: skip


@router.get("/{institution_id}/key_people")
def people(request: Request, institution_id: str) -> Response:
    """Everybody who is named, with their roles and how far each is; and the roles that nobody has yet."""
    with mine(request, institution_id) as (db, own):
        standing = standing_of(request, db, own)
        named = [_row(db, own, party, standing) for party in list_parties(db, own.id)]
        wanted = needs_of(db, own)
        held = {role for row in named for role in row["values"].get("roles", ())}
        return page(
            request, db, own, "people", section=SECTION, standing=standing, named=named, needed=wanted,
            open_roles=[told for told in standing.told if told.section == SECTION and not told.party], held=held,
        )  # fmt: skip


@router.get("/{institution_id}/key_people/new")
def ask_party(request: Request, institution_id: str) -> Response:
    """The form for somebody who is not named yet; the address may say the role and the box of the chart."""
    asked = request.query_params
    with mine(request, institution_id) as (db, own):
        graph = graph_of(db, own.id).graph
        node = graph.nodes.get(asked.get("node", "")) if graph is not None else None
        said: dict[str, Any] = {"roles": [role for role in ROLES if role == asked.get("role")]}
        if node is not None:
            said |= {"name": node.name, "node": node.id, "is_entity": node.kind != "person"}
        return _party(request, db, own, None, said=said)


@router.post("/{institution_id}/key_people/new")
def add(request: Request, institution_id: str, form: Form) -> Response:
    """Name them. A double click names them once."""
    said = _said(form)
    key = text_of(form, "key", length_max=40)
    with mine_to_write(request, institution_id) as (db, own):
        if not said["name"]:
            missing = words_of(request, AREA_NAME)("institutions.problem.missing")
            return _party(request, db, own, None, said=said, errors={"name": missing})
        try:
            party = add_party(
                db, own.id, actor=own.actor, values={k: v for k, v in said.items() if v},
                key=key if key.startswith("pty_") else None,
            )  # fmt: skip
        except FieldUnknown as refusal:
            return _party(request, db, own, None, said=said, errors=_problems(request, refusal))
        return go(f"{own.path}/{SECTION}/{party.id}")


@router.get("/{institution_id}/key_people/{party_id}")
def look(request: Request, institution_id: str, party_id: str) -> Response:
    """One person or entity, and how they are verified."""
    with mine(request, institution_id) as (db, own):
        return _party(request, db, own, get_party(db, own.id, party_id))


@router.post("/{institution_id}/key_people/{party_id}")
def change(request: Request, institution_id: str, party_id: str, form: Form) -> Response:
    """What was changed is kept."""
    said = _said(form)
    with mine_to_write(request, institution_id) as (db, own):
        party, changes = get_party(db, own.id, party_id), changes_of(form, said)
        try:
            kept = change_party(db, own.id, party_id, actor=own.actor, changes=changes, seen=seen_of(form))
        except SectionChanged as refusal:
            here = f"{own.path}/{SECTION}/{party_id}"
            return clash(request, db, own, SECTION, changes, refusal, action=here, back=here)
        except FieldUnknown as refusal:
            return _party(request, db, own, party, said=said, errors=_problems(request, refusal))
        standing = standing_of(request, db, own)
        if wants_json(request):
            return saved(request, standing, SECTION, kept, changes, party_id)
        if any(told.party == party_id and told.is_error for told in standing.told):
            return _party(request, db, own, party, status=422)
        return go(f"{own.path}/{SECTION}")


@router.post("/{institution_id}/key_people/{party_id}/remove")
def take_out(request: Request, institution_id: str, party_id: str, form: Form) -> Response:
    """They are no longer named."""
    with mine_to_write(request, institution_id) as (db, own):
        remove_party(db, own.id, party_id, actor=own.actor)
        return go(f"{own.path}/{SECTION}")


@router.post("/{institution_id}/key_people/{party_id}/link")
def send_link(request: Request, institution_id: str, party_id: str, form: Form) -> Response:
    """A link to their own verification goes to them; what they hand in stays theirs."""
    address = text_of(form, "email", length_max=254)
    with mine_to_write(request, institution_id) as (db, own):
        party = get_party(db, own.id, party_id)
        try:
            if own.is_open:
                held = read_party(db, party)
                change_party(db, own.id, party_id, actor=own.actor, changes={"email": address}, seen=held.version)
            send_party_link(db, own.id, party_id, actor=own.actor, origin=origin_of(request))
        except EmailInvalid as refusal:
            return _party(
                request, db, own, party, errors={"link_email": refusal_words(request, refusal, area=AREA_NAME)}
            )
        except FieldUnknown as refusal:
            problem = next(iter(_problems(request, refusal).values()))
            return _party(request, db, own, party, errors={"link_email": problem})
        return go(f"{own.path}/{SECTION}/{party_id}#verified-by")


def show_party(request: Request, db: ReadSession, own: Mine, party_id: str, errors: Mapping[str, str]) -> Response:
    """The page of somebody with what is wrong on it."""
    return _party(request, db, own, get_party(db, own.id, party_id), errors=errors)


def _said(form: FormData) -> dict[str, Any]:
    """The fields of somebody as the form says them; ticks only where it had them."""
    said: dict[str, Any] = dict(typed(form, PARTY_TEXTS))
    what = text_of(form, "what", length_max=10)
    if what:
        said |= {"is_entity": what == ENTITY, "is_class": what == CLASS}
    if "has_roles" in form:
        roles = {role for role in form.getlist("roles") if isinstance(role, str)}
        said |= {"roles": sorted(roles), "is_pep": text_of(form, "is_pep") == "yes"}
    return said


def _problems(request: Request, refusal: FieldUnknown) -> dict[str, str]:
    words = words_of(request, AREA_NAME)
    problems: Mapping[str, str] = refusal.fields["problems"]  # type: ignore[assignment]
    return {name: problem_words(words, problem) for name, problem in problems.items()}


def _row(db: ReadSession, own: Mine, party: Party, standing: Standing) -> dict[str, Any]:
    state = person_state(db, party)
    lacks = [told for told in standing.told if told.party == party.id]
    return {
        "id": party.id,
        "values": read_party(db, party).values,
        "link": state.value if state is not None else "",
        "lacks": lacks,
        "wrong": any(told.is_error for told in lacks),
    }


def _party(
    request: Request,
    db: ReadSession,
    own: Mine,
    party: Party | None,
    *,
    status: int = 200,
    said: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    standing = standing_of(request, db, own)
    held = read_party(db, party) if party is not None else None
    values: Mapping[str, Any] = held.values if held is not None else {}
    shown = {name: values.get(name, "") for name in PARTY_TEXTS}
    shown |= {"roles": list(values.get("roles", [])), "is_pep": bool(values.get("is_pep"))}
    shown |= {"is_entity": bool(values.get("is_entity")), "is_class": bool(values.get("is_class"))}
    wanted = needs_of(db, own)
    roles = ROLES if wanted is None else tuple(
        role for role in ROLES if role in {*wanted.people, *wanted.people_if_any, "owner", *shown["roles"]}
    )  # fmt: skip
    papers = [paper for paper in list_papers(db, own.id) if party is not None and paper.party_id == party.id]
    graph = graph_of(db, own.id).graph
    state = person_state(db, party) if party is not None else None
    names = identity_papers()
    return page(
        request,
        db,
        own,
        "party",
        section=SECTION,
        status=422 if errors else status,
        standing=standing,
        errors=errors or (standing.errors_of(SECTION, party.id) if party is not None else {}),
        party=party,
        key=new_id("pty"),
        said={**shown, **(said or {})},
        was=kept_as_shown(shown),
        version=held.version if held is not None else 0,
        roles=roles,
        countries=list(country_names(locale_here(request), sandbox=own.institution.sandbox).items()),
        nodes=[] if graph is None else [(node.id, node.name or node.id) for node in graph.nodes.values()],
        papers={paper.paper: paper for paper in papers},
        sides=names.sides,
        photo_page=names.page,
        proof=names.proof_of_address,
        link=state.value if state is not None else "",
    )

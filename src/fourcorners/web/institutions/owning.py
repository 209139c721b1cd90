"""Who owns it: the chart drawn in the page, box by box and holding by holding, with the owners that follow from it."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from fourcorners.evidence.queries import get_upload, read_name
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.institutions.actions import change_party, export_graph, import_graph, save_section
from fourcorners.institutions.errors import SectionChanged
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.ownership import EdgeKind, NodeKind, parse_share
from fourcorners.institutions.queries import get_party, list_papers, list_parties, read_party, read_section
from fourcorners.institutions.reading import EDGE, NODE, SUBJECT, graph_from_fields, graph_of
from fourcorners.kit.errors import Refusal
from fourcorners.kit.ids import new_id
from fourcorners.people.countries import country_names
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.framing import page, standing_of
from fourcorners.web.institutions.proving import show_owners
from fourcorners.web.institutions.saving import seen_of
from fourcorners.web.institutions.telling import graph_words
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here, mine, mine_to_write
from fourcorners.web.pages import go, words_of
from fourcorners.web.telling import refusal_words

__all__ = ["router"]

router = page_router("/institution")
SECTION = "ownership"
OWN = "own"
PARTY = "party:"
NEW = "new"
FILE_BYTES_MAX = 10_000_000
LISTED_MAX = 300
"""So many holdings and boxes are listed; the others are in the file that can be taken out and put in again."""
SHARES = (EdgeKind.SHARES, EdgeKind.VOTES)
PLAIN_NODE: Mapping[str, Any] = {"name": "", "kind": "person", "country": "", "listed": False, "widely_held": ""}
PLAIN_EDGE: Mapping[str, Any] = {
    "owner": "", "owned": "", "kind": "shares", "share": "", "documents": (), "means": "", "held_for": "",
    "bearer": False, "start": "", "end": "",
}  # fmt: skip
"""What a box and a holding are where nothing is said."""


@router.get("/{institution_id}/ownership")
def chart(request: Request, institution_id: str) -> Response:
    """The boxes, the holdings, the drawing, and the owners with their proofs."""
    with mine(request, institution_id) as (db, own):
        return _chart(request, db, own, at=request.query_params.get("at", ""))


@router.post("/{institution_id}/ownership/holdings")
def add_holding(request: Request, institution_id: str, form: Form) -> Response:
    """Somebody holds something: a box that is there, one of the key people, or somebody new."""
    with mine_to_write(request, institution_id) as (db, own):
        errors: dict[str, str] = {}
        changes = _with_subject(db, own)
        owner = _owner(db, own, form, changes, errors, request)
        edge_id = new_id("edg")
        changes[f"{EDGE}{edge_id}"] = _edge(form, edge_id, owner, errors, request)
        return _keep(request, db, own, form, changes, errors, at="add", said=dict(_texts(form)))


@router.post("/{institution_id}/ownership/holdings/{edge_id}")
def change_holding(request: Request, institution_id: str, edge_id: str, form: Form) -> Response:
    """What a holding is now."""
    with mine_to_write(request, institution_id) as (db, own):
        errors: dict[str, str] = {}
        edge = _edge(form, edge_id, text_of(form, "owner", length_max=80), errors, request)
        return _keep(request, db, own, form, {f"{EDGE}{edge_id}": edge}, errors, at=f"{EDGE}{edge_id}")


@router.post("/{institution_id}/ownership/holdings/{edge_id}/remove")
def remove_holding(request: Request, institution_id: str, edge_id: str, form: Form) -> Response:
    """It is no part of the chart."""
    with mine_to_write(request, institution_id) as (db, own):
        return _keep(request, db, own, form, {f"{EDGE}{edge_id}": None}, {}, at=f"{EDGE}{edge_id}")


@router.post("/{institution_id}/ownership/boxes/{node_id}")
def change_box(request: Request, institution_id: str, node_id: str, form: Form) -> Response:
    """What a box is now: its kind and name, whether it is listed, why its holders do not add up."""
    with mine_to_write(request, institution_id) as (db, own):
        errors: dict[str, str] = {}
        node = _node(form, node_id, errors, request)
        return _keep(request, db, own, form, {f"{NODE}{node_id}": node}, errors, at=f"{NODE}{node_id}")


@router.post("/{institution_id}/ownership/boxes/{node_id}/remove")
def remove_box(request: Request, institution_id: str, node_id: str, form: Form) -> Response:
    """A box goes, with all holdings of it and in it."""
    with mine_to_write(request, institution_id) as (db, own):
        values = read_section(db, own.id, SECTION).values
        ends = ("owner", "owned", "held_for")
        gone = [
            name for name, edge in values.items()
            if name.startswith(EDGE) and node_id in {edge.get(end) for end in ends}
        ]  # fmt: skip
        changes = dict.fromkeys([f"{NODE}{node_id}", *gone, *([SUBJECT] if values.get(SUBJECT) == node_id else [])])
        return _keep(request, db, own, form, changes, {}, at=f"{NODE}{node_id}")


@router.post("/{institution_id}/ownership/files")
def take_file(request: Request, institution_id: str, form: Form) -> Response:
    """The chart from a file: statements (BODS 0.4), or our own form. It replaces what is drawn."""
    file = form.get("file")
    data = file.file.read(FILE_BYTES_MAX + 1) if isinstance(file, UploadFile) else b""
    with mine_to_write(request, institution_id) as (db, own):
        words = words_of(request, AREA_NAME)
        if not data or len(data) > FILE_BYTES_MAX:
            key = "too_long" if data else "missing"
            return _chart(request, db, own, errors={"file": words(f"institutions.problem.{key}")})
        try:
            text = data.decode("utf-8-sig")
            subject = text_of(form, "subject", length_max=200)
            import_graph(db, own.id, actor=own.actor, text=text, seen=seen_of(form), subject=subject)
        except UnicodeDecodeError:
            return _chart(request, db, own, errors={"file": words("institutions.problem.invalid")})
        except Refusal as refusal:
            return _chart(request, db, own, errors={"file": refusal_words(request, refusal, area=AREA_NAME)})
        return go(f"{own.path}/{SECTION}#chart")


@router.post("/{institution_id}/ownership/export")
def give_file(request: Request, institution_id: str, form: Form) -> Response:
    """The chart as statements (BODS 0.4)."""
    with mine_to_write(request, institution_id) as (db, own):
        try:
            text = export_graph(db, own.id, actor=own.actor, publisher="Fourcorners")
        except Refusal as refusal:
            return _chart(request, db, own, errors={"file": refusal_words(request, refusal, area=AREA_NAME)})
        headers = {"content-disposition": 'attachment; filename="ownership.json"'}
        return Response(text, media_type="application/json", headers=headers)


def _keep(
    request: Request, db: WriteSession, own: Mine, form: FormData, changes: Mapping[str, Any], errors: dict[str, str],
    *, at: str, said: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    """Save, if the chart hangs together afterwards; else say on the form `at` what is amiss."""
    held = read_section(db, own.id, SECTION)
    shown = said if said is not None else changes.get(at)
    if not errors:
        after = {name: value for name, value in {**held.values, **changes}.items() if value is not None}
        problem = graph_from_fields(after).problem
        if problem is not None and graph_from_fields(held.values).problem is None:
            words = words_of(request, AREA_NAME)
            errors["form"] = words("institutions.wrong.graph", why=graph_words(words, problem, {}))
    if errors:
        return _chart(request, db, own, errors=errors, at=at, said=shown)
    try:
        save_section(db, own.id, SECTION, actor=own.actor, changes=changes, seen=seen_of(form))
    except SectionChanged:
        clash = {"form": words_of(request, AREA_NAME)("institutions.owning.clash")}
        return _chart(request, db, own, errors=clash, at=at, said=shown, status=409)
    return go(f"{own.path}/{SECTION}#holdings")


def _with_subject(db: ReadSession, own: Mine) -> dict[str, Any]:
    """The box of the institution itself, where it is not drawn yet."""
    values = read_section(db, own.id, SECTION).values
    if values.get(SUBJECT):
        return {}
    basic = read_section(db, own.id, "basic_info").values
    kind = NodeKind.ARRANGEMENT if own.institution.kind == Kind.TRUST else NodeKind.ENTITY
    node = {"id": OWN, "kind": kind.value, "name": basic.get("legal_name", ""), "country": basic.get("country", "")}
    if own.institution.kind == Kind.LISTED_COMPANY:
        node["listed"] = True
    return {SUBJECT: OWN, f"{NODE}{OWN}": node}


def _owner(
    db: WriteSession, own: Mine, form: FormData, changes: dict[str, Any], errors: dict[str, str], request: Request
) -> str:
    """The id of whoever holds; a box is added to `changes` where there is none yet."""
    said = text_of(form, "owner", length_max=80)
    if said.startswith(PARTY):
        party = get_party(db, own.id, said.removeprefix(PARTY))
        held = read_party(db, party)
        about = held.values
        kind = NodeKind.ENTITY if about.get("is_entity") else NodeKind.PERSON
        country = about.get("country") if about.get("is_entity") else about.get("residence")
        node = {"id": party.id, "kind": kind.value, "name": about.get("name", ""), "country": country or ""}
        changes[f"{NODE}{party.id}"] = node
        change_party(db, own.id, party.id, actor=own.actor, changes={"node": party.id}, seen=held.version)
        return party.id
    if said == NEW:
        node_id = new_id("nod")
        changes[f"{NODE}{node_id}"] = _node(form, node_id, errors, request)
        return node_id
    return said


def _node(form: FormData, node_id: str, errors: dict[str, str], request: Request) -> dict[str, Any]:
    name = text_of(form, "name", length_max=300)
    if not name:
        errors["name"] = words_of(request, AREA_NAME)("institutions.problem.missing")
    kind = text_of(form, "node_kind", length_max=20)
    node: dict[str, Any] = {"id": node_id, "kind": kind if kind in set(NodeKind) else NodeKind.PERSON.value}
    node |= {"name": name, "country": text_of(form, "country", length_max=2)}
    node |= {"listed": text_of(form, "listed") == "yes", "widely_held": text_of(form, "widely_held", length_max=500)}
    return {key: value for key, value in node.items() if value or key == "name"}


def _edge(form: FormData, edge_id: str, owner: str, errors: dict[str, str], request: Request) -> dict[str, Any]:
    """The holding that a form says, with what is amiss in `errors`."""
    words = words_of(request, AREA_NAME)
    said = text_of(form, "kind", length_max=20)
    kind = EdgeKind(said) if said in set(EdgeKind) else EdgeKind.SHARES
    edge: dict[str, Any] = {"id": edge_id, "owner": owner, "kind": kind.value}
    edge["owned"] = text_of(form, "owned", length_max=80) or OWN
    if not owner:
        errors["owner"] = words("institutions.problem.missing")
    if kind in SHARES:
        share = text_of(form, "share", length_max=60)
        share = share if not share or "%" in share or "/" in share else f"{share} %"
        try:
            if not 0 <= parse_share(share) <= 1:
                errors["share"] = words("institutions.owning.share_wrong")
        except Refusal:
            errors["share"] = words("institutions.owning.share_wrong")
        edge["share"] = share
    edge["documents"] = [paper for paper in form.getlist("documents") if isinstance(paper, str) and paper][:50]
    edge |= {name: text_of(form, name, length_max=500) for name in ("means", "held_for", "start", "end")}
    edge["bearer"] = text_of(form, "bearer") == "yes"
    return {key: value for key, value in edge.items() if value}


def _first(things: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    """As many as are listed, with the one that is changed just now among them."""
    keys = [*list(things)[:LISTED_MAX], *([wanted] if wanted in things else [])]
    return {key: things[key] for key in keys}


def _texts(form: FormData) -> dict[str, Any]:
    told: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
    return told | {"documents": [paper for paper in form.getlist("documents") if isinstance(paper, str)]}


def _chart(
    request: Request,
    db: ReadSession,
    own: Mine,
    *,
    errors: Mapping[str, str] | None = None,
    at: str = "",
    said: Mapping[str, Any] | None = None,
    status: int = 422,
) -> Response:
    held = read_section(db, own.id, SECTION)
    words = words_of(request, AREA_NAME)
    papers, named = {}, {}
    for paper in list_papers(db, own.id, removed=True):
        if paper.party_id is None:
            name = read_name(db, get_upload(db, paper.upload_id))
            named[paper.id] = f"{words(f'institutions.papers.{paper.paper}')}{f' ({name})' if name else ''}"
            if paper.removed_at is None:
                papers[paper.id] = named[paper.id]
    nodes = {value["id"]: {**PLAIN_NODE, **value} for name, value in held.values.items() if name.startswith(NODE)}
    edges = {value["id"]: {**PLAIN_EDGE, **value} for name, value in held.values.items() if name.startswith(EDGE)}
    standing = standing_of(request, db, own)
    parties = [(party, read_party(db, party).values) for party in list_parties(db, own.id)]
    if said is None and at in held.values and isinstance(held.values[at], dict):
        said = held.values[at]
    newly = said if said is not None and at == "add" else {}
    shown = show_owners(graph_of(db, own.id), day=db.now.date(), papers=named, locale=locale_here(request))
    names = {key: node["name"] for key, node in nodes.items()}
    drawn = {about.get("node") for _, about in parties if about.get("node") in nodes}
    return page(
        request,
        db,
        own,
        SECTION,
        section=SECTION,
        status=status if errors else 200,
        standing=standing,
        errors=errors or {},
        wrong=standing.errors_of(SECTION),
        at=at,
        said={**(PLAIN_NODE if at.startswith(NODE) else PLAIN_EDGE), **(said or {})},
        new={**PLAIN_NODE, **PLAIN_EDGE, "node_kind": "person", "owned": held.values.get(SUBJECT, ""), **newly},
        version=held.version,
        subject=held.values.get(SUBJECT, ""),
        nodes=nodes,
        edges=_first(edges, at.removeprefix(EDGE)),
        listed=_first(nodes, at.removeprefix(NODE)),
        more_edges=max(0, len(edges) - LISTED_MAX),
        more_nodes=max(0, len(nodes) - LISTED_MAX),
        people=[(f"{PARTY}{party.id}", about.get("name", "?")) for party, about in parties
                if about.get("node") not in drawn and not about.get("is_class") and about.get("name")],
        papers=papers,
        named=named,
        shown=shown,
        problem=graph_words(words, shown.problem, names) if shown.problem else "",
        countries=list(country_names(locale_here(request), sandbox=own.institution.sandbox).items()),
        node_kinds=[kind.value for kind in NodeKind],
        edge_kinds=[kind.value for kind in EdgeKind],
        missing_owners=[told for told in standing.told if told.section == "key_people" and "node=" in told.href],
    )  # fmt: skip

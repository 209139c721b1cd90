"""What an application lacks, in the reader's words, each with the way to its field (INS4, INS11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from fourcorners.infra.db import ReadSession
from fourcorners.institutions import Item
from fourcorners.institutions.kinds import limit
from fourcorners.institutions.queries import list_parties, read_party
from fourcorners.institutions.reading import graph_of
from fourcorners.kit.errors import Refusal
from fourcorners.people.countries import country_name
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here
from fourcorners.web.pages import words_of
from fourcorners.web.words import Words

__all__ = ["Told", "graph_words", "problem_words", "tell_items"]

NAMED_MAX = 10


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is missing or wrong: `field` is the id of what it stands on, `href` the way there."""

    section: str
    party: str
    field: str
    words: str
    href: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class _Names:
    """What the words name: people and boxes of the chart by id, countries in the reader's language."""

    words: Words
    parties: dict[str, str]
    nodes: dict[str, str]
    country: str


def tell_items(request: Request, db: ReadSession, own: Mine, items: Iterable[Item]) -> tuple[Told, ...]:
    """Every item in the reader's words, in the order of the sections."""
    words = words_of(request, AREA_NAME)
    parties = {p.id: str(read_party(db, p).values.get("name", "")) or "?" for p in list_parties(db, own.id)}
    graph = graph_of(db, own.id).graph
    nodes = {key: node.name or key for key, node in graph.nodes.items()} if graph is not None else {}
    names = _Names(words, parties, nodes, country_name(own.institution.country, locale_here(request)))
    return tuple(_told(own, item, names) for item in items)


def _told(own: Mine, item: Item, names: _Names) -> Told:
    party, _, field = item.item.partition(".")
    if item.section != "key_people" or party not in names.parties:
        party, field = "", item.item
    href = f"{own.path}/{item.section}"
    if party:
        href += f"/{party}"
        field = {"identity": "identity_page"}.get(field, field)
    elif item.section == "key_people":
        node = field.removeprefix("owner.")
        href += f"/new?role=owner&node={node}" if node != field else f"/new?role={field}"
    field = _anchor(item.section, field)
    words = _words(item, party, names)
    return Told(item.section, party, field, words, f"{href}#{field}", item.is_error or item.code == "refused")


def _anchor(section: str, field: str) -> str:
    if section == "documents":
        return f"paper-{field}"
    if section == "ownership":
        node = field.removesuffix(".holders")
        return f"node-{node}" if node != field else "chart"
    if section == "addresses" and field == "registered":
        return "registered.lines"
    if section == "type":
        return "kind"
    if section == "key_people" and field.startswith("owner."):
        return "name"
    if section == "additional_info" and field == "aml_programme":
        return "questionnaire"
    return field


def _words(item: Item, party: str, names: _Names) -> str:
    if item.code == "refused":
        return names.words("institutions.wrong.refused")
    if party:
        what = item.item.partition(".")[2]
        key = f"institutions.missing_of.{what}{'_wrong' if item.is_error else ''}"
        return names.words(key, name=names.parties[party])
    return _OF[item.section](item, names)


def _of_type(item: Item, names: _Names) -> str:
    return names.words(f"institutions.wrong.{item.code}" if item.is_error else "institutions.missing.kind")


def _of_basic(item: Item, names: _Names) -> str:
    if item.is_error:
        return names.words(f"institutions.wrong.{item.item}", country=names.country or "?")
    return names.words("institutions.missing.field", field=names.words(f"institutions.fields.{item.item}"))


def _of_people(item: Item, names: _Names) -> str:
    node = item.item.removeprefix("owner.")
    if node != item.item:
        return names.words("institutions.missing.owner_named", name=names.nodes.get(node, node))
    role, text = (names.words(f"institutions.{group}.{item.item}") for group in ("roles", "roles_text"))
    return names.words("institutions.missing.role", role=role, words=text)


def _of_documents(item: Item, names: _Names) -> str:
    paper = names.words(f"institutions.papers.{item.item}")
    key = f"wrong.paper_{item.code}" if item.code else "missing.paper"
    return names.words(f"institutions.{key}", paper=paper, count=limit("dated_within_months"))


def _of_additional(item: Item, names: _Names) -> str:
    if item.item == "aml_programme":
        return names.words("institutions.missing.questionnaire")
    return names.words("institutions.missing.answer", field=names.words(f"institutions.fields.{item.item}"))


def _of_attestations(item: Item, names: _Names) -> str:
    return names.words("institutions.missing.attestation", text=names.words(f"institutions.attestations.{item.item}"))


def _of_signature(item: Item, names: _Names) -> str:
    return names.words("institutions.missing.signature")


def _of_address(item: Item, names: _Names) -> str:
    which, _, part = item.item.partition(".")
    if item.is_error:
        return names.words("institutions.wrong.postcode")
    if not part:
        return names.words("institutions.missing.registered")
    address = names.words(f"institutions.addresses.{which}")
    return names.words("institutions.missing.part", address=address, field=names.words(f"institutions.fields.{part}"))


def _of_ownership(item: Item, names: _Names) -> str:
    node = item.item.removesuffix(".holders")
    if node != item.item:
        return names.words("institutions.missing.holders", name=names.nodes.get(node, node))
    if item.item == "senior_manager":
        return names.words("institutions.missing.senior_manager")
    if item.is_error:
        why = item.says if item.why is None else graph_words(names.words, item.why, names.nodes)
        return names.words("institutions.wrong.graph", why=why)
    return names.words("institutions.missing.graph")


_OF = {
    "type": _of_type,
    "basic_info": _of_basic,
    "addresses": _of_address,
    "key_people": _of_people,
    "ownership": _of_ownership,
    "documents": _of_documents,
    "additional_info": _of_additional,
    "attestations": _of_attestations,
    "review_and_sign": _of_signature,
}


def problem_words(words: Words, problem: str) -> str:
    """What a refused field is told: `missing`, `invalid`, `too_long`, `unknown`."""
    key = f"institutions.problem.{problem}"
    return words(key) if words.has(key) else words("institutions.problem.invalid")


def graph_words(words: Words, refusal: Refusal, nodes: Mapping[str, str]) -> str:
    """What is amiss with the chart of owners; `nodes` has the names of its boxes by id."""
    ids = refusal.fields.get("nodes", ())
    named = [nodes.get(str(node), str(node)) for node in ids] if isinstance(ids, Sequence) else []
    what = str(refusal.fields.get("fault", f"{refusal.code}_each_other" if len(named) > 1 else refusal.code))
    key = f"institutions.graph.{what}"
    places = {**refusal.fields, "names": ", ".join(named[:NAMED_MAX])}
    return words(key if words.has(key) else "institutions.graph.other", **places)

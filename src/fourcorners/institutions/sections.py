"""What can be filled in: the fields of each section and of each person, questionnaires, files; and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fourcorners.institutions.errors import FieldUnknown
from fourcorners.institutions.kinds import Kind, text_of
from fourcorners.kit.canonical import canonical_json
from fourcorners.kit.data import load_toml

__all__ = [
    "FILLED",
    "Identity",
    "attestation_version",
    "check_paper",
    "fields_of",
    "fields_of_party",
    "identity_papers",
    "limit_of",
    "papers_of_party",
    "parse_party",
    "parse_section",
    "question_text",
    "questions",
]

FILLED = ("type", "basic_info", "addresses", "additional_info")
"""Sections whose fields are texts; `ownership` has one field for each node and edge."""

GRAPH_ITEM_BYTES_MAX = 20_000
STATEMENTS_BYTES_MAX = 10_000_000


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of the files that stand for somebody: both sides, or the page alone, and the proof of address."""

    sides: tuple[str, ...]
    page: str
    proof_of_address: str


def identity_papers() -> Identity:
    """The names of the files that stand for somebody (INS5)."""
    told = _table()["identity"]
    return Identity(tuple(told["sides"]), told["page"], told["proof_of_address"])


def papers_of_party() -> tuple[str, ...]:
    """Every file that can be handed in for somebody."""
    names = identity_papers()
    return (*names.sides, names.page, names.proof_of_address)


def check_paper(paper: str, *, for_party: bool) -> None:
    """Raises FieldUnknown for a paper that there is not."""
    if for_party:
        known = paper in papers_of_party()
    else:
        try:
            known = bool(text_of("papers", paper))
        except KeyError:
            known = False
    if not known:
        raise FieldUnknown("There is no such paper.", problems={paper[:40]: "unknown"})


def attestation_version() -> str:
    """The version of the texts that are ticked."""
    version: str = load_toml("fourcorners.institutions", "kinds.toml")["version"]
    return version


def limit_of(name: str) -> int:
    """A number of sections.toml."""
    value: int = _table()[name]
    return value


def questions() -> Mapping[str, tuple[str, ...]]:
    """The questions of each questionnaire that must be answered."""
    table = load_toml("fourcorners.institutions", "questionnaires.toml")
    return {
        name: tuple(key for key in entry["questions"] if key not in entry["optional"]["keys"])
        for name, entry in table.items()
        if isinstance(entry, dict)
    }


def question_text(questionnaire: str) -> Mapping[str, str]:
    """The words of every question of a questionnaire, in its order."""
    found: Mapping[str, str] = load_toml("fourcorners.institutions", "questionnaires.toml")[questionnaire]["questions"]
    return found


def fields_of(section: str) -> tuple[str, ...]:
    """The fields of a section that is filled in; of questionnaires the part after the colon is the question."""
    asked = [f"{name}:{key}" for name in questions() for key in question_text(name)]
    return (*_table()["sections"][section], *(asked if section == "additional_info" else ()))


def fields_of_party() -> tuple[str, ...]:
    """The fields of a person or entity, in the order in which they are asked for."""
    rules = _table()["party"]
    return (*rules["text"], *rules["flags"], *rules["lists"])


def parse_section(section: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes with spaces folded; None and empty texts take a field away. Raises FieldUnknown."""
    if section == "ownership":
        return _graph_items(changes)
    if section not in FILLED:
        raise FieldUnknown("There is no such section to fill in.", problems={section[:40]: "unknown"})
    parsed = _texts(changes, set(fields_of(section)))
    if parsed.get("kind") is not None and parsed["kind"] not in set(Kind):
        raise FieldUnknown("There is no such kind of institution.", problems={"kind": "unknown"})
    return parsed


def parse_party(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a person or entity, whose `roles` are a list and whose flags are true or false."""
    rules = _table()["party"]
    texts = {name: value for name, value in changes.items() if name not in (*rules["flags"], *rules["lists"])}
    parsed = _texts(texts, set(rules["text"]))
    problems = {}
    for name in rules["flags"]:
        if changes.get(name) not in (None, True, False):
            problems[name] = "invalid"
        elif name in changes:
            parsed[name] = changes[name] or None
    if "roles" in changes:
        roles = changes["roles"]
        if not isinstance(roles, list | tuple) or not all(_is_role(role) for role in roles):
            problems["roles"] = "unknown"
        else:
            parsed["roles"] = sorted(set(roles)) or None
    if problems:
        raise FieldUnknown("Some of this cannot be taken.", problems=problems)
    return parsed


def _texts(changes: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    problems, parsed = {}, {}
    for name, value in changes.items():
        if name not in known:
            problems[name[:40]] = "unknown"
        elif (value is not None and not isinstance(value, str)) or (value is not None and not _is_writable(value)):
            problems[name] = "invalid"
        elif value is not None and len(value) > limit_of("text_letters_max"):
            problems[name] = "too_long"
        else:
            parsed[name] = (" ".join(value.split()) if value else None) or None
    if problems:
        raise FieldUnknown("Some of this cannot be taken.", problems=problems)
    return parsed


def _is_writable(text: str) -> bool:
    """Can it be written down? Half of a pair of surrogates cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _graph_items(changes: Mapping[str, Any]) -> dict[str, Any]:
    problems = {}
    for name, value in changes.items():
        group, _, key = name.partition(":")
        if group in ("node", "edge") and key:
            fine = value is None or (isinstance(value, dict) and value.get("id") == key and _size(value) is not None)
        elif name == "subject":
            fine = value is None or (isinstance(value, str) and len(value) <= limit_of("text_letters_max"))
        elif name == "statements":
            fine = value is None or (isinstance(value, str) and len(value.encode()) <= STATEMENTS_BYTES_MAX)
        else:
            fine = False
        if not fine:
            problems[name[:40]] = "invalid"
    if problems:
        raise FieldUnknown("Some of this is no part of a graph of owners.", problems=problems)
    return dict(changes)


def _size(value: dict[str, Any]) -> int | None:
    try:
        size = len(canonical_json(value))
    except (TypeError, ValueError):
        return None
    return size if size <= GRAPH_ITEM_BYTES_MAX else None


def _is_role(role: object) -> bool:
    try:
        return isinstance(role, str) and bool(text_of("roles", role))
    except KeyError:
        return False


def _table() -> dict[str, Any]:
    return load_toml("fourcorners.institutions", "sections.toml")

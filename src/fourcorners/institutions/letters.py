"""Letters to institutions and their people (`letters.toml`), and to whom they go."""

from collections.abc import Mapping
from typing import Any

from fourcorners.accounts import get_account, person_of
from fourcorners.infra.db import ReadSession
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import read_contact, read_section
from fourcorners.kit.data import load_toml

__all__ = ["address_of", "letter", "name_of"]


def letter(locale: str, kind: str, **values: object) -> tuple[str, str]:
    """Subject and text of a letter in its locale, English where there is none. A value that lacks is a bug."""
    table: Mapping[str, Any] = load_toml("fourcorners.institutions", "letters.toml")
    words = {**table["en"], **table.get(locale, {})}
    body = words[f"{kind}_text"].format(**values)
    return words[f"{kind}_subject"].format(**values), "\n\n".join([words["greeting"], body, words["close"]]) + "\n"


def address_of(db: ReadSession, institution: Institution) -> str | None:
    """Where mail goes: what was given when it began, else the address of its account."""
    given = read_contact(db, institution)
    if given is not None or institution.account_id is None:
        return given
    return person_of(db, get_account(db, institution.account_id)).email


def name_of(db: ReadSession, institution: Institution) -> str:
    """What it is called in letters."""
    name = str(read_section(db, institution.id, "basic_info").values.get("legal_name", ""))
    return name or "your institution"

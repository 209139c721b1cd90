"""The individual flow as pure rules: states and moves, items, steps, countries, ages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.people.errors import CountryUnsupported, DocumentUnsupported, TriggerUnknown, Underage, WrongState

__all__ = [
    "ITEMS",
    "MOVES",
    "STEPS",
    "Item",
    "ItemState",
    "Limits",
    "State",
    "Step",
    "accepted_documents",
    "check_age",
    "check_country",
    "check_document",
    "check_move",
    "check_trigger",
    "flow",
    "full_years",
    "items_asked",
    "limits_of",
    "may_move",
    "may_submit_again_at",
    "may_use",
    "steps",
]


class State(StrEnum):
    """Where a verification stands (IND2)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    UNDER_REVIEW = "under_review"
    ACTION_REQUIRED = "action_required"
    VERIFIED = "verified"
    REJECTED_FINAL = "rejected_final"
    EXPIRED_REVERIFY = "expired_reverify"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a level opens, and the daily limits that come with it, in minor units of `currency`."""

    level: int
    may: tuple[str, ...]
    currency: str
    deposit_daily_minor: int
    withdraw_daily_minor: int
    next_level: int | None


MOVES: Mapping[State, frozenset[State]] = {
    State.NOT_STARTED: frozenset({State.IN_PROGRESS}),
    State.IN_PROGRESS: frozenset({State.UNDER_REVIEW}),
    State.UNDER_REVIEW: frozenset({State.VERIFIED, State.ACTION_REQUIRED, State.REJECTED_FINAL}),
    State.ACTION_REQUIRED: frozenset({State.UNDER_REVIEW}),
    State.VERIFIED: frozenset({State.EXPIRED_REVERIFY}),
    State.EXPIRED_REVERIFY: frozenset({State.IN_PROGRESS}),
    State.REJECTED_FINAL: frozenset(),
}
"""Every move that is allowed (IND2); nothing else is."""

OPEN_FOR_ITEMS = frozenset({State.IN_PROGRESS, State.ACTION_REQUIRED})


class Item(StrEnum):
    """What an applicant hands in."""

    CLAIMS = "claims"
    DOCUMENT_FRONT = "document_front"
    DOCUMENT_BACK = "document_back"
    SELFIE = "selfie"
    LIVE = "live"
    PAPER = "paper"
    ATTESTATION = "attestation"
    OWNERS_PAPER = "owners_paper"


ITEMS = tuple(Item)
OPTIONAL = frozenset({Item.ATTESTATION, Item.OWNERS_PAPER})


class ItemState(StrEnum):
    """Where one item stands. `REDO` is what `action_required` is about."""

    MISSING = "missing"
    GIVEN = "given"
    ACCEPTED = "accepted"
    REDO = "redo"


class Step(StrEnum):
    """The steps of the flow, in order (IND1)."""

    RESIDENCE = "residence"
    DETAILS = "details"
    DOCUMENT = "document"
    CAPTURE = "capture"
    SELFIE = "selfie"
    ADDRESS = "address"
    REVIEW = "review"


STEPS = tuple(Step)


def flow() -> dict[str, Any]:
    """flow.toml, which explains the fields."""
    return load_toml("fourcorners.people", "flow.toml")


def may_move(state: State, to: State) -> bool:
    """Is this move allowed?"""
    return to in MOVES[state]


def check_move(state: State, to: State) -> None:
    """Raises WrongState unless the move is allowed."""
    if not may_move(state, to):
        raise WrongState(f"A verification that is {state} cannot become {to}.", state=state.value, to=to.value)


def may_use(level: int, what: str) -> bool:
    """Does this level open `what`: view, deposit, trade or withdraw (IND10)?"""
    return what in flow()["levels"][str(level)]["may"]


def limits_of(level: int, residence: str | None) -> Limits:
    """What somebody of this level may move in a day where they live (IND10); `next_level` opens the next step.

    A limit of 0 is none at all. Without a higher level `next_level` is None.
    """
    table = flow()["limits"]
    entry = table.get(residence, table["DEFAULT"])
    may = tuple(flow()["levels"][str(level)]["may"])
    more = [above for above in range(level + 1, len(flow()["levels"])) if _more(entry, level, above)]
    return Limits(
        level,
        may,
        entry["currency"],
        entry["deposit_daily_minor"][level],
        entry["withdraw_daily_minor"][level],
        more[0] if more else None,
    )


def _more(entry: Mapping[str, Any], level: int, above: int) -> bool:
    return any(entry[kind][above] > entry[kind][level] for kind in ("deposit_daily_minor", "withdraw_daily_minor"))


def check_trigger(trigger: str) -> None:
    """May a business name this as the reason to verify somebody anew (IND9)? Raises TriggerUnknown."""
    known = flow()["reverification"]["business"]
    if trigger not in known:
        raise TriggerUnknown("This is no reason to verify somebody anew.", known=known)


def check_country(residence: str, nationality: str) -> None:
    """Raises CountryUnsupported when either is on the prohibited list (IND4). Countries are ISO 3166-1 alpha-2."""
    prohibited = set(flow()["prohibited"]["countries"])
    if found := sorted({residence, nationality} & prohibited):
        raise CountryUnsupported("We cannot serve people of this country.", countries=found)


def accepted_documents(country: str) -> tuple[str, ...]:
    """The kinds of document that are taken from the issuing `country` (IDP1)."""
    table = load_toml("fourcorners.people", "documents.toml")["accepted"]
    return tuple(table.get(country, table["DEFAULT"]))


def check_document(kind: str, country: str) -> None:
    """Raises DocumentUnsupported."""
    if kind not in accepted_documents(country):
        raise DocumentUnsupported("This kind of document is not taken from this country.", kind=kind, country=country)


def items_asked(document_kind: str | None, residence: str | None, level: int, live: bool = True) -> tuple[Item, ...]:
    """What must be handed in: the back of two-sided kinds (IDP5), a proof of address where level or residence ask."""
    two_sided = document_kind in load_toml("fourcorners.people", "documents.toml")["two_sided"]
    rules = flow()["proof_of_address"]
    paper = level >= rules["from_level"] or residence in rules["residences"]
    asked = [Item.CLAIMS, Item.DOCUMENT_FRONT]
    asked += [Item.DOCUMENT_BACK] if two_sided else []
    asked += [Item.SELFIE]
    asked += [Item.LIVE] if live else []
    asked += [Item.PAPER] if paper else []
    return tuple(asked)


def steps(
    states: Mapping[Item, ItemState], asked: Collection[Item], residence: bool, document: bool
) -> dict[Step, str]:
    """Each step with its state for a progress bar: `empty`, `partial`, `complete` or `redo`.

    `residence` and `document` say whether those two choices were made.
    """
    groups = {
        Step.DETAILS: [Item.CLAIMS],
        Step.CAPTURE: [Item.DOCUMENT_FRONT, Item.DOCUMENT_BACK],
        Step.SELFIE: [Item.SELFIE, Item.LIVE],
        Step.ADDRESS: [Item.PAPER],
    }
    told = {Step.RESIDENCE: _chosen(residence), Step.DOCUMENT: _chosen(document)}
    for step, items in groups.items():
        wanted = [states.get(item, ItemState.MISSING) for item in items if item in asked]
        if wanted:
            told[step] = _together(wanted)
    return {step: told[step] for step in STEPS if step in told}


def full_years(birth: date, today: date) -> int:
    """Age in full years. Who was born on 29 February has their birthday on 1 March in other years."""
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def check_age(birth: date, residence: str, today: date) -> None:
    """Raises Underage (IND3)."""
    rules = flow()
    least = rules["minimum_age_years_by_country"].get(residence, rules["minimum_age_years"])
    if full_years(birth, today) < least:
        raise Underage(f"Verification is for people of {least} years and more.", minimum_age_years=least)


def may_submit_again_at(earlier: Collection[datetime], now: datetime) -> datetime | None:
    """None if a submission is possible now, else when the next one is (IND7)."""
    rules = flow()
    within = timedelta(hours=rules["submissions_within_h"])
    recent = sorted(at for at in earlier if now - at < within)
    return None if len(recent) < rules["submissions_max"] else recent[-rules["submissions_max"]] + within


def _chosen(done: bool) -> str:
    return "complete" if done else "empty"


def _together(states: Collection[ItemState]) -> str:
    if ItemState.REDO in states:
        return "redo"
    missing = sum(state is ItemState.MISSING for state in states)
    return "complete" if missing == 0 else "empty" if missing == len(states) else "partial"

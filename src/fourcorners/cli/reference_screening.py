"""The pages of docs/reference on screening and on the risk of institutions, written from their data."""

from collections.abc import Sequence
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Rows", "risk_tables", "screening_tables"]

Rows = tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]
"""A heading, the heads of a table, its rows."""


def screening_tables() -> list[Rows]:
    """What is compared how, and what a file holds."""
    rules, lists = (load_toml("fourcorners.screening", f"{name}.toml") for name in ("screening", "lists"))
    tables: list[Rows] = [
        ("Columns of a CSV file", ("column", "what it holds"), [(f"`{k}`", v) for k, v in lists["csv"].items()]),
        (
            "Schemata of FollowTheMoney",
            ("schema", "screened as"),
            [(f"`{schema}`", kind) for schema, kind in lists["schemata"].items()],
        ),
    ]
    values = [(name, key, value) for name, table in rules.items() if name != "version" for key, value in table.items()]
    rows = [(f"`{name}`", f"`{key}`", _number(value)) for name, key, value in values]
    return [*tables, (f"Rules, version {rules['version']}", ("part", "what", "value"), rows)]


def risk_tables() -> list[Rows]:
    """The scorecard: levels, then each factor with its answers."""
    card = load_toml("fourcorners.institutions.risk", "scorecard.toml")
    renewal = load_toml("fourcorners.institutions", "renewal.toml")["levels"]
    levels = [
        (
            level,
            str(points),
            card["diligence"][level],
            "two people" if renewal[level]["four_eyes"] else "one person",
            f"{renewal[level]['review_after_months']} months",
        )
        for level, points in card["levels"].items()
    ]
    thresholds = [(name, str(points)) for name, points in card["thresholds"].items()]
    tables: list[Rows] = [
        (
            f"Levels, version {card['version']}",
            ("level", "from points", "diligence", "approved by", "reviewed after"),
            levels,
        ),
        ("Thresholds of ownership", ("threshold", "from points"), thresholds),
        (
            "Lists of countries",
            ("list", "countries", "source"),
            [(f"`{n}`", ", ".join(t["countries"]), t["source"]) for n, t in card["lists"].items()],
        ),
        ("Words of an industry", ("words", "source"), [_words(t) for t in card["words"].values()]),
    ]
    for factor in card["factors"].values():
        rows = [(f"`{a['answer']}`", str(a["points"]), _why(a)) for a in factor["answers"]]
        tables.append((f"{factor['title']} ({factor['source']})", ("answer", "points", "why"), rows))
    return tables


def _number(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _words(table: dict[str, Any]) -> tuple[str, str]:
    return ", ".join(table["words"]), table["source"]


def _why(answer: dict[str, Any]) -> str:
    return f"{answer['why']} At least {answer['level']}." if "level" in answer else str(answer["why"])

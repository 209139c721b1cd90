"""A policy as somebody writes it: a TOML text, read into rules, or refused with what is wrong on which line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from fourcorners.checks.finding import Outcome as Found
from fourcorners.checks.rejudge import Thresholds
from fourcorners.clearance.policy.lines import line_of, lines_of
from fourcorners.clearance.policy.reader import Reader
from fourcorners.kit.errors import Refusal
from fourcorners.verdict import Effect

__all__ = ["CONDITIONS", "TEXT_LENGTH_MAX", "Policy", "PolicyInvalid", "Rule", "read_policy"]

FORMAT = 1
TEXT_LENGTH_MAX = 200_000
CONDITIONS = ("applicants", "levels", "residences", "issuers", "documents")
NEEDS = ("selfie", "claims")
TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class PolicyInvalid(Refusal):
    """The policy cannot be used; `problems` lists `line` and `what` for each mistake."""

    code = "policy_invalid"
    retryable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: for which cases it holds, and what it changes. None and empty: it says nothing about that.

    `when` maps conditions to the values that they hold for. `four_eyes` names outcomes that need a second person,
    `despite` reasons of the machine that nobody approves against alone.
    """

    name: str
    when: Mapping[str, frozenset[str | int]] = field(default_factory=dict)
    effects: Mapping[tuple[str, Found], Effect] = field(default_factory=dict)
    limits: Mapping[tuple[str, str], Thresholds] = field(default_factory=dict)
    required: frozenset[tuple[str, str]] = frozenset()
    advisory: frozenset[tuple[str, str]] = frozenset()
    needs: Mapping[str, bool] = field(default_factory=dict)
    challenge: str | None = None
    flat_scans: bool | None = None
    four_eyes: frozenset[str] | None = None
    despite: frozenset[str] | None = None
    exceptions: frozenset[str] | None = None
    review_within_h: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """All rules, in order: a later one overrides an earlier one where both hold. Read once from each text."""

    title: str
    rules: tuple[Rule, ...]


@lru_cache(maxsize=64)
def read_policy(text: str) -> Policy:
    """The policy in `text`. Raises PolicyInvalid with every mistake in it, each on its line."""
    if len(text) > TEXT_LENGTH_MAX:
        raise _invalid([(1, f"a policy has at most {TEXT_LENGTH_MAX:,} characters")])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = TOML_LINE.search(str(error))
        line = int(place[1]) if place else len(text.splitlines()) or 1
        raise _invalid([(line, TOML_LINE.sub("", str(error)).strip().rstrip("."))]) from error
    reader = Reader()
    known = reader.table((), table, ("format", "title", "rules"))
    if known.get("format") != FORMAT:
        reader.complain(("format",), f"this package reads format {FORMAT}: write `format = {FORMAT}`")
    title = reader.text(("title",), known.get("title"))
    rules = tuple(_rule(reader, ("rules", n), rule) for n, rule in enumerate(reader.tables(("rules",), known)))
    names = [rule.name for rule in rules]
    for n, name in enumerate(names):
        if name in names[:n]:
            reader.complain(("rules", n, "name"), f"another rule is called {name!r}")
    if reader.problems:
        lines = lines_of(text)
        raise _invalid(sorted({(line_of(lines, path), what) for path, what in reader.problems}))
    return Policy(title, rules)


def _invalid(problems: list[tuple[int, str]]) -> PolicyInvalid:
    line, what = problems[0]
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    listed = [{"line": number, "what": said} for number, said in problems]
    return PolicyInvalid(f"Line {line}: {what}{more}.", problems=listed)


def _rule(reader: Reader, at: tuple[str | int, ...], given: object) -> Rule:
    parts = ("name", "when", "effects", "limits", "checks", "needs", "allow", "four_eyes", "exceptions", "review")
    rule = reader.table(at, given, parts)
    checks = reader.table((*at, "checks"), rule.get("checks"), ("required", "advisory"))
    required, advisory = (reader.checks((*at, "checks", part), checks.get(part)) for part in ("required", "advisory"))
    for both in sorted(required & advisory):
        reader.complain((*at, "checks", "advisory"), f"{'.'.join(both)} is both required and advisory")
    needs = reader.table((*at, "needs"), rule.get("needs"), (*NEEDS, "challenge"))
    allow = reader.table((*at, "allow"), rule.get("allow"), ("flat_scans",))
    four = reader.table((*at, "four_eyes"), rule.get("four_eyes"), ("outcomes", "despite"))
    exceptions = reader.table((*at, "exceptions"), rule.get("exceptions"), ("reasons",))
    review = reader.table((*at, "review"), rule.get("review"), ("within_h",))
    return Rule(
        name=reader.text((*at, "name"), rule.get("name")),
        when=reader.conditions((*at, "when"), rule.get("when"), CONDITIONS),
        effects=reader.effects((*at, "effects"), rule.get("effects")),
        limits=reader.limits((*at, "limits"), rule.get("limits")),
        required=required,
        advisory=advisory,
        needs={what: flag for what in NEEDS if (flag := reader.flag((*at, "needs"), needs, what)) is not None},
        challenge=reader.challenge((*at, "needs", "challenge"), needs.get("challenge")),
        flat_scans=reader.flag((*at, "allow"), allow, "flat_scans"),
        four_eyes=reader.outcomes((*at, "four_eyes", "outcomes"), four.get("outcomes")),
        despite=reader.reasons((*at, "four_eyes", "despite"), four.get("despite")),
        exceptions=reader.reasons((*at, "exceptions", "reasons"), exceptions.get("reasons")),
        review_within_h=reader.hours((*at, "review", "within_h"), review.get("within_h")),
    )

"""Reads the parts of a policy, and notes what is wrong with them instead of stopping at the first mistake."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from fourcorners.checks.finding import Outcome as Found
from fourcorners.checks.registry import REGISTRY
from fourcorners.checks.rejudge import Thresholds, can_rejudge, scale_of
from fourcorners.kit.data import load_toml
from fourcorners.verdict import Effect, catalogue

__all__ = ["Reader"]

Path = tuple[str | int, ...]

FOUND = (Found.FAIL, Found.UNSURE, Found.NOT_ASSESSED)
FINAL = ("approve", "resubmit", "reject")
APPLICANTS = ("person", "institution")
LEVELS = (0, 1, 2, 3)
COUNTRY = re.compile(r"[A-Z]{2}")
NONE = "none"
HOURS_MAX = 24 * 90


class Reader:
    """`problems` collects (place, what is wrong); whatever is wrong is left out of what a method returns."""

    def __init__(self) -> None:
        self.problems: list[tuple[Path, str]] = []

    def complain(self, at: Path, what: str) -> None:
        """Note a mistake."""
        self.problems.append((at, what))

    def table(self, at: Path, given: object, known: Sequence[str]) -> Mapping[str, Any]:
        """A table with none but the `known` keys; empty where it is left out."""
        if given is None:
            return {}
        if not isinstance(given, dict):
            self.complain(at, f"{at[-1] if at else 'the policy'} must be a table")
            return {}
        for key in given:
            if key not in known:
                self.complain((*at, key), f"{key!r} is not known here{_nearest(key, known)}")
        return {key: value for key, value in given.items() if key in known}

    def tables(self, at: Path, holder: Mapping[str, Any]) -> list[object]:
        """The array of tables called `at[-1]`: at least one."""
        given = holder.get(str(at[-1]))
        if not isinstance(given, list) or not given:
            self.complain(at, "there must be at least one [[rules]]")
            return []
        return given

    def text(self, at: Path, given: object) -> str:
        """A text of 1 to 120 characters."""
        if not isinstance(given, str) or not 1 <= len(given.strip()) <= 120:
            self.complain(at, f"`{at[-1]}` must be a text of 1 to 120 characters")
            return ""
        return given.strip()

    def flag(self, at: Path, holder: Mapping[str, Any], key: str) -> bool | None:
        """true, false or left out."""
        given = holder.get(key)
        if given is not None and not isinstance(given, bool):
            self.complain((*at, key), f"`{key}` is true or false")
            return None
        return given

    def hours(self, at: Path, given: object) -> int | None:
        """A whole number of hours."""
        if given is None:
            return None
        if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= HOURS_MAX:
            self.complain(at, f"`within_h` is a whole number of hours, 1 to {HOURS_MAX}")
            return None
        return given

    def conditions(self, at: Path, given: object, known: Sequence[str]) -> dict[str, frozenset[str | int]]:
        """For which cases a rule holds."""
        table = self.table(at, given, known)
        allowed: dict[str, Collection[Any] | None] = {
            "applicants": APPLICANTS,
            "levels": LEVELS,
            "documents": [k for k, v in load_toml("fourcorners.vision.fields", "kinds.toml").items() if v["identity"]],
        }
        found: dict[str, frozenset[str | int]] = {}
        for key, values in table.items():
            place = (*at, key)
            listed = self._list(place, values, f"`{key}`")
            if not listed:
                continue
            if key in ("residences", "issuers"):
                wrong = [v for v in listed if not (isinstance(v, str) and COUNTRY.fullmatch(v))]
                what = "countries are two capital letters (ISO 3166-1)"
            else:
                names = allowed.get(key)
                wrong = [] if names is None else [v for v in listed if v not in names or isinstance(v, bool)]
                what = f"there are: {', '.join(map(str, names or ()))}"
            for value in wrong:
                self.complain(place, f"{value!r} is not one of `{key}`; {what}")
            found[key] = frozenset(v for v in listed if v not in wrong)
        return found

    def effects(self, at: Path, given: object) -> dict[tuple[str, Found], Effect]:
        """What reasons do, by reason and outcome of the finding."""
        found: dict[tuple[str, Found], Effect] = {}
        for code, entry in self._open_table(at, given).items():
            if not self._reason((*at, code), code):
                continue
            for outcome, effect in self.table((*at, code), entry, FOUND).items():
                if effect not in tuple(Effect):
                    self.complain((*at, code, outcome), f"{effect!r} is no effect; there are: {', '.join(Effect)}")
                    continue
                found[code, Found(outcome)] = Effect(effect)
        return found

    def limits(self, at: Path, given: object) -> dict[tuple[str, str], Thresholds]:
        """Thresholds by group and check; both must lie between the ends of the shipped scale, in its direction."""
        found: dict[tuple[str, str], Thresholds] = {}
        for group, checks in self.table(at, given, tuple(REGISTRY)).items():
            for check, entry in self._open_table((*at, group), checks).items():
                place = (*at, group, check)
                if not self._check(place, group, check):
                    continue
                if not can_rejudge(group, check):
                    what = "keeps more than one measure, or none: its limits cannot be changed here"
                    self.complain(place, f"{group}.{check} {what}")
                    continue
                values = self.table(place, entry, ("pass_at", "fail_at"))
                if self._numbers(place, values) and self._ordered(place, group, check, Thresholds(**values)):
                    found[group, check] = Thresholds(**values)
        return found

    def checks(self, at: Path, given: object) -> frozenset[tuple[str, str]]:
        """Checks, each written as `group.check`."""
        found = set()
        for name in self._list(at, given, f"`{at[-1]}`"):
            group, _, check = str(name).partition(".")
            if group not in REGISTRY:
                self.complain(at, f"{name!r}: write group.check; groups are {', '.join(REGISTRY)}")
            elif self._check(at, group, check):
                found.add((group, check))
        return frozenset(found)

    def reasons(self, at: Path, given: object) -> frozenset[str] | None:
        """Codes of the catalogue; None where it is left out."""
        if given is None:
            return None
        return frozenset(str(c) for c in self._list(at, given, f"`{at[-1]}`") if self._reason(at, str(c)))

    def outcomes(self, at: Path, given: object) -> frozenset[str] | None:
        """Final outcomes; None where it is left out."""
        if given is None:
            return None
        listed = self._list(at, given, f"`{at[-1]}`")
        for value in listed:
            if value not in FINAL:
                self.complain(at, f"{value!r} is no final outcome; there are: {', '.join(FINAL)}")
        return frozenset(str(v) for v in listed if v in FINAL)

    def challenge(self, at: Path, given: object) -> str | None:
        """The live challenge that is asked for, or `none`."""
        names = (NONE, *load_toml("fourcorners.checks.live", "challenge.toml")["policies"])
        if given is not None and given not in names:
            self.complain(at, f"{given!r} is no challenge; there are: {', '.join(names)}")
            return None
        return None if given is None else str(given)

    def _open_table(self, at: Path, given: object) -> Mapping[str, Any]:
        return self.table(at, given, tuple(given) if isinstance(given, dict) else ())

    def _list(self, at: Path, given: object, what: str) -> list[Any]:
        if given is None:
            return []
        if not isinstance(given, list) or not all(isinstance(v, str | int) for v in given):
            self.complain(at, f"{what} is a list")
            return []
        return given

    def _reason(self, at: Path, code: str) -> bool:
        if code in catalogue():
            return True
        self.complain(at, f"{code!r} is no reason of the catalogue{_nearest(code, catalogue())}")
        return False

    def _check(self, at: Path, group: str, check: str) -> bool:
        names = [m.NAME for m in REGISTRY[group]]
        if check in names:
            return True
        self.complain(at, f"there is no check {group}.{check}{_nearest(check, names)}")
        return False

    def _numbers(self, at: Path, values: Mapping[str, Any]) -> bool:
        wrong = [k for k, v in values.items() if isinstance(v, bool) or not isinstance(v, int | float) or v != v]
        for key in wrong:
            self.complain((*at, key), f"`{key}` is a number")
        if not values:
            self.complain(at, "name `pass_at`, `fail_at` or both")
        return bool(values) and not wrong

    def _ordered(self, at: Path, group: str, check: str, thresholds: Thresholds) -> bool:
        scale = scale_of(group, check)
        own = thresholds.over(scale)
        sign = 1 if scale.best > scale.worst else -1
        ends = [sign * v for v in (own.worst, own.fail_at, own.pass_at, own.best)]
        if ends[0] < ends[1] <= ends[2] < ends[3]:
            return True
        order = "fail_at at or below pass_at" if sign > 0 else "pass_at at or below fail_at"
        low, high = sorted((scale.worst, scale.best))
        self.complain(at, f"thresholds of {group}.{check} lie between {low:g} and {high:g} ({scale.unit}), {order}")
        return False


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""

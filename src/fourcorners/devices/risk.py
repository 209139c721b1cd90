"""Is this log-in doubtful? Three rules over what is known, each with the figures that it went by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from fourcorners.kit.data import load_toml

__all__ = ["Place", "Risk", "Sign", "Visit", "assess", "kilometres"]

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a network is, coarsely: a name such as `Lisbon, PT`, and degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Visit:
    """The account was used: when, and where, if that is known."""

    at: datetime
    place: Place | None


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule that spoke, with the figures that it went by."""

    code: str
    figures: dict[str, object]


@dataclass(frozen=True, slots=True)
class Risk:
    """What was found, by which version of the rules; `asks_again`: even a trusted device shows who it is."""

    version: int
    signs: tuple[Sign, ...]
    asks_again: bool

    def to_dict(self) -> dict[str, object]:
        """For the audit log: codes and figures, no names of places."""
        figures = [{"code": s.code, **{k: v for k, v in s.figures.items() if k != "place"}} for s in self.signs]
        return {"version": self.version, "signs": figures, "asks_again": self.asks_again}


def assess(visits: Sequence[Visit], here: Place | None, now: datetime, accounts_on_device: Sequence[datetime]) -> Risk:
    """All rules in order. `visits` are earlier ones of the account, in any order.

    `accounts_on_device`: when each other account was last used on this device.
    """
    rules = _rules()
    found = [
        _new_place(visits, here, now, rules["new_place"]),
        _impossible_travel(visits, here, now, rules["impossible_travel"]),
        _many_accounts(accounts_on_device, now, rules["many_accounts"]),
    ]
    signs = tuple(sign for sign in found if sign is not None)
    return Risk(rules["version"], signs, any(sign.code in rules["again"]["signs"] for sign in signs))


def kilometres(one: Place, other: Place) -> float:
    """The way between two places along the surface (haversine)."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def _new_place(visits: Sequence[Visit], here: Place | None, now: datetime, rule: dict[str, Any]) -> Sign | None:
    """A place where the account was not seen; says nothing of the first place, nor where no place is known."""
    remembered = timedelta(days=rule["remembered_days"])
    known = {visit.place.name for visit in visits if visit.place and now - visit.at <= remembered}
    if here is None or not known or here.name in known:
        return None
    return Sign("new_place", {"place": here.name, "known_places": len(known)})


def _impossible_travel(visits: Sequence[Visit], here: Place | None, now: datetime, rule: dict[str, Any]) -> Sign | None:
    """Too far from the last place for the time between."""
    placed = [(visit.at, visit.place) for visit in visits if visit.place and visit.at <= now]
    if here is None or not placed:
        return None
    at, place = max(placed, key=lambda last: (last[0], last[1].name))
    far, hours = kilometres(place, here), (now - at).total_seconds() / 3600
    if far < rule["km_min"] or far <= rule["kmh_max"] * hours:
        return None
    return Sign("impossible_travel", {"km": round(far), "minutes": round(hours * 60), "kmh_max": rule["kmh_max"]})


def _many_accounts(accounts: Sequence[datetime], now: datetime, rule: dict[str, Any]) -> Sign | None:
    """One device used for more accounts than a household has."""
    recent = sum(now - at <= timedelta(days=rule["days"]) for at in accounts) + 1
    if recent <= rule["accounts_max"]:
        return None
    return Sign("many_accounts", {"accounts": recent, "accounts_max": rule["accounts_max"], "days": rule["days"]})


def _rules() -> dict[str, Any]:
    return load_toml("fourcorners.devices", "risk.toml")

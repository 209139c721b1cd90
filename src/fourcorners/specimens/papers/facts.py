"""What a made-up paper is about: a holder, an address, an issuer, dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.papers.model import PaperTruth

__all__ = ["Facts", "make_facts", "printed_date"]


@dataclass(frozen=True, slots=True)
class Facts:
    """`address` and `seat` are lines; `words` are the labels of the language; dates as printed."""

    truth: PaperTruth
    address: tuple[str, ...]
    seat: tuple[str, ...]
    words: Mapping[str, Any]
    country: Mapping[str, Any]
    title: str
    rows: tuple[str, ...]
    issued: str
    due: str
    period: str
    lease: Mapping[str, str]
    lease_dates: tuple[str, str]
    form: str
    printed: str


def make_facts(
    kind: str, country: str, layout: str, issued: date, lease_end: date, rng: np.random.Generator, split: str
) -> Facts:
    """Draw lots for everything that was not asked for."""
    place, texts = _table("countries.toml")[country], _table("words.toml")
    if split == "evaluation":
        other = _table("apart.toml")
        place = {**place, **other["countries"][country]}
        texts = {**texts, **{key: other[key] for key in ("labels", "titles", "lines")}}
    language = place["language"]
    address, seat = _address(place, rng), _address(place, rng)
    company = str(rng.choice(place["companies"])).replace("%s", texts["company_words"].get(kind, "Services"))
    form = str(rng.choice(place["dates"]))
    lease = kind == "rental_agreement"
    truth = PaperTruth(
        kind=kind,
        country=country,
        layout=layout,
        name=str(rng.choice(place.get("names", ["{}"]))).format(rng.choice(place["people"])),
        address=", ".join(address),
        issuer=company,
        issue_date=issued,
        lease_end=lease_end if lease else None,
    )
    start = issued - timedelta(days=int(rng.integers(35, 60)))
    period = f"{printed_date(start, form, language)} - {printed_date(start + timedelta(days=29), form, language)}"
    return Facts(
        truth,
        address,
        seat,
        texts["labels"][language],
        place,
        texts["titles"][kind][language],
        tuple(texts["lines"].get(kind, ())),
        printed_date(issued, form, language),
        printed_date(issued + timedelta(days=int(rng.integers(10, 29))), form, language),
        period,
        texts["lease"][language],
        (printed_date(issued, form, language), printed_date(lease_end, form, language)),
        form,
        printed_date(issued + timedelta(days=int(rng.integers(30, 60))), form, language),
    )


def printed_date(day: date, form: str, language: str) -> str:
    """A date as `form` (strftime, %B for the month in the language) says."""
    months = load_toml("fourcorners.formats", "months.toml")["names"][language]
    return day.strftime(form.replace("%B", months[day.month - 1]))


def _address(place: Mapping[str, Any], rng: np.random.Generator) -> tuple[str, ...]:
    city, postcode, region = place["places"][int(rng.integers(len(place["places"])))]
    parts = {
        "s": str(rng.choice(place["streets"])),
        "n": str(rng.integers(2, 180)),
        "z": postcode,
        "c": city,
        "r": region,
    }
    if "addresses" not in place:
        return tuple(line.format(**parts) for line in place["address"])
    lines = place["addresses"][int(rng.integers(len(place["addresses"])))]
    return tuple(line.format(**parts, u=int(rng.integers(1, 9))) for line in lines)


def _table(name: str) -> Mapping[str, Any]:
    return load_toml("fourcorners.specimens.papers", name)

"""A made-up institution: names, numbers with right check digits, an address, directors and holders."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from stdnum import lei, luhn
from stdnum.ch import uid
from stdnum.es import cif
from stdnum.sg import uen
from stdnum.tr import vkn

from fourcorners.kit.data import load_toml
from fourcorners.specimens.institution_papers.model import DAY, Institution

__all__ = ["make_institution", "place_of", "words_of"]

BODIES = {
    # Names of what is no company, by language and kind.
    "trust_deed": {"en": "{} Family Trust", "de": "{} Trust", "fr": "Trust {}", "es": "Trust {}", "tr": "{} Trust"},
    "governing_document": {
        "en": "{} Foundation",
        "de": "{} Stiftung",
        "fr": "Fondation {}",
        "es": "Fundación {}",
        "tr": "{} Vakfı",
    },
    "statute": {
        "en": "{} Public Corporation",
        "de": "{} Anstalt",
        "fr": "Établissement {}",
        "es": "Entidad {}",
        "tr": "{} Kurumu",
    },
}


def place_of(country: str, split: str) -> Mapping[str, Any]:
    """People, streets, companies and ways to write an address and a date."""
    table = load_toml("fourcorners.specimens.institution_papers", "places.toml")[split][country]
    shared: Mapping[str, Any] = load_toml("fourcorners.specimens.papers", "countries.toml").get(country, {})
    if split == "evaluation" and shared:
        shared = {**shared, **load_toml("fourcorners.specimens.papers", "apart.toml")["countries"][country]}
    return {**shared, **table}


def words_of(language: str, split: str) -> Mapping[str, Any]:
    """Labels, titles and sentences in a language."""
    name = "apart.toml" if split == "evaluation" else "words.toml"
    table: Mapping[str, Any] = load_toml("fourcorners.specimens.institution_papers", name)[language]
    return table


def make_institution(kind: str, country: str, rng: np.random.Generator, split: str) -> Institution:
    """Draw lots for everything; a kind of which no company has papers (a trust deed) has another sort of name."""
    place = place_of(country, split)
    stem = str(rng.choice(place["stems"]))
    if kind in BODIES:
        name = BODIES[kind][place["language"]].format(stem.split()[0])
    elif kind == "partnership_agreement" and country == "DE":
        name = f"{stem} KG"
    else:
        name = f"{stem} {rng.choice(place['forms'])}"
    people = [str(p) for p in rng.permutation(place["people"])]
    other = f"{rng.choice([s for s in place['stems'] if s != stem])} {rng.choice(place['forms'])}"
    made = date(1990, 1, 1) + timedelta(days=int(rng.integers(0, 12_000)))
    return Institution(
        legal_name=name,
        registration_number=NUMBERS[country](rng, made),
        tax_number=TAX_NUMBERS.get(country, _digits(9))(rng, made),
        lei=_lei(rng),
        incorporation_date=min(made, DAY - timedelta(days=700)),
        country=country,
        registered_address=", ".join(_address(place, rng)),
        authorised_user=people[0],
        directors=tuple(people[: int(rng.integers(1, 4))]),
        holders=_holders([*people[1:3], other], rng),
    )


def _holders(names: list[str], rng: np.random.Generator) -> tuple[tuple[str, str], ...]:
    count = int(rng.integers(2, len(names) + 1))
    cuts = sorted(int(c) for c in rng.choice(np.arange(4, 97), count - 1, replace=False))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    if rng.random() < 0.3:
        parts = [*parts[:-2], parts[-2] + parts[-1]] if count > 2 else parts
    return tuple((name, str(part)) for name, part in zip(names, parts, strict=False))


def _address(place: Mapping[str, Any], rng: np.random.Generator) -> tuple[str, ...]:
    city, postcode, region = place["places"][int(rng.integers(len(place["places"])))]
    parts = {"s": str(rng.choice(place["streets"])), "n": rng.integers(2, 180), "z": postcode, "c": city, "r": region}
    lines = place["address"]
    if "addresses" in place:
        lines = place["addresses"][int(rng.integers(len(place["addresses"])))]
    return tuple(line.format(**parts, u=int(rng.integers(1, 9))) for line in lines)


Number = Callable[[np.random.Generator, date], str]


def _digits(count: int, prefix: str = "") -> Number:
    def drawn(rng: np.random.Generator, made: date) -> str:
        return prefix + str(rng.integers(1, 10)) + "".join(str(d) for d in rng.integers(0, 10, count - 1))

    return drawn


def _siren(rng: np.random.Generator, made: date) -> str:
    body = _digits(8)(rng, made)
    whole = body + luhn.calc_check_digit(body)
    return f"{whole[:3]} {whole[3:6]} {whole[6:]}"


def _uid(rng: np.random.Generator, made: date) -> str:
    for _ in range(50):
        body = _digits(8)(rng, made)
        check = uid.calc_check_digit(body)
        if len(check) == 1:
            whole = body + check
            return f"CHE-{whole[:3]}.{whole[3:6]}.{whole[6:]}"
    raise AssertionError("one in eleven numbers has no check digit")


def _uen(rng: np.random.Generator, made: date) -> str:
    body = f"{made.year}{rng.integers(10_000, 99_999)}"
    return body + str(uen.calc_local_company_check_digit(body))


def _cif(rng: np.random.Generator, made: date) -> str:
    body = "B" + _digits(7)(rng, made)
    return body + str(cif.calc_check_digits(body))[0]


def _vkn(rng: np.random.Generator, made: date) -> str:
    body = _digits(9)(rng, made)
    return body + str(vkn.calc_check_digit(body))


def _lei(rng: np.random.Generator) -> str:
    body = "5299" + "00" + "".join(rng.choice(list("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"), 12))
    for check in range(100):
        if lei.is_valid(f"{body}{check:02d}"):
            return f"{body}{check:02d}"
    raise AssertionError("of a hundred check digits one is right")


NUMBERS: Mapping[str, Number] = {
    "GB": _digits(8),
    "US": _digits(7),
    "SG": _uen,
    "IN": lambda rng, made: f"U{rng.integers(10_000, 99_999)}KA{made.year}PTC{rng.integers(100_000, 999_999)}",
    "AE": _digits(6, "CN-"),
    "DE": lambda rng, made: f"{rng.choice(['HRB', 'HRA'])} {rng.integers(1_000, 99_999)}",
    "CH": _uid,
    "FR": _siren,
    "ES": lambda rng, made: f"{rng.choice(['M', 'B', 'V'])}-{rng.integers(10_000, 999_999)}",
    "TR": lambda rng, made: f"{rng.integers(10_000, 999_999)}-{rng.integers(1, 9)}",
}
TAX_NUMBERS: Mapping[str, Number] = {"ES": _cif, "TR": _vkn, "US": _digits(9), "GB": _digits(9)}

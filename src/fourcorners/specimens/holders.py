"""Made-up people of Utopia, drawn from a seed."""

from datetime import date, timedelta

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.model import Holder

__all__ = ["make_holder"]

TODAY = date(2026, 6, 1)
"""The day on which specimens are made: fixed, so that a seed always gives the same document."""
VALIDITY_YEARS = 10
ADULT_YEARS = 18
NUMBER_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def make_holder(rng: np.random.Generator, nationality: str, looks: str | None = None) -> Holder:
    """An adult whose document was issued in the last nine years and is still valid for at least a year.

    `looks` is the sex that the portrait suggests, if any."""
    words = load_toml("fourcorners.specimens", "holders.toml")
    sex = str(rng.choice([looks or "F", looks or "M", "X"], p=[0.48, 0.48, 0.04]))
    given = words["given_names_" + ("m" if sex == "M" else "f")]
    names = rng.choice(given, size=int(rng.choice([1, 2, 3], p=[0.5, 0.4, 0.1])), replace=False)
    issue = TODAY - timedelta(days=int(rng.integers(10, 9 * 365)))
    birth = _years_before(TODAY, ADULT_YEARS) - timedelta(days=int(rng.integers(10 * 365, 62 * 365)))
    return Holder(
        family_name=str(rng.choice(words["family_names"])),
        given_names=" ".join(str(name) for name in names),
        birth_date=birth,
        sex=sex,
        birth_place=str(rng.choice(words["cities"])),
        nationality=nationality,
        document_number=_number(rng),
        personal_number=f"{birth:%y%m%d}{rng.integers(0, 10**5):05d}",
        issue_date=issue,
        expiry_date=_years_before(issue, -VALIDITY_YEARS) - timedelta(days=1),
        authority=str(rng.choice(words["authorities"])),
        street=f"{rng.integers(1, 240)} {rng.choice(words['streets'])}",
        city=str(rng.choice(words["cities"])),
        state=str(rng.choice(words["states"])),
        postcode=f"{rng.integers(10000, 99999)}",
        height_cm=int(rng.integers(152, 198)),
        eyes=str(rng.choice(words["eyes"])),
    )


def _number(rng: np.random.Generator) -> str:
    """Nine characters, as a national series would run: letters then digits, all digits, or mixed."""
    pattern = str(rng.choice(["AADDDDDDD", "ADDDDDDDD", "DDDDDDDDD", "XXXXXXXXX", "LXXXXXXXX"]))
    letters, digits = NUMBER_CHARACTERS[:24], NUMBER_CHARACTERS[24:]
    pools = {"A": letters, "D": digits, "X": NUMBER_CHARACTERS, "L": "L"}
    return "".join(pools[kind][int(rng.integers(len(pools[kind])))] for kind in pattern)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)

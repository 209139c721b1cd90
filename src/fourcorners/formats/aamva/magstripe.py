"""The three tracks of a magnetic stripe, as some jurisdictions print them in the barcode (AAMVA standard, annex F)."""

import re

from .envelope import Envelope
from .model import Problem

__all__ = ["read_magstripe"]

_FIRST = re.compile(r"%([A-Z]{2})([^^?]{13}|[^^?]{0,12}\^)([^^?]{1,35})\^?([^?]*)\?")
_SECOND = re.compile(r";(\d{6})(\d{0,13})=(\d{4})(\d{8})(\d*)=?\?")
_THIRD = re.compile(r"[%#!_+]+\d[0-9A-Z](.{11})(.{2})(.{10})(.{4})([MFX12 ])([\d ]{3})([\d ]{3})([A-Z ]{3})([A-Z ]{3})")


def read_magstripe(text: str) -> Envelope | None:
    """The tracks as elements under the names that the barcode has for them; None if this is no magnetic stripe."""
    first, second = _FIRST.search(text), _SECOND.search(text)
    if first is None or second is None:
        return None
    family, _, given = first[3].partition("$")
    street, _, place = first[4].partition("$")
    elements = {
        "DAJ": first[1],
        "DAI": first[2].strip("^ "),
        "DCS": family.strip(", "),
        "DCT": given.replace("$", " ").strip(),
        "DAG": street.strip(),
        "DAQ": (second[2] + second[5]).strip(),
        "DBA": second[3],
        "DBB": second[4],
    }
    city = place[: place.find(first[1])].strip() if first[1] in place else ""
    if city.startswith(elements["DAI"]):  # the first field holds 13 letters of it only
        elements["DAI"] = city
    problems: tuple[Problem, ...] = ()
    third = _THIRD.search(text, second.end())
    if third is None:
        problems = (Problem("track_unreadable", "3"),)
    else:
        names = ("DAK", "DCA", "DCB", "DCD", "DBC", "DAU", "DAW", "DAZ", "DAY")
        elements |= {name: value.strip() for name, value in zip(names, third.groups(), strict=True)}
    return Envelope(None, second[1], "DL", elements, problems)

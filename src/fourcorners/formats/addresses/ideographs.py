"""Addresses in Chinese and Japanese signs, from the largest part to the smallest, without spaces."""

import re
import unicodedata
from functools import cache

from fourcorners.formats.agreement.model import Agreement

from .parse import words

__all__ = ["ideographic", "ideographs_agree", "is_ideographic"]

SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
SIGNS_MIN, SIGNS_SHARE_MIN = 5, 0.4
"""An address has so many signs, and so large a share of its letters and digits are signs."""

POSTCODE = re.compile(
    r"〒?\s*\d{3}-\d{4}|(?<!\d)\d{6}$|^\d{6}(?!\d)|(?<![\d号號樓室F階-])\s\d{3}(?:\d{2,3})?$|^\d{3}(?:\d{2,3})?\s"
)
"""Of Japan; of China (six digits) or Taiwan (three, five or six) before or after the rest."""

COUNTED = re.compile(r"(?<=\d)(?:丁目|番地の?|番|[号號]室?|之|室)")
SHARE_MIN = 0.6
"""An address may leave off so much of the other's end, such as a building and a flat."""


def is_ideographic(text: str) -> bool:
    """Is it an address in Chinese or Japanese signs?"""
    signs, others = len(SIGN.findall(text)), sum(c.isalnum() for c in text)
    return signs >= SIGNS_MIN and signs >= SIGNS_SHARE_MIN * others


def ideographic(text: str) -> tuple[str, str]:
    """The address without spaces, country and postcode, numbers parted by dashes; and the postcode."""
    plain = unicodedata.normalize("NFKC", text).replace("\n", " ").strip(" ,、，")
    found = POSTCODE.search(plain)
    if found:
        plain = plain[: found.start()] + plain[found.end() :]
    plain = re.sub(r"[\s,、，。·〒]", "", plain)
    for many, one in _one_sign().items():
        plain = plain.replace(many, one)
    for country in words()["ideographs"]["countries"]:
        plain = plain.removeprefix(country)
    numbered = re.sub(r"[‐-―ー−](?=\d)", "-", COUNTED.sub("-", plain))
    return re.sub(r"-(?!\d)", "", numbered), "" if found is None else re.sub(r"\D", "", found[0])


def ideographs_agree(a: str, b: str) -> Agreement:
    """Compare two of them; one may leave out the postcode, or the building and flat at its end."""
    (x, code), (y, other) = ideographic(a), ideographic(b)
    if code and other and code != other:
        return Agreement("different", ("postcode",))
    told = () if bool(code) == bool(other) else ("postcode",)
    if x == y:
        same = "" if "".join(a.split()) == "".join(b.split()) else "spacing"
        return Agreement("compatible", told) if told else Agreement("same", (same,) if same else ())
    shorter, longer = sorted((x, y), key=len)
    rest = longer.removeprefix(shorter)
    cut = shorter[-1:].isdigit() and rest[:1].isdigit()
    if len(shorter) >= SHARE_MIN * len(longer) and rest != longer and not cut:
        return Agreement("compatible", (*told, "unit"))
    if re.findall(r"\d+", x) != re.findall(r"\d+", y):
        return Agreement("different", ("house_number",))
    return Agreement("different", ("street",))


@cache
def _one_sign() -> dict[str, str]:
    return dict(words()["ideographs"]["one_sign"])

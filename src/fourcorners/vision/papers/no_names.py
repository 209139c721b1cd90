"""Which words of a paper may be a name, and which are its title, a notice, a chapter or a label."""

import re
from functools import cache

from fourcorners.kit.data import load_toml
from fourcorners.vision.papers.blocks import is_contact
from fourcorners.vision.papers.companies import EASTERN_FORM, NAME_MAX, has_suffix
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.kinds import KINDS
from fourcorners.vision.papers.labels import find_label, table
from fourcorners.vision.papers.letter import honoured
from fourcorners.vision.papers.line import PaperLine
from fourcorners.vision.papers.rows import opens_chapter

__all__ = ["could_name", "names_authority"]

TITLE_MIN = 5
"""Letters of a title with which no name begins."""

DIGITS_MAX = 3
"""A name has at most so many digits."""

SLOGAN = re.compile(r"\w{4}[.!?] [a-zà-ÿ]")
"""A sentence behind another: what a company says of itself."""


def could_name(text: str) -> bool:
    """May a text name a company, an office or a person?"""
    words = folded(text)
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    if (
        letters < max(2, 0.5 * len(text))
        or len(text) > NAME_MAX
        or digits > DIGITS_MAX
        or ":" in text
        or text[0] == "*"
    ):
        return False
    if text[0] == "(" and not EASTERN_FORM.match(text):
        return False
    if opens_chapter(text) or SLOGAN.search(text) or honoured(text) or _is_notice(text):
        return False
    if is_contact(text) or (len(text.split()) == 1 and is_contact(f"{text}:")):
        return False
    if any(words.startswith(f" {w} ") for w in table("issuers")["no_names"]):
        return False
    if _opens_with_title(words) and not has_suffix(text):
        return False
    titled = " ".join(w for w in words.split() if w not in _copies())  # "Invoice, original"
    if (not titled and words) or titled in _titles() - _authorities():
        return False
    label = find_label(PaperLine(text, (0, 0, 1, 1)), "blocks")
    return label is None or (label.kind == "sender" and not label.alone)  # "Compañía Eléctrica" begins like a label


def names_authority(text: str) -> bool:
    """Is it an authority whose name says at the same time what kind of paper it is?"""
    return folded(text).strip() in _authorities()


def _opens_with_title(words: str) -> bool:
    """Does a folded heading begin or end with the title of a bill, whatever else it says of it?"""
    return words.startswith(_bare_titles()[0]) or words.endswith(_bare_titles()[1])


@cache
def _bare_titles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What headings begin with and end with, folded: words for bills and statements, and the titles of leases."""
    leases = load_toml("fourcorners.vision.papers", "kinds.toml")["rental_agreement"]["5"]
    known = {folded(p.rstrip("*")).strip() for p in (*table("dates")["titles"], *leases)} - _authorities()
    signs = {t for t in known if any("\u3040" <= c <= "\u9fff" for c in t) and len(t) > 1}
    titles = sorted(f" {t} " for t in known if len(t) >= TITLE_MIN and t not in signs)
    return tuple(titles), (*titles, *(f"{t} " for t in sorted(signs)))


def _is_notice(text: str) -> bool:
    """Is it, in Chinese or Japanese, a title with nobody's name in it: "水道料金のお知らせ"?"""
    if not any("\u3040" <= c <= "\u9fff" for c in text) or EASTERN_FORM.search(text):
        return False
    rest = folded(text)
    for title in _eastern_titles():
        rest = rest.replace(title, "")
    return sum("\u3040" <= c <= "\u9fff" for c in rest) < 2


@cache
def _eastern_titles() -> tuple[str, ...]:
    """Titles in those scripts, longest first, with the words that join them."""
    found = {t for t in _titles() if any("\u3040" <= c <= "\u9fff" for c in t)} - _authorities()
    joints = {folded(t).strip() for t in table("issuers")["joints"]}
    return tuple(sorted(found | joints, key=lambda t: -len(t)))


@cache
def _authorities() -> frozenset[str]:
    """Authorities whose name says at the same time what kind of paper it is."""
    return frozenset(folded(name).strip() for name in table("issuers")["authorities"])


@cache
def _copies() -> frozenset[str]:
    """What says beside a title whether it is the original or a copy."""
    return frozenset(folded(word).strip() for word in table("issuers")["copies"])


@cache
def _titles() -> frozenset[str]:
    """What headings say about the kind of paper: no name of anybody."""
    kinds = load_toml("fourcorners.vision.papers", "kinds.toml")
    phrases = {folded(p.rstrip("*")).strip() for kind in KINDS for ps in kinds[kind].values() for p in ps}
    return frozenset(phrases | {folded(t).strip() for t in table("dates")["titles"]})

"""Names of companies, told from those of people by their form or a word that only companies have."""

import re
from functools import cache

from fourcorners.vision.papers.folding import INFLECTED, folded
from fourcorners.vision.papers.labels import table
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.words import one_of, words_of

__all__ = ["EASTERN_FORM", "NAME_MAX", "company_in", "has_suffix"]

NAME_MAX = 60
"""A name has at most so many characters."""

WORDS_MAX = 9
"""A company's name has at most so many words."""

SENTENCE = re.compile(r"(?<=\w\w)[.!?:]\s+(?=[^\W\d_a-zß-ÿ])")
"""Where a sentence ends and another begins."""

LINE_MAX = 400
"""Names of companies are not looked for in longer lines."""

QUOTED = re.compile(rf"(?<!\w){one_of('companies', 'before_quotes')}\s+[«\"„“”][^»\"“”]{{2,50}}[»\"“”]")
"""A company whose form stands before its name in quotes, as in Russian, Ukrainian, Lithuanian and Latvian."""

FORM_FIRST = re.compile(rf"{one_of('companies', 'first')}\s+[^\W\d_][^,:;|]{{2,50}}")
"""A company whose form opens its line, as in Serbia, Indonesia, Georgia and Vietnam."""

COUNTY = re.compile(r"[ ,]+Co\.? [^\W\d_a-z]")
"""A county of Ireland: "Co. Clare"."""

POSTCODE_BEHIND = re.compile(r"\s+\d{5}(?!\d)")

CAPITAL = re.compile(r"(?<![\w&])[^\W\d_a-zß-ÿ]")

EASTERN_FORM = re.compile(rf" ?{one_of('companies', 'eastern')}")
"""Forms of companies that are joined to the name, before or behind it."""

APART = re.compile(r"\s+[-–—−•·|]\s+|\s{3,}|[|•·;]|(?<=\w):\s|\sby\s")


def has_suffix(text: str) -> bool:
    """Does a name end like a company's, or hold a word that only companies have?"""
    words = folded(text.replace(".", ""))
    return any(words.endswith(f" {suffix} ") for suffix in _suffixes())


def company_in(line: PaperLine) -> PaperLine | None:
    """The part of a line up to the form of a company, from the last separator before it."""
    if len(line.text) > LINE_MAX:
        return None
    if (quoted := QUOTED.search(line.text)) is not None:
        return part(line, *quoted.span())
    if FORM_FIRST.fullmatch(line.text.strip()):
        return line
    for found in _company_pattern().finditer(line.text):
        if COUNTY.match(line.text, found.start()):
            continue
        if found[0].islower() and "." not in found[0] and line.text[: found.start()].split()[-1].islower():
            continue  # "known as": no company in Norway
        if found[0].strip(" ,") in words_of("companies", "small"):
            continue  # "Contractul se": a small word
        if POSTCODE_BEHIND.match(line.text, found.end()):
            continue  # "RENO NV 89502"
        starts = [m.end() for m in APART.finditer(line.text, 0, found.start())]
        start = starts[-1] if starts else 0
        if EASTERN_FORM.match(found[0]):
            ends = [m.start() for m in re.finditer(r"\s", line.text[found.end() :])]
            before = line.text[start : found.start()].strip()  # the form may stand before the name
            return part(line, start, found.end() if before else found.end() + (ends[0] if ends else NAME_MAX))
        capital = CAPITAL.search(line.text, start, found.start())  # a logo in small letters may stand before the name
        name = part(line, capital.start() if capital else start, found.end())
        if len(name.text.split()) > WORDS_MAX and (stop := _last_stop(line.text, found.start())):
            name = part(line, stop, found.end())  # "... within 14 days. Norrtele AB, Storgatan 31"
        words = name.text.split()
        if 1 < len(words) <= WORDS_MAX and words[0][:1].isupper() and not any(w.isdigit() for w in words[:1]):
            return name
    return None


def _last_stop(text: str, end: int) -> int:
    """Where the sentence begins in which a form of a company stands; 0 where it is the first."""
    return max((found.end() for found in SENTENCE.finditer(text, 0, end)), default=0)


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(folded(s.replace(".", "")).strip() for s in table("issuers")["suffixes"])


@cache
def _company_pattern() -> re.Pattern[str]:
    forms = []
    for suffix in table("issuers")["suffixes"]:
        if suffix[0].isascii() or INFLECTED.match(suffix):
            letters = [
                rf"{re.escape(c)}\.?" if c.isalnum() else r"(?:&|und)" if c == "&" else r"[ /]?\s?" for c in suffix
            ]
            forms.append("".join(letters))
    known = "|".join(sorted(forms, key=lambda f: -len(f)))
    return re.compile(rf"(?<=[\w.)&])[ ,]+(?:{known})(?![\w])|{EASTERN_FORM.pattern}", re.IGNORECASE)

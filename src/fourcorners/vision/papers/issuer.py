"""Who issued a paper."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fourcorners.vision.papers.companies import NAME_MAX, company_in, has_suffix
from fourcorners.vision.papers.fields import PaperField
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.gathered import Gathered
from fourcorners.vision.papers.issuer_votes import HEAD, issuer_votes
from fourcorners.vision.papers.labels import beside_or_below, find_label, table
from fourcorners.vision.papers.letter import looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine, on_one_row, part
from fourcorners.vision.papers.no_names import could_name
from fourcorners.vision.papers.window import is_surname_first

__all__ = ["find_issuer"]

SCORE_MIN = 2.2
BRAND_MIN = 4
ABBREVIATION = (2, 8)
"""Letters of an abbreviation that stands for a name."""


TWIN_SHARE, TWIN_HEIGHT_MAX = 0.6, 1.08
"""A name in another language beside the best has so much of its points, and is at most so many times as high."""

INITIALS = re.compile(r"([^\W\d_][\w'’-]{2,}) ([^\W\d_])\.(?: ?([^\W\d_])\.)?")
"""A surname with initials behind it."""


DOMAIN = re.compile(
    r"(?:www\.|https?://(?:www\.)?|@)([a-z0-9][a-z0-9.-]*\.[a-z]{2,12})|(?<![\w.@/-])((?-i:[a-z][a-z0-9-]{2,}(?:\.[a-z-]{2,12}){1,2}))(?![\w.])",
    re.IGNORECASE,
)
"""A web or mail domain, also without "www" where it is written in small letters."""


def find_issuer(paper: Gathered) -> PaperField | None:
    """The company, bank, landlord or authority behind a paper.

    Labels ("Sold by"), the form of a company in the head or foot, the largest words of the head, a sender's block and
    the domain of web and mail addresses each speak for a name; what speaks for the holder speaks against it.
    """
    votes: defaultdict[str, list[float]] = defaultdict(list)
    where: dict[str, tuple[float, PaperLine]] = {}
    held = _held(paper)
    for line, score in issuer_votes(paper):
        key = folded(line.text.replace(".", ""))
        if not key.strip() or len(line.text) > NAME_MAX or folded(line.text) in held or not could_name(line.text):
            continue
        votes[key].append(score)
        if key not in where or score > where[key][0]:
            where[key] = score, line
    scores = {key: 0.5 * (max(given) + sum(given)) for key, given in votes.items()}
    text, domains = folded(" ".join(line.text for line in paper.lines)), _domains(paper.lines)
    for key in scores:
        scores[key] += _support(key, domains, text)
    best = max(scores, key=lambda key: (scores[key], -where[key][1].box[1]), default="")
    if scores.get(best, 0.0) < SCORE_MIN:
        return None
    best = _in_full(best, scores)
    best = next((key for key in scores if _stands_for(where[best][1].text, where[key][1], paper.page_height)), best)
    twins = [k for k in scores if _is_twin(where[k][1], where[best][1]) and scores[k] >= TWIN_SHARE * scores[best]]
    best = min(twins, key=lambda key: where[key][1].box[0], default=best)
    line = _spelt_out(where[best][1], paper.lines)
    sure = min(0.95, 0.45 + 0.1 * scores[best])
    return PaperField(line.text.strip(" ,;:"), round(sure * line.confidence, 3), (line,))


def _held(paper: Gathered) -> set[str]:
    """Names that are the holder's: over an address, behind a label, or told surname first elsewhere ("VIDAL, ANA")."""
    held = {folded(n.text) for b in paper.blocks if b.label in ("holder", "service", "shipping") for n in b.names}
    for line in paper.lines:
        label = find_label(line, "names")
        if label is not None and label.alone:
            values = [label.value] if label.value else beside_or_below(line, paper.lines)
            held |= {folded(o.text) for o in values if looks_like_person(untitled(o.text)) and company_in(o) is None}
    turned = {frozenset(folded(o.text).split()) for o in paper.lines if is_surname_first(o.text)}
    over = (n.text for b in paper.blocks for n in b.names if "," not in n.text)
    return held | {folded(name) for name in over if frozenset(folded(name).split()) in turned}


def _is_twin(one: PaperLine, best: PaperLine) -> bool:
    """Is it the name in another language: left of the best on its row, alike in size and apart from it?"""
    alike = max(one.height, best.height) < TWIN_HEIGHT_MAX * min(one.height, best.height)
    apart = best.box[0] - one.box[2] > one.height
    return alike and apart and on_one_row(one, best) and one.page == 0 and len(one.text.split()) > 1


def _spelt_out(name: PaperLine, lines: Sequence[PaperLine]) -> PaperLine:
    """A person with initials, as under a contract, by the name in full where the contract names it."""
    short = INITIALS.fullmatch(name.text.strip())
    if short is None:
        return name
    surname, *letters = short.groups()
    full = re.compile(rf"{re.escape(surname)} " + " ".join(rf"{letter}[\w'’-]+" for letter in letters if letter))
    return next((part(o, *found.span()) for o in lines if (found := full.search(o.text))), name)


def _stands_for(short: str, name: PaperLine, page_height: float) -> bool:
    """Is the best an abbreviation of a name in the head, made of the beginnings of its words: "LUZELCO", "SEB"?"""
    letters = "".join(c for c in folded(short) if c.isalpha())
    alone = len(short.split()) == 1 and short.isupper() and ABBREVIATION[0] <= len(letters) <= ABBREVIATION[1]
    words = [w for w in folded(name.text).split() if w.isalpha()]
    if not alone or len(words) < 2 or name.page > 0 or name.middle > HEAD * page_height:
        return False
    return words[0][0] == letters[0] and _spelt(letters, words) >= 2


def _spelt(letters: str, words: Sequence[str]) -> int:
    """Of how many of the words beginnings make up the letters, in order; 0 where they do not."""
    if not letters:
        return 0
    for i, word in enumerate(words):
        for n in range(min(len(word), len(letters)), 0, -1):
            rest = letters[n:]
            if word[:n] == letters[:n] and (not rest or _spelt(rest, words[i + 1 :])):
                return 1 + (_spelt(rest, words[i + 1 :]) if rest else 0)
    return 0


def _in_full(brand: str, scores: Mapping[str, float]) -> str:
    """The company in full, where the best is but its brand, which says something else or is written in one word."""
    words, joined = brand.split(), "".join(brand.split())
    if has_suffix(brand) or len(words[0]) < BRAND_MIN:
        return brand
    companies = [key for key in scores if has_suffix(key) and scores[key] >= SCORE_MIN]
    alike = [k for k in companies if k.split()[0] == words[0] or "".join(k.split()).startswith(joined)]
    if any(set(words) <= set(key.split()) for key in alike):
        return brand
    return max(alike, key=lambda key: scores[key], default=brand)


def _domains(lines: Sequence[PaperLine]) -> dict[str, int]:
    """Names of web and mail domains, without those of mail for everybody, with how often they stand there."""
    found: dict[str, int] = {}
    for line in lines:
        for match in DOMAIN.finditer(line.text):
            parts = (match[1] or match[2]).casefold().split(".")
            stem = parts[-3] if len(parts) > 2 and parts[-2] in ("co", "com", "gov", "org") else parts[-2]
            if stem not in table("contact")["freemail"] and len(stem) > 2:
                found[stem] = found.get(stem, 0) + 1
    return found


def _support(key: str, domains: dict[str, int], text: str) -> float:
    """What domains and repetition add to a name."""
    words = [w for w in key.split() if len(w) > 2]
    squeezed = "".join(key.split()).casefold()
    known = any(d.replace("-", "") in squeezed or (words and words[0].casefold() in d) for d in domains)
    again = text.count(f" {words[0]} ") - 1 if words else 0
    return (1.5 if known else 0.0) + min(0.8, 0.2 * max(0, again))

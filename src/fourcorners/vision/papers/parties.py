"""Who the people of a contract or a letter are, where its sentences name them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fourcorners.vision.papers.chains import stands_under
from fourcorners.vision.papers.folding import folded
from fourcorners.vision.papers.labels import beside, table
from fourcorners.vision.papers.letter import looks_like_person, untitled
from fourcorners.vision.papers.line import PaperLine, part
from fourcorners.vision.papers.names_told import NAME
from fourcorners.vision.papers.prose import told_roles
from fourcorners.vision.papers.several import joint_holders
from fourcorners.vision.papers.words import one_of

__all__ = ["Role", "addressed_name", "contract_roles", "is_other_partys"]

BRACKETS = re.compile(r"\((?P<inside>[^()]{2,60})\)|[«“„\"](?P<quoted>[^«»“”„\"]{2,40})[»”“\"]")
NAMED = re.compile(rf"(?P<name>{NAME})")
FORM_OF_COMPANY = re.compile(rf",? ?{one_of('companies', 'in_sentences')}\.?(?!\w)")
JOINT = re.compile(rf"\b(?:{one_of('parties', 'between')}|{one_of('names', 'joints')})\s+(?=[^\W\d_a-zß-ÿ])")

HEADING_MAX, HEADING_WORDS_MAX = 8.0, 4
"""A heading of so many words stands at most so many line heights over what it heads."""

Role = tuple[PaperLine, str]
"""A name and its part in a contract: `holder` or `issuer`."""


def contract_roles(lines: Sequence[PaperLine]) -> tuple[Role, ...]:
    """Who is who in a contract: each name before a role, then the first one to which a bracket gives it."""
    bracketed = ((_party(lines, role), role) for role in table("roles"))
    told = (*told_roles(lines), *((name, role) for name, role in bracketed if name is not None))
    holders = joint_holders(lines)
    if holders is None:
        return told
    known = next((name for name, role in told if role == "holder"), None)
    more = known is None or (known.text in holders.text and len(holders.text) > len(known.text))
    return ((holders, "holder"), *told) if more else told


def _party(lines: Sequence[PaperLine], role: str) -> PaperLine | None:
    """The name to which a bracket gives a role, "holder" or "issuer" of the roles in labels.toml.

    "Anna Weber, of 3 High Street (hereinafter: Tenant)": the bracket may follow the address.
    """
    roles = {folded(word).strip() for word in table("roles")[role]}
    for line in lines:
        begun = 0
        for found in BRACKETS.finditer(line.text):
            words = folded(found["inside"] or found["quoted"]).split()
            if words and (words[-1] in roles or " ".join(words[-2:]) in roles):
                name = _first_name(line, begun, found.start())
                if name is not None:
                    return name
            begun = found.end()
    return None


def is_other_partys(line: PaperLine, lines: Sequence[PaperLine]) -> bool:
    """Does a line stand under a heading that names the other party: "Landlord", "The lessor's agent"?"""
    over = [
        o
        for o in lines
        if o.page == line.page
        and 0 < line.middle - o.middle < HEADING_MAX * line.height
        and abs(o.box[0] - line.box[0]) < 2 * line.height
        and ":" not in o.text
        and len(o.text.split()) <= HEADING_WORDS_MAX
        and not any(c.isdigit() for c in o.text)
        and beside(o, lines) is None
    ]
    if _kinds_of(line.text.split(":")[0]):
        return False
    for heading in sorted(over, key=lambda o: -o.middle):
        kinds = {
            kind for kind, roles in table("roles").items() for word in folded(heading.text).split() if word in roles
        }
        if kinds:
            return kinds == {"issuer"}
    return False


def _kinds_of(text: str) -> set[str]:
    """The parts in a contract that the words of a text name."""
    words = folded(text).split()
    return {kind for kind, roles in table("roles").items() for word in words if word in roles}


def addressed_name(lines: Sequence[PaperLine]) -> PaperLine | None:
    """The first name behind a form of address in a sentence: "we certify that Mr Jan Novak works here"."""
    for line in lines:
        for found in _addressed(line.text):
            name = part(line, *found.span("name"))
            below = next((o for o in lines if stands_under(line, o)), None)
            if name.text.endswith("-") and below is not None:  # the line ended inside a double name
                return replace(name, text=name.text + below.text.split(" ", 1)[0].rstrip(",."), places=())
            return name
    return None


def _addressed(text: str) -> Iterator[re.Match[str]]:
    for before in re.finditer(r"[^\W\d_]+\.?(?:ra)?\s+", text):
        if folded(before[0]).strip() in table("salutations")["in_prose"]:
            found = NAMED.match(text, before.end())
            if found and looks_like_person(found["name"]):
                yield found


def _first_name(line: PaperLine, start: int, end: int) -> PaperLine | None:
    """The first name of a stretch of a line, behind the words that join the parties."""
    text = line.text[start:end]
    joint = max((found.end() for found in JOINT.finditer(text)), default=0)
    for at in (joint, 0):
        found = NAMED.search(text, at)
        if found and (at or looks_like_person(untitled(found["name"])) or "," in text[found.end() : found.end() + 1]):
            form = FORM_OF_COMPANY.match(text, found.end())
            return part(line, start + found.start(), start + (form or found).end())
    return None

"""From text to data elements: header, subfiles and separators, whole or damaged."""

import re
from dataclasses import dataclass
from functools import cache

from fourcorners.kit.data import load_toml

from .model import Problem

__all__ = ["Envelope", "open_envelope"]

_COMPLIANT = re.compile(r"@\n[\x1c\x1e]\r(?:ANSI |AAMVA)")
_HEADER = re.compile(r"(?:ANSI|AAMVA)\s{0,3}(?P<issuer>\d{6})(?P<version>\d{2})(?P<rest>\d{0,4})", re.IGNORECASE)
_DESIGNATOR = re.compile(r"\s?([A-Z]{2})(\d{4})(\d{4})")
_SUBFILE_TYPE = re.compile(r"(?:DL|ID|EN|Z[A-Z])(?=D[A-D][A-Z]|Z[A-Z][A-Z])")
_SEPARATORS = re.compile(r"[\x00-\x1f\x7f\x85]+")
_IDENTIFIER = re.compile(r"([DZP])[^\x20-\x7e]*([A-Z])[^\x20-\x7e]*([A-Z])")  # with bytes of damage in between
_COLON = re.compile(r"^\s*[:=]\s*")  # as a listing of elements has it
_HEADER_LENGTH = 80
_CORE = ("DAQ", "DBA", "DBB")  # every card has these: number, expiry, birth
_ENOUGH_ELEMENTS = 4  # fewer, and the separators must be missing
_ENOUGH_WITHOUT_HEADER = 3  # fewer, and the text is probably about something else


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the text holds, before its meaning."""

    version: int | None
    issuer: str
    document_type: str
    elements: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def is_empty(self) -> bool:
        """No element of the standard says anything; without a header a single one may be chance."""
        known = sum(1 for name, value in self.elements.items() if value and name in _identifiers())
        return known < (1 if self.issuer else _ENOUGH_WITHOUT_HEADER)


def open_envelope(text: str) -> Envelope:
    """Find the header and every element. Damage is reported in `problems`."""
    problems = [] if _COMPLIANT.match(text) else [Problem("header_damaged")]
    header = _HEADER.search(text)
    version, issuer, document_type, start = None, "", "", 0
    if header is None:
        problems = [Problem("header_missing")]
        begin = _SUBFILE_TYPE.search(text, 0, _HEADER_LENGTH)  # what is left of the header is no element
        start = begin.start() if begin else 0
    else:
        version, issuer, start = int(header["version"]), header["issuer"], header.end()
        while (designator := _DESIGNATOR.match(text, start)) and text[start : start + 3] not in _identifiers():
            document_type = document_type or designator[1]
            problems += _misplaced(text, designator)
            start = designator.end()
    body = text[start:]
    elements, stray = _elements(_SEPARATORS.split(body))
    if len(elements) < _ENOUGH_ELEMENTS:
        found, stray = _elements(_split_without_control_characters(body))
        if len(found) > len(elements):
            elements = found
            problems.append(Problem("separators_damaged"))
    if lost := [name for name in _CORE if name in body and name not in elements]:
        found, strays = _elements(_split_at_identifiers(body))
        if sum(name in found for name in lost) and len(found) > len(elements):  # some separators are missing
            elements, stray = found, strays
            problems.append(Problem("separators_damaged"))
    problems += [Problem("text_without_element")] * bool(stray)
    return Envelope(version, issuer, document_type, elements, tuple(problems))


def _misplaced(text: str, designator: re.Match[str]) -> list[Problem]:
    """A subfile that does not lie where the header says, as happens when a card was made up or its data edited."""
    name, offset, length = designator[1], int(designator[2]), int(designator[3])
    if text[offset : offset + 2] != name:
        return [Problem("subfile_offset_wrong", name)]
    if text[offset + length - 1 : offset + length] != "\r":
        return [Problem("subfile_length_wrong", name)]
    return []


def _elements(parts: list[str]) -> tuple[dict[str, str], bool]:
    """Elements by identifier, the first of its kind that is not empty; and whether any part was none."""
    elements: dict[str, str] = {}
    stray = False
    for part in parts:
        rest = part.lstrip()
        kind = _SUBFILE_TYPE.match(rest)
        rest = rest[kind.end() :] if kind else rest
        while rest:
            identifier = _IDENTIFIER.match(rest)
            if identifier is None:
                stray = True
                break
            name = "".join(identifier.groups())
            value, rest = _value(name, _COLON.sub("", rest[identifier.end() :]))
            elements[name] = elements.get(name) or value
    return elements, stray


def _value(name: str, text: str) -> tuple[str, str]:
    """The value, and a next element that follows a value of known shape without a separator."""
    shape = _shapes().get(name)
    found = shape.match(text) if shape else None
    if found and text[found.end() : found.end() + 3] in _identifiers():
        return found[0], text[found.end() :]
    return text.strip(), ""


def _split_without_control_characters(body: str) -> list[str]:
    """Split at whatever stands before known identifiers; with nothing there, at the identifiers themselves."""
    names = "|".join(_identifiers())
    parts = re.split(rf"[^A-Z0-9]{{1,8}}(?={names})", body)
    return parts if len(parts) >= _ENOUGH_ELEMENTS else _split_at_identifiers(body)


def _split_at_identifiers(body: str) -> list[str]:
    """Split where an identifier stands that has not been seen and may stand there, whatever is before it."""
    names = "|".join(_identifiers())
    starts, seen = [0], set()
    for match in re.finditer(rf"(?={names})", body):
        start = match.start()
        name = body[start : start + 3]
        if name in seen or not (_stands_at(body, start) or _is_free(body, start)):
            continue
        seen.add(name)
        starts.append(start)
    return [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]


def _stands_at(body: str, start: int) -> bool:
    """Whether an identifier stands here whose value has the shape that it must have."""
    shape = _shapes().get(body[start : start + 3])
    return shape is not None and shape.match(body, start + 3) is not None


def _is_free(body: str, start: int) -> bool:
    """Whether an identifier without a shape of its own may stand here: none with a right value begins inside it."""
    return body[start : start + 3] not in _shapes() and not any(_stands_at(body, start + k) for k in (1, 2))


@cache
def _identifiers() -> frozenset[str]:
    return frozenset(load_toml("fourcorners.formats.aamva", "elements.toml")["names"])


@cache
def _shapes() -> dict[str, re.Pattern[str]]:
    table = load_toml("fourcorners.formats.aamva", "elements.toml")["shapes"]
    return {name: re.compile(shape) for name, shape in table.items()}

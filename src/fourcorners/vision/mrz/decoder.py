"""From chances of characters to lines: the likeliest text under the rules of the formats, and how likely it is.

The score of a text is the log of its chance: what the network gives its characters, times how rarely issuers print a
character that the format does not allow at its place, or a wrong check digit. A wrong check digit that is clearly
printed is thus read as printed; a smudged character under a check digit that settles it is settled. Where two texts
stay close, the reading is not sure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.formats.mrz import (
    ALPHABET,
    FILLER,
    LAYOUTS,
    Layout,
    MrzFormat,
    Position,
    check_rules,
    layout_for,
    verify,
)
from fourcorners.formats.mrz.check_digits import VALUES, WEIGHTS
from fourcorners.formats.states import states
from fourcorners.vision.mrz.search import best_first

__all__ = ["Chances", "Decoded", "decode"]

LOG_MISPRINT = -7.0
"""Log chance that an issuer prints a wrong check digit: less than one document in a thousand, specimens apart."""
LOG_COMPOSITE_TOO = -0.5
"""... that the composite digit is wrong as well, when another already is."""
LOG_STRANGE = -9.0
"""... that a character stands where the format does not allow it."""
LOG_UNKNOWN_STATE = -5.0
"""... that the code of a state is none of those of Doc 9303-3."""
LOG_FOREIGN = -4.0
"""... that a passport's holder is no national of the state that issued it."""
LOG_AFTER_NAMES = -4.0
"""... that a name goes on after three fillers: Doc 9303 separates its parts by one or two."""
LOG_ODD_CODE = -4.0
"""... that a document code starts with another letter than the format's."""
LOG_LOOK_ALIKE = -6.5
"""... that a certain character of a number is one of `LOOK_ALIKES`: issuers avoid them, for they look like 0 and 1."""
LOOK_ALIKES = "OI"
UNMISTAKABLE = "".join(c for c in ALPHABET if c not in LOOK_ALIKES)
WITHIN = 13.0
"""What is e^13 times less likely than the best is left out."""
TEXTS_MOST, ZONES_MOST = 600, 1500
CHARACTERS_MOST = 12
ALTERNATIVES_MOST = 5
ALTERNATIVE_CHANCE = 0.002
STARTS: Mapping[MrzFormat, str] = {
    MrzFormat.TD1: "IAC",
    MrzFormat.TD2: "IAC",
    MrzFormat.TD3: "P",
    MrzFormat.MRVA: "V",
    MrzFormat.MRVB: "V",
    MrzFormat.FRID: "I",
    MrzFormat.EUDL1: "D",
}

Chances: TypeAlias = NDArray[np.float64]
"""Log chance of each character of ALPHABET, (length, 37), for one line."""
Options: TypeAlias = Mapping[Position, list[tuple[float, str]]]
"""For each position (log chance, character), likeliest first."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with its log chance `score`.

    `chance` says how likely all of it is right, given that one of the texts that were weighed is; `line_chances` the
    same for each line. `agreeing` counts the check digits that agree, less those that do not.
    """

    format: MrzFormat
    lines: tuple[str, ...]
    score: float
    chance: float
    line_chances: tuple[float, ...]
    agreeing: int
    alternatives: tuple[tuple[str, ...], ...]


class _Text(NamedTuple):
    """What may stand at the positions of a part; `sum` is its share in the composite check digit's sum."""

    characters: str
    wrong: bool
    sum: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Positions that belong together: a check digit and what it covers, a state's code, or what only the composite
    digit covers. The digit stands last."""

    positions: tuple[Position, ...]
    texts: list[tuple[float, _Text]]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The parts, their texts together (log chance, texts) likeliest first, and the chance of each."""

    parts: list[_Part]
    zones: list[tuple[float, tuple[_Text, ...]]]
    shares: NDArray[np.float64]
    whole: bool

    def characters(self, zone: int) -> dict[Position, str]:
        """The characters of all parts in that zone."""
        found: dict[Position, str] = {}
        for part, text in zip(self.parts, self.zones[zone][1], strict=True):
            found |= dict(zip(part.positions, text.characters, strict=True))
        return found


def decode(lines: Sequence[Chances]) -> Decoded | None:
    """The likeliest reading over all formats with as many lines of this length; None if there is no such format."""
    shape = len(lines), len(lines[0])
    visa = ALPHABET[int(lines[0][0].argmax())] == "V"  # starts no other code, and alone tells a visa's layout
    found = [
        _decode(name, lines)
        for name, layout in LAYOUTS.items()
        if (layout.line_count, layout.line_length) == shape and (STARTS[name] == "V") == visa
    ]
    return max(found, key=lambda each: each.score) if found else None


def _decode(name: MrzFormat, lines: Sequence[Chances]) -> Decoded:
    state = "".join(ALPHABET[int(i)] for i in lines[0][2:5].argmax(1))
    layout = layout_for(name, state)
    options = _options(layout, lines)
    weighed = _weighed(layout, options)
    free = [position for position in options if all(position not in part.positions for part in weighed.parts)]
    certain = {p: options[p][0][0] - _log_sum([score for score, _ in options[p]]) for p in free}
    line_log = [sum(log for (row, _), log in certain.items() if row == line) for line in range(layout.line_count)]
    for i, part in enumerate(weighed.parts):
        best = weighed.zones[0][1][i].characters
        same = sum(
            share
            for share, (_, texts) in zip(weighed.shares, weighed.zones, strict=True)
            if texts[i].characters == best
        )
        for line in {row for row, _ in part.positions}:
            line_log[line] += min(0.0, float(np.log(same)))
    chosen = {p: options[p][0][1] for p in free} | weighed.characters(0)
    text = _written(layout, chosen)
    chance = float(weighed.shares[0] * np.exp(sum(certain.values())))
    return Decoded(
        format=name,
        lines=text,
        score=weighed.zones[0][0] + sum(options[p][0][0] for p in free),
        chance=chance if weighed.whole else min(chance, 0.5),
        line_chances=tuple(float(x) for x in np.exp(line_log)),
        agreeing=sum(1 if check.agrees else -1 for check in verify(layout, text)),
        alternatives=_alternatives(layout, chosen, {p: options[p] for p in free}, weighed),
    )


def _options(layout: Layout, lines: Sequence[Chances]) -> Options:
    """What is strange at a place is made unlikely there."""
    numbers = {
        position
        for field in layout.fields.values()
        if field.kind == "alnum" and field.name != "document_code"
        for position in field.positions
    }
    options = {}
    for row, allowed in enumerate(layout.allowed):
        for column, characters in enumerate(allowed):
            scores = lines[row][column] + _rarity(characters, LOG_STRANGE)
            if (row, column) == (0, 0):
                scores = scores + _rarity(STARTS[layout.format], LOG_ODD_CODE)
            if (row, column) in numbers:
                scores = scores + _rarity(UNMISTAKABLE, LOG_LOOK_ALIKE)
            order = np.argsort(-scores, kind="stable")[:CHARACTERS_MOST]
            options[row, column] = [(float(scores[i]), ALPHABET[i]) for i in order]
    for field in layout.fields.values():
        if field.kind == "name":
            _end_name(field.positions, options)
    return options


def _end_name(positions: Sequence[Position], options: dict[Position, list[tuple[float, str]]]) -> None:
    """Behind three fillers of a name, make all but fillers unlikely."""
    text = "".join(options[position][0][1] for position in positions)
    end = text.find(3 * FILLER)
    for position in positions[end + 3 :] if end >= 0 else ():
        weighed = [
            (score + LOG_AFTER_NAMES * (character != FILLER), character) for score, character in options[position]
        ]
        options[position] = sorted(weighed, key=lambda each: -each[0])


@cache
def _rarity(usual: str, log_chance: float) -> NDArray[np.float64]:
    """`log_chance` for every character but the usual ones."""
    return np.array([0.0 if c in usual else log_chance for c in ALPHABET])


def _weighed(layout: Layout, options: Options) -> _Weighed:
    likeliest = _written(layout, {position: each[0][1] for position, each in options.items()})
    rules = list(check_rules(layout, likeliest))
    composite = next((rule for rule in rules if rule.field == "composite"), None)
    weights = {p: WEIGHTS[i % 3] for i, p in enumerate(composite.positions)} if composite else {}
    parts = [_part((*rule.positions, rule.position), options, weights) for rule in rules if rule is not composite]
    states_of = [field.positions for field in layout.fields.values() if field.kind == "state"]
    first_state = len(parts)
    parts += [_state(positions, options, weights) for positions in states_of]
    if composite is not None:
        tied = {position for part in parts for position in part.positions}
        loose = tuple(p for p in composite.positions if p not in tied)
        parts.append(_part((*loose, composite.position), options, weights, checked=False))
    zones = []
    for score, texts in islice(best_first([part.texts for part in parts], WITHIN), ZONES_MOST):
        if composite is not None and str(sum(text.sum for text in texts) % 10) != texts[-1].characters[-1]:
            score += LOG_COMPOSITE_TOO if any(text.wrong for text in texts) else LOG_MISPRINT
        if layout.format is MrzFormat.TD3:
            codes = {text.characters for text in texts[first_state : first_state + len(states_of)]}
            score += LOG_FOREIGN * (len(codes) > 1)
        zones.append((score, texts))
    zones.sort(key=lambda each: -each[0])
    scores = np.array([score for score, _ in zones])
    whole = len(zones) < ZONES_MOST and all(len(part.texts) < TEXTS_MOST for part in parts)
    return _Weighed(parts, zones, np.exp(scores - _log_sum(scores)), whole)


def _part(
    positions: tuple[Position, ...], options: Options, weights: Mapping[Position, int], checked: bool = True
) -> _Part:
    """The texts of these positions; the last is the digit that checks the others, unless not `checked`."""
    texts = []
    for score, characters in islice(best_first([options[p] for p in positions], WITHIN), TEXTS_MOST):
        wrong = checked and not _agrees(characters[:-1], characters[-1])
        text = _Text("".join(characters), wrong, _sum(characters, positions, weights))
        texts.append((score + LOG_MISPRINT * wrong, text))
    texts.sort(key=lambda each: -each[0])
    return _Part(positions, texts)


def _state(positions: tuple[Position, ...], options: Options, weights: Mapping[Position, int]) -> _Part:
    """The codes of states that may stand at these positions; no check digit covers them, but a list does."""
    texts = []
    for score, characters in islice(best_first([options[p] for p in positions], WITHIN), TEXTS_MOST):
        code = "".join(characters)
        known = code.rstrip(FILLER) in states()
        texts.append(
            (
                score + (0.0 if known else LOG_UNKNOWN_STATE),
                _Text(code, wrong=False, sum=_sum(characters, positions, weights)),
            )
        )
    texts.sort(key=lambda each: -each[0])
    return _Part(positions, texts)


def _sum(characters: Sequence[str], positions: tuple[Position, ...], weights: Mapping[Position, int]) -> int:
    return sum(VALUES[c] * weights.get(position, 0) for c, position in zip(characters, positions, strict=True))


def _agrees(covered: Sequence[str], digit: str) -> bool:
    if digit == FILLER and not "".join(covered).strip(FILLER):
        return True
    return digit == str(sum(VALUES[c] * WEIGHTS[i % 3] for i, c in enumerate(covered)) % 10)


def _log_sum(scores: Sequence[float] | NDArray[np.float64]) -> float:
    return float(np.logaddexp.reduce(scores))


def _written(layout: Layout, chosen: Mapping[Position, str]) -> tuple[str, ...]:
    columns = range(layout.line_length)
    return tuple("".join(chosen[row, column] for column in columns) for row in range(layout.line_count))


def _alternatives(
    layout: Layout, chosen: Mapping[Position, str], free: Options, weighed: _Weighed
) -> tuple[tuple[str, ...], ...]:
    """Other texts with a chance worth mentioning, likeliest first."""
    others = [
        (float(share), weighed.characters(i)) for i, share in enumerate(weighed.shares[: ALTERNATIVES_MOST + 1]) if i
    ]
    for position, ((first, _), (second, character), *_) in free.items():
        others.append((float(np.exp(second - np.logaddexp(first, second))), {position: character}))
    others.sort(key=lambda each: -each[0])
    return tuple(
        _written(layout, {**chosen, **changed})
        for share, changed in others[:ALTERNATIVES_MOST]
        if share > ALTERNATIVE_CHANCE
    )

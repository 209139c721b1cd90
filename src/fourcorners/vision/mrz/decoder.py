"""From chances of characters to lines: the likeliest text under the rules of the formats, and how likely it is.

The score of a text is the log of its chance: what the network gives its characters, times how rarely issuers print a character
that the format does not allow at its place, or a wrong check digit. A wrong check digit that is clearly printed is thus read
as printed; a smudged character next to a check digit that settles it is settled. Where two texts stay close, the reading is
not sure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.formats.mrz import ALPHABET, FILLER, LAYOUTS, Layout, MrzFormat, Position, check_rules, layout_for
from fourcorners.formats.mrz.check_digits import VALUES, WEIGHTS
from fourcorners.vision.mrz.search import best_first

__all__ = ["Decoded", "decode"]

LOG_MISPRINT = -7.0
"""Log chance that an issuer prints a wrong check digit: specimens apart, less than one document in a thousand."""
LOG_COMPOSITE_TOO = -0.5
"""... that the composite digit is wrong as well, when another already is."""
LOG_STRANGE = -6.0
"""... that a character stands where the format does not allow it."""
LOG_ODD_CODE = -4.0
"""... that a document code starts with another letter than the format's."""
WITHIN = 13.0
GROUP_TEXTS, GROUP_KEPT, ZONES = 600, 60, 1500
ALTERNATIVE = 0.002
STARTS: Mapping[MrzFormat, str] = {
    MrzFormat.TD1: "IAC",
    MrzFormat.TD2: "IAC",
    MrzFormat.TD3: "P",
    MrzFormat.MRVA: "V",
    MrzFormat.MRVB: "V",
    MrzFormat.FRID: "I",
    MrzFormat.EUDL1: "D",
}

Chances = NDArray[np.float64]
"""Log chance of each character of ALPHABET, (length, 37), for one line."""


Options: TypeAlias = Mapping[Position, list[tuple[float, str]]]
"""For each position (log chance, character), likeliest first."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`score` is the log chance of the text as such; `chance` that all of it is right, `line_chances` for each line."""

    format: MrzFormat
    lines: tuple[str, ...]
    score: float
    chance: float
    line_chances: tuple[float, ...]
    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters that a check digit ties together, with that digit, or those that only the composite digit covers."""

    positions: tuple[Position, ...]
    texts: list[tuple[float, tuple[str, bool]]]
    """(score, (text, whether its own check digit is wrong))"""


def decode(lines: Sequence[Chances]) -> Decoded | None:
    """The likeliest reading over all formats with as many lines of this length; None if there is no such format."""
    shape = len(lines), len(lines[0])
    first = lines[0][0]
    visa = int(first.argmax()) == ALPHABET.index("V")  # no other code starts with V: it alone tells a visa's layout
    found = [
        _decode(layout.format, lines)
        for layout in LAYOUTS.values()
        if (layout.line_count, layout.line_length) == shape and (STARTS[layout.format] == "V") == visa
    ]
    if not found:
        return None
    best = max(found, key=lambda each: each.score)
    others = float(np.logaddexp.reduce([each.score for each in found if each.lines != best.lines] or [-np.inf]))
    share = 1 / (1 + np.exp(min(others - best.score, 50.0)))
    return Decoded(best.format, best.lines, best.score, best.chance * share, best.line_chances, best.alternatives)


def _decode(name: MrzFormat, lines: Sequence[Chances]) -> Decoded:
    plain = _likeliest(lines)
    layout = layout_for(name, plain[0][2:5])
    options = _options(layout, lines)
    best = tuple(
        "".join(options[row, column][0][1] for column in range(layout.line_length)) for row in range(layout.line_count)
    )
    rules = list(check_rules(layout, best))
    composite = next((rule for rule in rules if rule.field == "composite"), None)
    parts, tied = [], set[Position]()
    for rule in rules:
        if rule is not composite:
            parts.append(_part((*rule.positions, rule.position), options))
            tied |= {*rule.positions, rule.position}
    if composite is not None:
        loose = (*(p for p in composite.positions if p not in tied), composite.position)
        parts.append(_part(loose, options, checked=False))
        tied |= set(loose)
    free = [position for position in options if position not in tied]
    zones = _zones(parts, composite.positions if composite else ())
    return _summed(layout, options, free, parts, zones)


def _likeliest(lines: Sequence[Chances]) -> tuple[str, ...]:
    return tuple("".join(ALPHABET[i] for i in line.argmax(1)) for line in lines)


def _options(layout: Layout, lines: Sequence[Chances]) -> Options:
    """What is strange at a place is made unlikely there."""
    options = {}
    for row, allowed in enumerate(layout.allowed):
        for column, characters in enumerate(allowed):
            scores = lines[row][column] + [0.0 if c in characters else LOG_STRANGE for c in ALPHABET]
            if (row, column) == (0, 0):
                scores = scores + [0.0 if c in STARTS[layout.format] else LOG_ODD_CODE for c in ALPHABET]
            order = np.argsort(-scores, kind="stable")[:12]
            options[row, column] = [(float(scores[i]), ALPHABET[i]) for i in order]
    return options


def _part(positions: tuple[Position, ...], options: Options, checked: bool = True) -> _Part:
    """The texts of these positions; the last is the digit that checks the others, unless not `checked`."""
    texts = []
    for score, characters in islice(best_first([options[p] for p in positions], WITHIN), GROUP_TEXTS):
        *covered, digit = characters
        wrong = checked and not _agrees(covered, digit)
        texts.append((score + LOG_MISPRINT * wrong, ("".join(characters), wrong)))
    texts.sort(key=lambda each: -each[0])
    return _Part(positions, texts[:GROUP_KEPT])


def _agrees(covered: Sequence[str], digit: str) -> bool:
    if digit == FILLER and not "".join(covered).strip(FILLER):
        return True
    total = sum(VALUES[c] * WEIGHTS[i % 3] for i, c in enumerate(covered))
    return digit == str(total % 10)


def _zones(parts: list[_Part], covered: Sequence[Position]) -> list[tuple[float, tuple[str, ...]]]:
    """Texts of all parts together with the composite digit's opinion, (score, texts), likeliest first."""
    weight = {position: WEIGHTS[i % 3] for i, position in enumerate(covered)}
    zones = []
    for score, picked in islice(best_first([part.texts for part in parts], WITHIN), ZONES):
        if covered:
            total = sum(
                VALUES[c] * weight.get(p, 0)
                for part, (text, _) in zip(parts, picked, strict=True)
                for p, c in zip(part.positions, text, strict=True)
            )
            if str(total % 10) != picked[-1][0][-1]:
                score += LOG_COMPOSITE_TOO if any(wrong for _, wrong in picked) else LOG_MISPRINT
        zones.append((score, tuple(text for text, _ in picked)))
    zones.sort(key=lambda each: -each[0])
    return zones


def _summed(
    layout: Layout,
    options: Options,
    free: list[Position],
    parts: list[_Part],
    zones: list[tuple[float, tuple[str, ...]]],
) -> Decoded:
    scores = np.array([score for score, _ in zones])
    shares = np.exp(scores - np.logaddexp.reduce(scores))
    texts = zones[0][1]
    chosen = {p: options[p][0][1] for p in free}
    for part, text in zip(parts, texts, strict=True):
        chosen |= dict(zip(part.positions, text, strict=True))
    line_log = np.zeros(layout.line_count)
    free_log = 0.0
    for p in free:
        certain = options[p][0][0] - float(np.logaddexp.reduce([score for score, _ in options[p]]))
        line_log[p[0]] += certain
        free_log += certain
    for i, part in enumerate(parts):
        same = max(
            float(sum(share for share, (_, other) in zip(shares, zones, strict=True) if other[i] == texts[i])), 1e-9
        )
        for row in {row for row, _ in part.positions}:
            line_log[row] += min(0.0, np.log(same))
    lines = _written(layout, chosen)
    return Decoded(
        layout.format,
        lines,
        zones[0][0] + sum(options[p][0][0] for p in free),
        float(shares[0] * np.exp(free_log)),
        tuple(float(x) for x in np.exp(line_log)),
        _alternatives(layout, chosen, options, free, parts, zones, shares),
    )


def _written(layout: Layout, chosen: Mapping[Position, str]) -> tuple[str, ...]:
    return tuple(
        "".join(chosen[row, column] for column in range(layout.line_length)) for row in range(layout.line_count)
    )


def _alternatives(
    layout: Layout,
    chosen: Mapping[Position, str],
    options: Options,
    free: list[Position],
    parts: list[_Part],
    zones: list[tuple[float, tuple[str, ...]]],
    shares: NDArray[np.float64],
) -> tuple[tuple[str, ...], ...]:
    """Up to five other texts with a chance worth mentioning, likeliest first."""
    others: list[tuple[float, dict[Position, str]]] = []
    for share, (_, texts) in list(zip(shares, zones, strict=True))[1:6]:
        changed = {
            p: c for part, text in zip(parts, texts, strict=True) for p, c in zip(part.positions, text, strict=True)
        }
        others.append((float(share), changed))
    for p in free:
        (first, _), (second, character) = options[p][:2]
        others.append((float(np.exp(second - np.logaddexp(first, second))), {p: character}))
    others.sort(key=lambda each: -each[0])
    return tuple(_written(layout, {**chosen, **changed}) for share, changed in others[:5] if share > ALTERNATIVE)

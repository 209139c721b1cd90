"""Where lines of machine-readable zones run: our own small network marks them; the marks become blocks of lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.mrz.polynomial import Coefficients, fit, scaled, value
from fourcorners.vision.mrz.strips import even_light, grey
from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["Block", "Trace", "find_blocks"]

MULTIPLE = 16
ENLARGED_MOST = 2.0
SCORE_STRIDE_PX = 2
PLACE_STRIDE_PX = 4
CAP_UNIT_PX = 8.0
MARKED = (0.4, 0.65, 0.85)
"""A pixel counts as marked from this probability on; the marks are the middle 60 % of a line, so lines stay apart.
Where they run together all the same, the next higher one parts them."""
TANGLED_CAPS = 0.75
"""A mark that spreads further from its axis (root mean square, in cap heights) is more than one line."""
PIECE_LEAST = 12
"""Fewer pixels are specks."""
SHORTEST_CAPS = 9.0
"""A mark shorter than this many cap heights is no line: even half a line of 30 characters has 14."""
CURVED_CAPS = 15.0
"""A mark of this length shows how a line bends and how its size changes."""
ALIKE = 0.45
"""Share of its longest neighbour's length from which a mark is trusted with its own slope."""
LONGEST_CAPS = 16.0
"""A block without a line of this length is none: other print is seldom set so long in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """A marked line in its block's frame, from t0 to t1; `across` and `cap` as in `Course`, `weight` its pixels."""

    t0: float
    t1: float
    across: Coefficients
    cap: Coefficients
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Lines under each other, top one first, in one frame: `origin` and unit `direction` in picture pixels."""

    origin: NDArray[np.float64]
    direction: NDArray[np.float64]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, eq=False)
class _Mark:
    points: NDArray[np.float64]
    weights: NDArray[np.float64]
    caps: NDArray[np.float64]
    direction: NDArray[np.float64]
    spread: float = 0.0
    """Root mean square of the points' distance from the axis."""

    @cached_property
    def middle(self) -> NDArray[np.float64]:
        return np.asarray(self.weights @ self.points / self.weights.sum())

    @cached_property
    def cap(self) -> float:
        return float(np.median(self.caps))

    @cached_property
    def length(self) -> float:
        way = self.points @ self.direction
        return float(way.max() - way.min())


def find_blocks(pixels: Pixels, side: int) -> list[Block]:
    """Blocks of lines in RGB pixels, the most marked first; the network sees a copy whose longer side has `side` px."""
    h, w = pixels.shape[:2]
    scale = min(side / max(h, w), ENLARGED_MOST)
    size = (max(MULTIPLE, round(w * scale)), max(MULTIPLE, round(h * scale)))
    shrinking = scale < 1
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR)
    score, place = _marked(grey(np.asarray(small, dtype=np.uint8)))
    groups = _grouped(_joined(_marks(score, place)))
    blocks = [_block(marks) for marks in groups if max(m.length / m.cap for m in marks) > LONGEST_CAPS]
    back = np.array([w / size[0], h / size[1]])
    found = [_enlarged(block, back) for block in blocks]
    return sorted(found, key=lambda block: -sum(trace.weight for trace in block.traces))


def _marked(levels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    h, w = levels.shape
    padded = cv2.copyMakeBorder(levels, 0, -h % MULTIPLE, 0, -w % MULTIPLE, cv2.BORDER_REPLICATE)
    picture = even_light(np.asarray(padded, dtype=np.uint8))[None, None]
    score, place = onnx_session("mrz_finder").run(None, {"pictures": picture})
    return 1 / (1 + np.exp(-np.clip(score[0, 0], -30, 30))), place[0]


def _marks(score: NDArray[np.float32], place: NDArray[np.float32]) -> list[_Mark]:
    marks: list[_Mark] = []
    left = score
    for probability in MARKED:
        tangled = np.zeros_like(score)
        for rows, columns in _pieces(left > probability):
            mark = _mark(score, place, rows, columns)
            if mark.spread < TANGLED_CAPS * mark.cap or probability == MARKED[-1]:
                marks.append(mark)
            else:
                tangled[rows, columns] = score[rows, columns]
        left = tangled
    return marks


def _pieces(marked: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows and columns of each connected piece that is worth a look."""
    count, labels = cv2.connectedComponents(marked.astype(np.uint8), connectivity=8)
    rows, columns = np.nonzero(labels)
    owner = labels[rows, columns]
    order = np.argsort(owner, kind="stable")
    rows, columns, owner = rows[order], columns[order], owner[order]
    for start, end in pairwise(np.searchsorted(owner, np.arange(1, count + 1))):
        if end - start >= PIECE_LEAST:
            yield rows[start:end], columns[start:end]


def _mark(
    score: NDArray[np.float32], place: NDArray[np.float32], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> _Mark:
    ratio = PLACE_STRIDE_PX // SCORE_STRIDE_PX
    told = place[:, np.minimum(rows // ratio, place.shape[1] - 1), np.minimum(columns // ratio, place.shape[2] - 1)]
    points = np.column_stack([columns, rows]).astype(np.float64) * SCORE_STRIDE_PX + (SCORE_STRIDE_PX - 1) / 2
    caps = np.asarray(CAP_UNIT_PX * np.exp(np.clip(told[2].astype(np.float64), -3, 3)))
    direction = np.asarray(told[:2].mean(1), dtype=np.float64)
    return _straightened(_Mark(points, score[rows, columns].astype(np.float64), caps, direction))


def _straightened(mark: _Mark) -> _Mark:
    """The same mark with the axis of its points as direction; the network's opinion only says which way along it.

    Which way a line reads is hard to see in a small copy; where that is wrong, the first look at the characters tells.
    """
    centred: NDArray[np.float64] = mark.points - mark.middle
    _, squares, axes = np.linalg.svd((centred * mark.weights[:, None]).T @ centred)
    axis = np.asarray(axes[0] if axes[0] @ mark.direction > 0 else -axes[0], dtype=np.float64)
    return replace(mark, direction=axis, spread=float(np.sqrt(squares[1] / mark.weights.sum())))


def _joined(marks: list[_Mark]) -> list[_Mark]:
    """Pieces of one line, parted by glare or print, put together; what is too short for a line left out."""
    lines: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: -m.length):
        for i, line in enumerate(lines):
            apart = mark.middle - line.middle
            way = abs(float(apart @ line.direction)) - (line.length + mark.length) / 2
            off = abs(float(line.direction[0] * apart[1] - line.direction[1] * apart[0]))
            alike = abs(mark.direction @ line.direction) > 0.9 and 0.6 < mark.cap / line.cap < 1.7
            if alike and off < 0.7 * line.cap and -line.cap < way < 12 * line.cap:
                lines[i] = _Mark(
                    np.concatenate([line.points, mark.points]),
                    np.concatenate([line.weights, mark.weights]),
                    np.concatenate([line.caps, mark.caps]),
                    line.direction,
                )
                lines[i] = _straightened(lines[i])
                break
        else:
            lines.append(mark)
    return [line for line in lines if line.length > SHORTEST_CAPS * line.cap]


def _grouped(lines: list[_Mark]) -> list[list[_Mark]]:
    groups: list[list[_Mark]] = []
    for line in sorted(lines, key=lambda m: -m.length):
        for group in groups:
            if any(_neighbours(line, other) for other in group):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _neighbours(a: _Mark, b: _Mark) -> bool:
    apart = a.middle - b.middle
    cap = (a.cap + b.cap) / 2
    way = abs(float(apart @ b.direction))
    off = abs(float(b.direction[0] * apart[1] - b.direction[1] * apart[0]))
    alike = abs(a.direction @ b.direction) > 0.98 and 0.7 < a.cap / b.cap < 1.4
    return bool(alike and off < 4 * cap and way < (a.length + b.length) / 2)


def _block(marks: list[_Mark]) -> Block:
    weights = [mark.length for mark in marks]
    main = max(marks, key=lambda mark: mark.length).direction
    vote = sum(mark.length * np.sign(mark.direction @ main) for mark in marks)
    turned = [mark.direction * np.sign(mark.direction @ main) * np.sign(vote) for mark in marks]
    direction = np.average(turned, axis=0, weights=weights)
    direction = direction / np.linalg.norm(direction)
    origin = np.average([mark.middle for mark in marks], axis=0, weights=weights)
    normal = np.array([-direction[1], direction[0]])
    ways = [((mark.points - origin) @ direction, (mark.points - origin) @ normal) for mark in marks]
    longest = max(range(len(marks)), key=lambda i: marks[i].length)
    long = marks[longest].length > CURVED_CAPS * marks[longest].cap
    shape = fit(*ways[longest], 2 if long else 1, marks[longest].weights)
    traces = []
    for (t, s), mark in zip(ways, marks, strict=True):
        if mark.length > ALIKE * marks[longest].length:
            across = fit(t, s, len(shape) - 1, mark.weights)
        else:  # a piece of a line says where the line is, but its neighbour knows better how it runs
            across = shape + np.eye(len(shape))[0] * float(np.median(s - value(shape, t)))
        cap = fit(t, mark.caps, 1 if mark.length > CURVED_CAPS * mark.cap else 0, mark.weights)
        traces.append(Trace(float(t.min()), float(t.max()), across, cap, float(mark.weights.sum())))
    traces.sort(key=lambda trace: float(value(trace.across, np.array((trace.t0 + trace.t1) / 2))))
    return Block(origin, direction, tuple(traces))


def _enlarged(block: Block, factor: NDArray[np.float64]) -> Block:
    """The block in pixels of the picture as given; both sides were reduced alike, up to rounding."""
    k = float(factor.mean())
    traces = tuple(
        Trace(trace.t0 * k, trace.t1 * k, scaled(trace.across, k), scaled(trace.cap, k), trace.weight)
        for trace in block.traces
    )
    return Block((block.origin + 0.5) * factor - 0.5, block.direction, traces)

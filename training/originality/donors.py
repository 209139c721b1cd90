"""What is pasted into a photo, and how: pictures of other things, and lines of print set anew.

A portrait cut from the photo of another document is never pasted: that attack is kept for measuring. Faces come from
clean portraits and from selfies, everything else from anywhere in other photos but their portraits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners import specimens
from fourcorners.kit.geometry import Quad, homography
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.effects.splice import portrait_pasted, text_replaced
from fourcorners.specimens.fonts import draw_text
from fourcorners.specimens.model import box_quad
from fourcorners.specimens.portraits import id_portrait

__all__ = ["Photo", "Pixels", "Rng", "line_set_anew", "pasted_over", "person"]

FACES = ("roboto", "roboto-Medium", "roboto-Bold", "sans", "sans-Semibold", "sans-Bold", "serif", "serif-Semibold")
LETTERS = list("0123456789.0123456789-/ABCDEFGHIKLMNORSTU")
LINE_PX = 64
"""Height at which a line is set before it is laid into a photo."""
SELFIE_WIDTHS = (420, 560, 720, 900)
PEOPLE, APART = 60, 16
"""So many of the thousand persons for training: a head that was drawn before costs nothing."""
Pixels = NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True)
class Photo:
    """A genuine photo of a training template: `regions` in its pixels, `font` of its values."""

    pixels: Pixels
    corners: Quad
    regions: dict[str, Quad]
    font: str


def person(rng: Rng) -> int:
    """One of those that training may show."""
    return APART * int(rng.integers(PEOPLE))


def pasted_over(rng: Rng, part: Pixels, where: Quad, is_portrait: bool, donors: Sequence[Photo]) -> Pixels:
    """`part` with something else over `where`: a clean portrait, a face from a selfie, or a piece of another photo."""
    severity = float(rng.uniform(0, 1))
    chance = rng.random()
    if is_portrait and chance < 0.35:
        return portrait_pasted(part, id_portrait(person(rng), int(rng.integers(60))), where, severity, rng)
    if is_portrait and chance < 0.75:
        return portrait_pasted(part, _face(rng), where, 0.7 * severity, rng)
    return portrait_pasted(part, _elsewhere(rng, donors, where), where, 0.7 * severity, rng)


def line_set_anew(
    rng: Rng, part: Pixels, where: Quad, font: str, other: Quad | None, donors: Sequence[Photo]
) -> Pixels:
    """`part` with another line over `where`; `other` is a line of the same photo that may be copied."""
    severity = float(rng.uniform(0, 1))
    text = "".join(rng.choice(LETTERS, int(rng.integers(5, 13))))
    face = font if rng.random() < 0.6 else str(rng.choice(FACES))
    way = rng.random()
    if way < 0.5:
        return text_replaced(part, text, face, where, severity, rng)
    if way < 0.72:
        return _written(_erased(rng, part, where), text, face, where, severity, part)
    if way < 0.86 and other is not None:
        size = np.ptp(where, axis=0).clip(8) * rng.uniform(0.9, 1.3)
        return portrait_pasted(part, _flat(rng, part, other, size), where, 0.3 * severity, rng)
    return portrait_pasted(part, _elsewhere(rng, donors, where), where, 0.5 * severity, rng)


def _face(rng: Rng) -> Pixels:
    """A face cut from a selfie with its own noise and compression, perhaps sent on, at another scale."""
    width = int(rng.choice(SELFIE_WIDTHS))
    taken = specimens.selfie(
        person(rng), "genuine", float(rng.uniform(0, 0.6)), seed=int(rng.integers(1 << 30)),
        size=(width, width * 4 // 3),
    )  # fmt: skip
    photo = decode(taken.encoded)
    box = taken.truth.faces[0]
    (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
    grown = rng.uniform(0.1, 0.45) * (right - left)
    quad = box_quad(left - grown, top - 1.4 * grown, right - left + 2 * grown, bottom - top + 2 * grown)
    if rng.random() < 0.3:
        photo = decode(jpeg(photo, int(rng.integers(50, 90))))
    return _flat(rng, photo, quad, np.ptp(quad, axis=0) * rng.uniform(0.5, 1.1))


def _elsewhere(rng: Rng, donors: Sequence[Photo], where: Quad) -> Pixels:
    """As large a piece of another photo, from anywhere but its portrait, at another scale, taken out flat."""
    while True:
        donor = donors[int(rng.integers(len(donors)))]
        size = np.minimum(np.ptp(where, axis=0) * rng.uniform(0.7, 1.4), np.array(donor.pixels.shape[1::-1]) - 3)
        x, y = rng.uniform(0, np.array(donor.pixels.shape[1::-1]) - size)
        box = box_quad(x, y, x + size[0], y + size[1])
        if "portrait" in donor.regions and _meet(box, donor.regions["portrait"]):
            continue
        out = np.ptp(where, axis=0) * rng.uniform(0.75, 1.3)
        return _flat(rng, donor.pixels, box + rng.normal(0, 0.02, (4, 2)) * size, out)


def _flat(rng: Rng, photo: Pixels, quad: Quad, size: NDArray[np.float64]) -> Pixels:
    """What lies in a quad of a photo, at about (width, height)."""
    out = int(max(8, size[0])), int(max(8, size[1]))
    flags = cv2.INTER_CUBIC if rng.random() < 0.3 else cv2.INTER_LINEAR
    onto = homography(quad, box_quad(0, 0, *out))
    return np.asarray(cv2.warpPerspective(photo, onto, out, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _meet(a: Quad, b: Quad) -> bool:
    return bool((a.min(axis=0) < b.max(axis=0)).all() and (b.min(axis=0) < a.max(axis=0)).all())


def _erased(rng: Rng, part: Pixels, where: Quad) -> Pixels:
    """The print of a line taken out, its ground grown over it from around."""
    mask = np.zeros(part.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.rint(where).astype(np.int32)], (255,))
    if rng.random() < 0.5:
        low, high = _box(where, part)
        grey = cv2.cvtColor(part[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY)
        dark = cv2.dilate((grey < np.quantile(grey, 0.75) - 8).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
        mask[low[1] : high[1], low[0] : high[0]] &= dark
    low, high = _box(where, part, 12)
    grown = part.copy()
    cut = np.s_[low[1] : high[1], low[0] : high[0]]
    way = cv2.INPAINT_TELEA if rng.random() < 0.5 else cv2.INPAINT_NS
    grown[cut] = cv2.inpaint(np.ascontiguousarray(part[cut]), np.ascontiguousarray(mask[cut]), 3, way)
    return grown


def _written(ground: Pixels, text: str, font: str, where: Quad, severity: float, before: Pixels) -> Pixels:
    """A line of text over `where`, in the ink that was there `before`; nothing of its ground is covered."""
    coverage, _, _ = draw_text(text, font, LINE_PX)
    across, down = where[1] - where[0], where[3] - where[0]
    scale = float(np.hypot(*down)) / coverage.shape[0]
    length = coverage.shape[1] * scale / max(1.0, float(np.hypot(*across)))
    target = np.array([where[0], where[0] + across * length, where[0] + across * length + down, where[0] + down])
    size = before.shape[1], before.shape[0]
    shrunk = cv2.resize(coverage, None, fx=max(scale, 0.2), fy=max(scale, 0.2), interpolation=cv2.INTER_AREA)
    onto = homography(box_quad(0, 0, shrunk.shape[1], shrunk.shape[0]), target)
    ink = cv2.warpPerspective(shrunk, onto, size, flags=cv2.INTER_LINEAR).astype(np.float32)
    share = cv2.GaussianBlur(ink, (0, 0), 0.4 + 0.8 * (1 - severity))[..., None] / 255
    low, high = _box(where, before)
    there = before[low[1] : high[1], low[0] : high[0]].reshape(-1, 3)
    order = there.sum(axis=1)
    tone = np.median(there[order <= np.quantile(order, 0.1)], axis=0) * (1 - 0.4 * severity)
    return np.asarray(np.clip(ground + (tone - ground) * share + 0.5, 0, 255), np.uint8)


def _box(where: Quad, part: Pixels, grown: int = 0) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    room = np.array(part.shape[1::-1])
    low = np.clip(np.floor(where.min(axis=0)) - grown, 0, room - 8).astype(np.int64)
    return low, np.maximum(low + 8, np.clip(np.ceil(where.max(axis=0)) + grown, 8, room).astype(np.int64))

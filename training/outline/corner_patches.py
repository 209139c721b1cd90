"""Corners of documents close by: seen whole, covered by something, cut off, folded or punched.

A patch (SIDE, SIDE, 3) shows, from its top left, AROUND of the document's short side beyond the corner and WITHIN of it
inside; `fourcorners.vision.outline.corners` cuts the same out of photos.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.bank_file import Papers
from training.outline.grounds import colour, noise

SIDE, AROUND, WITHIN = 72, 0.07, 0.28
FINE = 2 * SIDE
UNIT = FINE / (AROUND + WITHIN)
"""Fine pixels in a short side of the document."""
CORNER = AROUND * UNIT
Rng = np.random.Generator
Picture = NDArray[np.float32]
Mask = NDArray[np.float32]


FATES = ("whole", "covered", "cut", "punched", "folded")
SHARES = (0.46, 0.2, 0.13, 0.17, 0.04)


def draw(rng: Rng, bank: Papers) -> tuple[NDArray[np.uint8], int]:
    """A patch, and what befell its corner, as a place in FATES."""
    fate = str(rng.choice(FATES, p=SHARES))
    picture = _ground(rng, bank)
    face, shape = _document(rng, bank)
    if rng.random() < 0.12:  # the page opposite in a booklet
        page, seam = _ground(rng, bank), round(CORNER)
        picture[:seam, seam:] = page[:seam, seam:]
    is_flat = fate == "whole" and rng.random() < 0.12  # printed on a sheet, shown by a display
    if is_flat:
        picture[:] = rng.uniform(190, 254) if rng.random() < 0.7 else rng.uniform(0, 60)
    if fate in ("cut", "folded"):
        legs = _legs(rng)
        triangle = np.array([[-9, -9], [legs[0] * 1.15, -9], [legs[0], 0], [0, legs[1]], [-9, legs[1] * 1.15]])
        shape = shape * (1 - _polygon(triangle + CORNER))
    elif fate == "punched":
        shape = shape * (1 - _hole(rng))
    _lay(rng, picture, face, shape, casts=not is_flat)
    if fate == "folded":
        flap = np.array([[legs[0], 0], legs, [0, legs[1]]]) + CORNER
        mask = _polygon(flap)[..., None]
        picture += mask * (face.mean(axis=(0, 1)) * np.float32(rng.uniform(0.75, 1.1)) - picture)
    picture *= _light(rng)
    if fate == "covered" or rng.random() < (0.3 if fate == "whole" else 0.1):
        _cover(rng, picture, hides=fate == "covered")
    return _camera(rng, picture), FATES.index(fate)


def _legs(rng: Rng) -> NDArray[np.float64]:
    """How much of the two sides is cut away: mostly about the same."""
    first = np.exp(rng.uniform(np.log(0.085), np.log(0.27)))
    second = first * rng.uniform(0.75, 1.35) if rng.random() < 0.7 else rng.uniform(0.085, 0.27)
    return np.array([first, np.clip(second, 0.08, 0.27)]) * UNIT


def _hole(rng: Rng) -> Mask:
    """A round hole wholly within the document, or one that is open to its edge."""
    radius = float(np.exp(rng.uniform(np.log(0.026), np.log(0.095)))) * UNIT
    if rng.random() < 0.8:
        centre = CORNER + radius + rng.uniform(0.008, 0.075, 2) * UNIT
    else:
        centre = CORNER + rng.uniform(0.0, 1.0, 2) * radius
    return _disc(centre, radius)


def _ground(rng: Rng, bank: Papers) -> Picture:
    if rng.random() < 0.25:
        tone = rng.uniform(150, 252) * (1 + rng.normal(0, 0.02, 3)) if rng.random() < 0.7 else colour(rng, 0.6, 5, 245)
        return (np.ones((FINE, FINE, 3)) * tone).astype(np.float32)
    return _crop(rng, bank.ground(rng), rng.uniform(0.15, 1.0), None)


def _crop(rng: Rng, source: NDArray[np.uint8], share: float, at: tuple[int, int] | None) -> Picture:
    span = max(8, int(share * min(source.shape[:2])))
    y, x = at or (int(rng.integers(0, n - span + 1)) for n in source.shape[:2])
    return cv2.resize(source[y : y + span, x : x + span], (FINE, FINE), interpolation=cv2.INTER_LINEAR).astype(
        np.float32
    )


def _document(rng: Rng, bank: Papers) -> tuple[Picture, Mask]:
    """The document's face over the whole patch, and where it is."""
    paper, radius, _ = bank.paper(rng)
    paper = np.rot90(paper, int(rng.integers(4)))
    short = min(paper.shape[:2])
    inner = _crop(rng, paper, WITHIN, (0, 0))
    size = int(WITHIN * UNIT)
    face = np.full((FINE, FINE, 3), 255, np.float32)
    start = FINE - size
    face[start:, start:] = cv2.resize(inner, (size, size), interpolation=cv2.INTER_AREA)
    face[start:, :start], face[:start] = face[start:, start : start + 1], face[start]
    if rng.random() < 0.25:  # a band along a side
        reach = round(CORNER + rng.uniform(0.04, 0.26) * UNIT)
        where = face[:reach] if rng.random() < 0.5 else face[:, :reach]
        where += np.float32(rng.uniform(0.5, 1)) * (colour(rng, 0.9, 5, 250) - where)
    for _ in range(int(rng.choice([0, 1, 2], p=[0.5, 0.4, 0.1]))):
        _emblem(rng, face)
    if rng.random() < 0.15:
        _frame(rng, face)
    r = (radius * max(paper.shape[:2]) / short if rng.random() < 0.6 else rng.choice([0.0, 0.036, 0.059])) * UNIT
    shape = np.zeros((FINE, FINE), np.float32)
    shape[round(CORNER) :, round(CORNER) :] = 1
    if r > 1:
        block = slice(round(CORNER), round(CORNER + r))
        shape[block, block] = _disc(np.full(2, CORNER + r), r)[block, block]
    return face * (rng.uniform(0.7, 1.1) * (1 + rng.normal(0, 0.03, 3))).astype(np.float32), shape


def _emblem(rng: Rng, face: Picture) -> None:
    """A round badge, a star, a shield near the corner: print that might be taken for a hole."""
    centre = CORNER + rng.uniform(0.05, 0.2, 2) * UNIT
    radius = rng.uniform(0.03, 0.12) * UNIT
    rays, dent = int(rng.integers(3, 24)), rng.choice([1.0, rng.uniform(0.35, 0.95)])
    angle = np.arange(2 * rays) * np.pi / rays + rng.uniform(0, np.pi)
    reach = radius * rng.uniform(0.4, 1) * np.where(np.arange(2 * rays) % 2, dent, 1.0)
    mask = _polygon(np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None] + centre)
    if rng.random() < 0.5:
        ring = _disc(centre, radius) - _disc(centre, radius * rng.uniform(0.7, 0.95))
        mask = np.maximum(mask * (rng.random() < 0.8), ring)
    if rng.random() < 0.3:
        mask = mask - _disc(centre, radius * rng.uniform(0.1, 0.4))
    mask = np.clip(mask, 0, 1)[..., None] * np.float32(rng.uniform(0.3, 1))
    face += mask * (colour(rng, 0.9, 5, 250) - face)


def _frame(rng: Rng, face: Picture) -> None:
    """A frame or a rule inside the document's edge, sometimes with a corner cut off or rounded."""
    inset, reach = CORNER + rng.uniform(0.01, 0.15) * UNIT, rng.choice([0.0, rng.uniform(0.03, 0.15)]) * UNIT
    ends = np.array([[FINE, inset], [inset + reach, inset], [inset, inset + reach], [inset, FINE]])
    tone = colour(rng, 0.9, 5, 250).tolist()
    if rng.random() < 0.4:  # what lies within it has another tone
        mask = _polygon(np.concatenate([ends, [[FINE, FINE]]]))[..., None] * np.float32(rng.uniform(0.3, 1))
        face += mask * (np.float32(tone) - face)
    else:
        cv2.polylines(face, [ends.astype(np.int32)], False, tone, int(rng.integers(1, 5)), cv2.LINE_AA)


def _lay(rng: Rng, picture: Picture, face: Picture, shape: Mask, casts: bool) -> None:
    if casts and rng.random() < 0.7:
        shadow = cv2.GaussianBlur(shape, (0, 0), rng.uniform(0.5, 8))
        shift = rng.normal(0, 3, 2)
        shadow = cv2.warpAffine(shadow, np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]), (FINE, FINE))
        picture *= 1 - rng.uniform(0.05, 0.6) * shadow[..., None]
    if casts and rng.random() < 0.4:
        rim = shape - cv2.erode(shape, np.ones((3, 3), np.uint8))
        face = face + rim[..., None] * np.float32(rng.uniform(-60, 60))
    picture += shape[..., None] * (face - picture)


def _cover(rng: Rng, picture: Picture, hides: bool) -> None:
    """A finger or a thing from outside; over the corner or, if it hides nothing of it, over a side or beside."""
    away = rng.uniform(np.pi - 0.4, 1.5 * np.pi + 0.4)  # where the rest of it is: up and to the left
    way = np.array([np.cos(away), np.sin(away)])
    width = rng.uniform(0.2, 0.45) * UNIT if rng.random() < 0.75 else rng.uniform(0.06, 0.3) * UNIT
    if hides:
        tip = CORNER - way * rng.uniform(0.0, 0.25) * UNIT + rng.normal(0, 0.02, 2) * UNIT
    else:
        along = rng.uniform(0.12, 0.35) * UNIT + width / 2
        depth = rng.uniform(-0.2, 0.15) * UNIT
        tip = CORNER + (np.array([along, depth]) if rng.random() < 0.5 else np.array([depth, along]))
        away = rng.uniform(-0.75, -0.25) * np.pi if tip[0] > tip[1] else rng.uniform(0.75, 1.25) * np.pi
        way = np.array([np.cos(away), np.sin(away)])
    mask = np.zeros((FINE, FINE), np.float32)
    ends = [tuple(np.round(p).astype(int).tolist()) for p in (tip + way * width / 2 * hides, tip + way * 3 * UNIT)]
    cv2.line(mask, *ends, 1.0, max(2, int(width)), cv2.LINE_AA)
    skin = np.array([225, 172, 140]) * rng.uniform(0.2, 1.1) * (1 + rng.normal(0, 0.06, 3))
    tone = (skin if rng.random() < 0.75 else colour(rng, 0.9, 5, 250)).astype(np.float32)
    round_off = cv2.GaussianBlur(mask, (0, 0), width / 6)[..., None]
    fine = 1 + noise(rng, FINE, (12, 12), 2)[..., None] * rng.uniform(0, 0.05)
    picture *= 1 - rng.uniform(0, 0.5) * cv2.GaussianBlur(mask, (0, 0), rng.uniform(2, 9))[..., None]
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.5, 2.5))[..., None]
    picture += mask * (tone * (rng.uniform(0.3, 0.9) + 0.6 * round_off) * fine - picture)


def _light(rng: Rng) -> Picture:
    gain = np.exp(noise(rng, FINE, (2, 2), 1) * rng.uniform(0, 0.3))
    if rng.random() < 0.25:
        points = rng.uniform(-0.5, 1.5, (4, 2)) * FINE
        shade = _polygon(cv2.convexHull(points.astype(np.float32))[:, 0])
        gain *= 1 - rng.uniform(0.2, 0.7) * cv2.GaussianBlur(shade, (0, 0), rng.uniform(0.7, 10))
    return np.asarray(gain[..., None] * (1 + rng.normal(0, 0.06, 3)), dtype=np.float32)


def _camera(rng: Rng, picture: Picture) -> NDArray[np.uint8]:
    loose = 1.0 if rng.random() < 0.8 else 2.5  # the outline was not found quite right
    turn, zoom = np.radians(rng.normal(0, 1.2 * loose)), 0.5 * (1 + rng.normal(0, 0.04))
    c, s = np.cos(turn) * zoom, np.sin(turn) * zoom
    matrix = np.array([[c, -s, 0], [s, c, 0]])
    matrix[:, 2] = CORNER / 2 + rng.normal(0, 0.9 * loose, 2) - matrix[:, :2] @ np.full(2, CORNER)
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.7, 2.8) * (1 if rng.random() < 0.85 else 2.5))
    patch = cv2.warpAffine(picture, matrix, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    patch = patch * np.float32(rng.uniform(0.5, 1.3)) + rng.standard_normal(patch.shape) * rng.uniform(0, 7)
    if rng.random() < 0.15:
        patch = np.repeat(patch.mean(axis=2, keepdims=True), 3, axis=2)
    return np.asarray(np.clip(patch, 0, 255), dtype=np.uint8)


def _polygon(points: NDArray[np.float64]) -> Mask:
    mask = np.zeros((FINE, FINE), np.float32)
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    return mask


def _disc(centre: NDArray[np.float64], radius: float) -> Mask:
    y, x = np.mgrid[:FINE, :FINE].astype(np.float32)
    return np.clip(radius - np.hypot(x - centre[0], y - centre[1]) + 0.5, 0, 1)

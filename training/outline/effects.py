"""Light, things in the way, and the camera, on float32 RGB pictures 0..255 of shape (size, size, 3)."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.outline.grounds import colour, noise

Picture = NDArray[np.float32]
Mask = NDArray[np.float32]
Rng = np.random.Generator


def light(rng: Rng, picture: Picture) -> Picture:
    """Uneven light of any colour, hard stripes of shadow, soft shadows."""
    size = len(picture)
    if rng.random() < 0.8:
        field = noise(rng, size // 8, (2, 2), 1) * rng.uniform(0, 0.25)
        gain = cv2.resize(np.exp(field), (size, size))[..., None] * (1 + rng.normal(0, 0.07, 3))
        picture = picture * gain.astype(np.float32)
    if rng.random() < 0.25:
        picture = picture * _spot(rng, size)
    if rng.random() < 0.3:
        picture = picture * _stripes(rng, size)
        if rng.random() < 0.4:  # exposed for the shadow: what is lit is white
            picture = picture * np.float32(rng.uniform(1, 1.7))
    if rng.random() < 0.07:  # lamps of one colour
        picture = picture * (1 - rng.uniform(0, 0.6, 3) * (rng.random(3) < 0.6)).astype(np.float32)
    return picture


def _spot(rng: Rng, size: int) -> Picture:
    y, x = np.mgrid[: size // 4, : size // 4].astype(np.float32) * 4
    cx, cy = rng.uniform(0, size, 2)
    radius = rng.uniform(0.2, 0.9) * size
    fall = np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * radius**2))
    fall = cv2.resize(fall, (size, size))[..., None]
    dark, tint = rng.uniform(0.25, 1), 1 + rng.uniform(-0.35, 0.5, 3)
    return (dark + (tint - dark) * fall).astype(np.float32)


def _stripes(rng: Rng, size: int) -> Picture:
    shade = np.ones((size, size), np.float32)
    depth = rng.uniform(0.25, 0.8)
    if rng.random() < 0.5:
        angle, offset = rng.uniform(0, np.pi), rng.uniform(0, size)
        normal = np.array([np.cos(angle), np.sin(angle)])
        for _ in range(int(rng.integers(1, 6))):
            width = rng.uniform(0.03, 0.35) * size
            along = np.array([-normal[1], normal[0]]) * 2 * size
            corners = np.array([normal * offset - along, normal * offset + along])
            corners = np.concatenate([corners, corners[::-1] + normal * width])
            cv2.fillConvexPoly(shade, corners.astype(np.int32), depth, cv2.LINE_AA)
            offset += width + rng.uniform(0.05, 0.4) * size
    else:
        points = rng.uniform(-0.3, 1.3, 2) * size + rng.standard_normal((7, 2)) * size * 0.35
        cv2.fillPoly(shade, [cv2.convexHull(points.astype(np.int32))], depth, cv2.LINE_AA)
    if rng.random() < 0.5:
        return cv2.GaussianBlur(shade, (0, 0), 0.8)[..., None]
    small = cv2.resize(shade, (size // 4, size // 4), interpolation=cv2.INTER_AREA)
    return cv2.resize(cv2.GaussianBlur(small, (0, 0), rng.uniform(0.4, 6)), (size, size))[..., None]


def side_shadow(rng: Rng, picture: Picture, quad: NDArray[np.float64]) -> Picture:
    """A shadow whose edge runs nearly along a side of the quad, on either side of it."""
    size = len(picture)
    start, end = np.roll(quad, int(rng.integers(4)), axis=0)[:2]
    along = (end - start) / (np.linalg.norm(end - start) + 1e-9)
    turn = rng.normal(0, 0.08)
    along = along @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    across = np.array([-along[1], along[0]]) * rng.choice([-1.0, 1.0])
    at = (start + end) / 2 + across * np.linalg.norm(quad[0] - quad[2]) * rng.normal(0, 0.12)
    corners = np.array([at - along * 3 * size, at + along * 3 * size])
    shade = np.ones((size, size), np.float32)
    whole = np.concatenate([corners, corners[::-1] + across * 3 * size])
    cv2.fillConvexPoly(shade, whole.astype(np.int32), rng.uniform(0.3, 0.85), cv2.LINE_AA)
    return picture * cv2.GaussianBlur(shade, (0, 0), float(np.exp(rng.uniform(np.log(0.5), np.log(12)))))[..., None]


def glare(rng: Rng, picture: Picture, around: NDArray[np.float64]) -> Picture:
    """A saturated blob on or near a quad."""
    size = len(picture)
    mask = np.zeros((size // 4, size // 4), np.float32)
    length = np.linalg.norm(around[0] - around[2])
    for _ in range(int(rng.integers(1, 3))):
        weights = rng.dirichlet(np.ones(4))
        centre = (weights @ around) / 4
        axes = rng.uniform(0.03, 0.25, 2) * length / 4 + 1
        cv2.ellipse(mask, (centre.astype(float).tolist(), (axes * 2).tolist(), float(rng.uniform(0, 180))), 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.5, 6))
    return picture + cv2.resize(mask, (size, size))[..., None] * np.float32(rng.uniform(60, 300))


def occlude(rng: Rng, picture: Picture, quad: NDArray[np.float64]) -> Mask:
    """Fingers, pens and other things over the sides of `quad`; returns what they cover, 0..1."""
    size = len(picture)
    covered = np.zeros((size, size), np.float32)
    kind = rng.random()
    if kind < 0.65:
        skin = np.array([225, 172, 140]) * rng.uniform(0.25, 1.05) * (1 + rng.normal(0, 0.05, 3))
        count = int(rng.integers(1, 5))
        side = int(rng.integers(4))
        for _ in range(count):
            if rng.random() < 0.4:
                side = int(rng.integers(4))
            _finger(rng, picture, covered, quad, side, skin)
    else:
        length = float(np.linalg.norm(quad[0] - quad[2]))
        for _ in range(int(rng.integers(1, 3))):
            centre = quad[int(rng.integers(4))] * (t := rng.uniform(0, 1)) + quad[int(rng.integers(4))] * (1 - t)
            near = rng.random() < 0.25  # before the document, out of focus
            mask = thing(rng, picture, centre, length * (1.6 if near else 1.0), rng.uniform(2, 8) if near else 0.0)
            np.maximum(covered, mask, out=covered)
    return covered


def _paint(picture: Picture, mask: Mask, tone: NDArray[np.float64], shade: Mask | None = None) -> None:
    """A colour, darker where `shade` says so, where the mask is, and a soft shadow round it."""
    x, y, w, h = cv2.boundingRect((mask > 0.004).astype(np.uint8))
    if w == 0:
        return
    size = len(picture)
    place = slice(max(0, y - 18), min(size, y + h + 18)), slice(max(0, x - 18), min(size, x + w + 18))
    part, over = picture[place], mask[place]
    part *= 1 - cv2.GaussianBlur(over, (0, 0), 6)[..., None] * 0.35
    layer = tone.astype(np.float32) if shade is None else shade[place][..., None] * tone.astype(np.float32)
    part += over[..., None] * (layer - part)


def _finger(
    rng: Rng, picture: Picture, covered: Mask, quad: NDArray[np.float64], side: int, skin: NDArray[np.float64]
) -> None:
    size = len(picture)
    start, end = quad[side], quad[(side + 1) % 4]
    length = np.linalg.norm(quad[0] - quad[2])
    at = start + (end - start) * rng.uniform(-0.05, 1.05)
    inward = quad.mean(axis=0) - (start + end) / 2
    inward = inward / (np.linalg.norm(inward) + 1e-9)
    angle = rng.normal(0, 0.4)
    inward = np.array(
        [inward[0] * np.cos(angle) - inward[1] * np.sin(angle), inward[0] * np.sin(angle) + inward[1] * np.cos(angle)]
    )
    width = length * rng.uniform(0.08, 0.22)
    tip, root = at + inward * length * rng.uniform(-0.02, 0.2), at - inward * length * rng.uniform(0.5, 1.5)
    mask = np.zeros((size, size), np.float32)
    cv2.line(
        mask, tuple(tip.astype(int).tolist()), tuple(root.astype(int).tolist()), 1.0, max(2, int(width)), cv2.LINE_AA
    )
    if rng.random() < 0.4:  # the rest of the hand
        cv2.circle(mask, tuple(root.astype(int).tolist()), int(width * 1.8), 1.0, -1, cv2.LINE_AA)
    small = cv2.resize(mask, (size // 4, size // 4), interpolation=cv2.INTER_AREA)
    near = cv2.resize(cv2.GaussianBlur(small, (0, 0), max(0.4, width / 24)), (size, size))
    _paint(picture, mask, skin, 0.45 + 0.55 * near)
    np.maximum(covered, mask, out=covered)
    if rng.random() < 0.5:
        nail = np.zeros((size, size), np.float32)
        spot = tip + inward * width * 0.1
        turn = float(np.degrees(np.arctan2(inward[1], inward[0])))
        cv2.ellipse(nail, ((float(spot[0]), float(spot[1])), (float(width * 0.6), float(width * 0.45)), turn), 1.0, -1)
        _paint(picture, nail * mask, np.minimum(skin * 1.15 + 12, 250))


def thing(rng: Rng, picture: Picture, centre: NDArray[np.float64], length: float, soft: float = 0.0) -> Mask:
    """A pen, a toy, a coin of any colour, to the scale of a document `length` px long; returns its mask."""
    size = len(picture)
    mask = np.zeros((size, size), np.float32)
    turn, kind = rng.uniform(0, np.pi), rng.random()
    if kind < 0.55:
        along = np.array([np.cos(turn), np.sin(turn)]) * length * rng.uniform(0.2, 0.7)
        ends = [tuple((centre + k * along).astype(int).tolist()) for k in (-1, 1)]
        cv2.line(mask, *ends, 1.0, max(2, int(length * rng.uniform(0.01, 0.14))), cv2.LINE_AA)
    else:
        for _ in range(1 if kind < 0.8 else 3):
            axes = rng.uniform(0.05, 0.28, 2) * length
            box = (centre.astype(float).tolist(), axes.tolist(), float(np.degrees(turn)))
            cv2.ellipse(mask, box, 1.0, -1, cv2.LINE_AA)
            centre, turn = centre + rng.normal(0, 0.12, 2) * length, rng.uniform(0, np.pi)
    if soft:
        mask = cv2.GaussianBlur(mask, (0, 0), soft)
    tone = colour(rng, 0.9, 5, 250) if rng.random() < 0.6 else rng.uniform(5, 250, 3)
    round_off = 1 - rng.uniform(0, 0.5) * (1 - cv2.GaussianBlur(mask, (0, 0), 3)) if rng.random() < 0.6 else None
    _paint(picture, mask, tone, round_off)
    return mask


def camera(rng: Rng, picture: Picture) -> NDArray[np.uint8]:
    """Exposure, white balance, tone, blur, noise, compression."""
    size = len(picture)
    dark = 0.3 if rng.random() < 0.04 else 1.0
    gain = rng.uniform(0.65, 1.3) * dark * (1 + rng.normal(0, 0.06, 3))
    picture = picture * gain.astype(np.float32)
    blur = rng.random()
    if blur < 0.5:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 2.0 if blur < 0.15 else 0.9))
    elif blur < 0.57:
        reach, turn = int(rng.integers(3, 10)), rng.uniform(0, np.pi)
        kernel = np.zeros((reach, reach), np.float32)
        half = reach / 2 * np.array([np.cos(turn), np.sin(turn)])
        ends = (np.array([half, -half]) + reach / 2).astype(int)
        cv2.line(kernel, tuple(ends[0].tolist()), tuple(ends[1].tolist()), 1.0, 1)
        picture = cv2.filter2D(picture, -1, kernel / max(kernel.sum(), 1.0))
    if rng.random() < 0.08:
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    elif rng.random() < 0.5:
        grey = picture.mean(axis=2, keepdims=True)
        picture = grey + (picture - grey) * np.float32(rng.uniform(0.4, 1.4))
    if rng.random() < 0.5:
        grain = rng.standard_normal((size // 2, size // 2, 3), dtype=np.float32) * np.float32(rng.uniform(0, 9))
        picture = picture + cv2.resize(grain, (size, size), interpolation=cv2.INTER_LINEAR)
    flat = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        flat = cv2.LUT(flat, (255 * np.linspace(0, 1, 256) ** rng.uniform(0.6, 1.6)).astype(np.uint8))
    if rng.random() < 0.2:
        flat = cv2.imdecode(cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])[1], 1)
    return flat

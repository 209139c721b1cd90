"""People for specimens, all derived from one public-domain photograph.

A derived person is that photograph after smooth warps of the features, changes of hair and skin tone, and drawn brows,
beard or long hair. They look like different people but share one photograph's light, expression and texture: fit to
exercise software, not to measure how well it tells people apart.
"""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.heads import ENLARGEMENT, Head, moved_head, original_head
from fourcorners.specimens.pictures import as_u8, blurred, mixed
from fourcorners.specimens.shapes import Points, curve, mask_of

__all__ = ["head"]

WARP_MIN, WARP_MAX = 0.25, 0.75
"""How much of the greatest change each feature takes, either way: never none, so that people differ."""
FIELD_NODES = 96
BEARD_SHARE, LONG_HAIR_SHARE = 0.5, 0.6


@lru_cache(maxsize=64)
def head(person: int) -> Head:
    """Person 0 is the photograph itself; every other number is a person derived from it. Kept for the next call."""
    if person == 0:
        return original_head()
    rng = np.random.default_rng((person, 21))
    sex = str(rng.choice(["F", "M"]))
    toned = _toned(replace(_warped(original_head(), rng), sex=sex), rng)
    browed = _browed(toned, rng.uniform(0.3, 0.9) if sex == "M" else rng.uniform(0.0, 0.4), rng)
    if sex == "M":
        return _bearded(browed, rng) if rng.random() < BEARD_SHARE else browed
    return replace(browed, hair_length=float(rng.uniform(0.6, 2.6)) if rng.random() < LONG_HAIR_SHARE else 0.0)


def _warped(source: Head, rng: np.random.Generator) -> Head:
    """Move each feature a little: the displacement field is a sum of Gaussian-weighted shifts and stretches."""
    height, width = source.alpha.shape
    # The field is smooth: a coarse grid of it is enough.
    x, y = np.meshgrid(np.linspace(0, width - 1, FIELD_NODES), np.linspace(0, height - 1, FIELD_NODES))
    move_x, move_y = np.zeros_like(x), np.zeros_like(y)
    for feature in load_toml("fourcorners.specimens", "heads.toml")["features"]:
        shift = np.array(feature["shift"]) * _either_way(rng) * ENLARGEMENT
        stretch = np.array(feature["stretch"]) * _either_way(rng)
        for place, side in ((feature["at"], 1), (feature.get("mirror"), -1)):
            if place is None:
                continue
            centre = source.landmarks[place]
            dx, dy = x - centre[0], y - centre[1]
            weight = np.exp(-(dx * dx + dy * dy) / (2 * (feature["radius"] * ENLARGEMENT) ** 2))
            move_x += weight * (side * shift[0] + stretch[0] * dx)
            move_y += weight * (shift[1] + stretch[1] * dy)
    slimness = rng.uniform(-0.09, 0.09)
    move_x += slimness * (x - source.landmarks["nose"][0])
    fields = [
        cv2.resize(move.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) for move in (move_x, move_y)
    ]
    changed = moved_head(source, *(np.asarray(field, np.float32) for field in fields))
    return _mirrored(changed) if rng.random() < 0.5 else changed


def _either_way(rng: np.random.Generator) -> Points:
    return rng.choice([-1.0, 1.0], 2) * rng.uniform(WARP_MIN, WARP_MAX, 2)


def _mirrored(source: Head) -> Head:
    """A face is not symmetric: mirrored, it parts its hair on the other side."""
    width = source.alpha.shape[1]
    flipped = {name: np.array([width - 1 - point[0], point[1]]) for name, point in source.landmarks.items()}
    swapped = {_other_side(name): point for name, point in flipped.items()}
    pixels, alpha, skin = (np.ascontiguousarray(plane[:, ::-1]) for plane in (source.pixels, source.alpha, source.skin))
    return replace(source, pixels=pixels, alpha=alpha, skin=skin, landmarks=swapped)


def _other_side(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


def _toned(source: Head, rng: np.random.Generator) -> Head:
    """Other hair and another skin, by shifts in L*a*b*."""
    lab = cv2.cvtColor(source.pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    skin = source.skin[..., None].astype(np.float32) / 255
    skin_l = lab[..., :1] * rng.uniform(0.5, 1.08)
    skin_ab = 128 + (lab[..., 1:] - 128) * rng.uniform(0.8, 1.25) + rng.uniform(-4, 6, 2).astype(np.float32)
    share_l, share_ab, red = rng.uniform(0.25, 1.25), rng.uniform(0.1, 1.0), rng.uniform(-2, 9)
    hair_l = 6 + lab[..., :1] * share_l
    hair_ab = 128 + (lab[..., 1:] - 128) * share_ab + np.array([red, 0], np.float32)
    toned = np.concatenate([skin_l, skin_ab], 2) * skin + np.concatenate([hair_l, hair_ab], 2) * (1 - skin)
    pixels = as_u8(cv2.cvtColor(as_u8(np.clip(toned, 0, 255)), cv2.COLOR_LAB2RGB))
    hair = pixels[(source.alpha > 200) & (source.skin < 30)].mean(axis=0)
    return replace(source, pixels=pixels, hair_colour=(float(hair[0]), float(hair[1]), float(hair[2])))


def _browed(source: Head, strength: float, rng: np.random.Generator) -> Head:
    """Darker, broader brows."""
    mask = np.zeros_like(source.alpha)
    unit = _eye_distance(source)
    for side in ("right", "left"):
        centre, outward = source.landmarks[f"{side}_brow"], -1 if side == "right" else 1
        arch = np.array([[-0.3, 0.05], [0.0, -0.04], [0.33, 0.07]]) * [outward * unit, unit]
        line = np.round(curve(centre + arch)).astype(np.int32)
        cv2.polylines(mask, [line], False, (255,), round(unit * rng.uniform(0.07, 0.14)), cv2.LINE_AA)
    share = as_u8(blurred(mask, unit * 0.025) * np.float32(strength))
    colour = as_u8(np.array(source.hair_colour) * 0.55)
    return replace(source, pixels=mixed(source.pixels, np.full_like(source.pixels, colour), share))


def _bearded(source: Head, rng: np.random.Generator) -> Head:
    """Stubble or a beard, perhaps with a moustache, in the colour of the hair."""
    marks, unit = source.landmarks, _eye_distance(source)
    down = np.array([0.0, unit])
    mouth = marks["mouth"]
    sides = [marks["cheek_right"] + 0.45 * down, marks["jaw_right"], marks["chin"] + 0.1 * down, marks["jaw_left"],
             marks["cheek_left"] + 0.45 * down]  # fmt: skip
    inner = [
        marks["mouth_left"] + [0.42 * unit, 0.1 * unit],
        mouth - 0.3 * down,
        marks["mouth_right"] + [-0.42 * unit, 0.1 * unit],
    ]
    mask = mask_of(curve(np.array([*sides, *inner]), closed=True), source.alpha)
    if rng.random() < 0.15:  # no moustache
        cv2.ellipse(mask, (tuple((mouth - 0.2 * down).tolist()), (1.3 * unit, 0.55 * unit), 0), (0,), -1)
    lips = float(np.hypot(*(marks["mouth_left"] - marks["mouth_right"])))
    cv2.ellipse(mask, (tuple((mouth + 0.01 * down).tolist()), (lips * 1.05, lips * 0.42), 0), (0,), -1)
    hairs = rng.random((source.alpha.shape[0] // 2, source.alpha.shape[1]), dtype=np.float32)
    texture = cv2.resize(hairs, (source.alpha.shape[1], source.alpha.shape[0]), interpolation=cv2.INTER_LINEAR)
    density = rng.uniform(0.3, 0.8)
    share = blurred(mask, unit * 0.07).astype(np.float32) * np.clip(density * (0.55 + 0.9 * texture), 0, 1)
    colour = as_u8(np.array(source.hair_colour) * 0.7)
    return replace(source, pixels=mixed(source.pixels, np.full_like(source.pixels, colour), as_u8(share)))


def _eye_distance(source: Head) -> float:
    return float(np.hypot(*(source.landmarks["left_eye"] - source.landmarks["right_eye"])))

"""Windows that hold no upright face in their middle: things, grounds, and faces turned or pushed aside."""

from functools import cache

import cv2
import numpy as np
from skimage import data

from fourcorners.specimens.surfaces import draw_surface
from fourcorners.vision.faces.coverings.window import SIDE_PX

__all__ = ["no_face", "spoiled"]

FREE_PICTURES = ("coffee", "chelsea", "rocket", "brick", "grass", "gravel", "coins", "page", "moon", "clock", "text",
                 "immunohistochemistry", "retina", "hubble_deep_field")  # fmt: skip


@cache
def _at_hand() -> tuple[str, ...]:
    """Those that this scikit-image carries by itself."""
    found = []
    for name in FREE_PICTURES:
        try:
            getattr(data, name)()
        except (OSError, ValueError, ImportError):
            continue
        found.append(name)
    return tuple(found)


def no_face(rng: np.random.Generator) -> np.ndarray:
    """A turned, scaled part of a free picture without people, or of a drawn ground."""
    names = _at_hand()
    if not names or rng.random() < 0.3:
        picture = draw_surface((320, 320), rng)
    else:
        loaded = getattr(data, names[int(rng.integers(len(names)))])()
        picture = cv2.cvtColor(loaded, cv2.COLOR_GRAY2RGB) if loaded.ndim == 2 else loaded[..., :3]
    height, width = picture.shape[:2]
    side = float(min(height, width)) * rng.uniform(0.2, 1.0)
    angle, scale = np.radians(rng.uniform(-180, 180)), side / SIDE_PX
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    centre = np.array([rng.uniform(side / 2, width - side / 2), rng.uniform(side / 2, height - side / 2)])
    place = np.column_stack([turn, centre - turn @ np.full(2, SIDE_PX / 2)])
    flags = cv2.INTER_AREA | cv2.WARP_INVERSE_MAP
    window = cv2.warpAffine(picture, place, (SIDE_PX, SIDE_PX), flags=flags, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(window * rng.uniform(0.5, 1.3, 3), 0, 255), np.uint8)


def spoiled(window: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A window with a face, turned by a quarter or more, or pushed so far that hardly half of the face is left."""
    if rng.random() < 0.5:
        return np.ascontiguousarray(np.rot90(window, int(rng.integers(1, 4))))
    angle = rng.uniform(0, 2 * np.pi)
    far = SIDE_PX * rng.uniform(0.42, 0.7)
    shift = np.array([[1, 0, far * np.cos(angle)], [0, 1, far * np.sin(angle)]])
    return cv2.warpAffine(window, shift, (SIDE_PX, SIDE_PX), borderMode=cv2.BORDER_REFLECT)

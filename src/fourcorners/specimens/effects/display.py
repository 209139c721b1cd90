"""A display seen closely: its sub-pixels, and the bands of its dimming under a rolling shutter.

Moire arises as it does in truth: the pattern of sub-pixels is blurred by the footprint of a camera pixel, then sampled
where the camera's pixels look.
"""

from dataclasses import asdict, dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.specimens.model import Pixels, Plane
from fourcorners.specimens.pictures import as_u8, mixed

__all__ = ["Display", "banded", "random_display", "through_sub_pixels"]

Field = NDArray[np.float32]
FINE = 32
"""Resolution of the drawing of one display pixel."""
GAMMA = 2.2


@dataclass(frozen=True)
class Display:
    """A device and how it is photographed.

    `content_px` is how many of its pixels lie across what it shows; `pwm_hz` how often its light is switched to dim it,
    on for the share `duty`; the camera reads its rows one after the other in `readout_s`, each exposed for
    `exposure_s`.
    """

    geometry: str
    pixel_pitch_um: float
    content_px: float
    bezel_mm: float
    pwm_hz: float
    duty: float
    exposure_s: float
    readout_s: float

    def to_dict(self) -> dict[str, float | str]:
        """The parameters by name."""
        return {name: value if isinstance(value, str) else round(value, 6) for name, value in asdict(self).items()}


def random_display(device: str, rng: np.random.Generator) -> Display:
    """One of the devices of `displays.toml`: "phone" or "monitor"."""
    ranges = load_toml("fourcorners.specimens", "displays.toml")[device]
    values = {name: float(rng.uniform(*reach)) for name, reach in ranges.items() if name != "geometry"}
    return Display(geometry=str(rng.choice(ranges["geometry"])), **values)


def through_sub_pixels(picture: Pixels, screen: Plane, to_screen: NDArray[np.float64], display: Display) -> Pixels:
    """The part of the photo where `screen` is 255, seen as the display's sub-pixels.

    `to_screen` carries photo pixels to display pixels (3x3).
    """
    height, width = picture.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    m = to_screen.astype(np.float32)
    w = m[2, 0] * x + m[2, 1] * y + m[2, 2]
    u, v = ((m[row, 0] * x + m[row, 1] * y + m[row, 2]) / w for row in (0, 1))
    middle = height // 2, width // 2
    step = float(np.hypot(u[middle[0], middle[1] + 1] - u[middle], v[middle[0], middle[1] + 1] - v[middle]))
    tile = _seen(display.geometry, step)
    side = tile.shape[0]
    at_u, at_v = (np.mod(phase * np.float32(FINE), side).astype(np.float32) for phase in (u, v))
    factor = cv2.remap(tile, at_u, at_v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    shown = np.clip(picture * factor, 0, 255)
    return mixed(picture, as_u8(shown + 0.5), screen)


def banded(picture: Pixels, screen: Plane, display: Display, rng: np.random.Generator) -> Pixels:
    """Dark bands across the display: the share of each row's exposure in which its light was on."""
    start = np.linspace(0, display.readout_s, picture.shape[0]) + rng.uniform(0, 1 / display.pwm_hz)

    def lit_until(time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        periods = time_s * display.pwm_hz
        whole = np.floor(periods)
        return (whole * display.duty + np.minimum(periods - whole, display.duty)) / display.pwm_hz

    share = (lit_until(start + display.exposure_s) - lit_until(start)) / (display.exposure_s * display.duty)
    factor = np.clip(share, 0, 2)[:, None, None] ** (1 / GAMMA)
    return mixed(picture, as_u8(np.clip(picture * factor.astype(np.float32), 0, 255)), screen)


@cache
def _emission(geometry: str) -> Field:
    """Light of one period of the display (n, n, 3), 1 on average in each colour."""
    periods = 2 if geometry == "pentile" else 1
    tile = np.zeros((3, periods * FINE, periods * FINE), np.float32)
    if geometry == "pentile":  # a green dot in each pixel, red and blue by turns between them
        for row in range(2):
            for column in range(2):
                middle = FINE * column + FINE // 4, FINE * row + FINE // 4
                _diamond(tile[1], middle, FINE * 0.2)
                other = middle[0] + FINE // 2, middle[1] + FINE // 2
                _diamond(tile[0 if (row + column) % 2 == 0 else 2], other, FINE * 0.3)
    else:
        order = (2, 1, 0) if geometry == "bgr_stripe" else (0, 1, 2)
        bend = FINE // 6 if geometry == "chevron" else 0
        for third, channel in enumerate(order):
            left = FINE * third / 3
            stripe = np.array([[left + 1, 0], [left + FINE / 3 - 2, 0], [left + FINE / 3 - 2 + bend, FINE / 2],
                               [left + FINE / 3 - 2, FINE - 4], [left + 1, FINE - 4],
                               [left + 1 + bend, FINE / 2]])  # fmt: skip
            for shift in (-FINE, 0, FINE):
                cv2.fillPoly(tile[channel], [np.round(stripe + np.array([shift, 0])).astype(np.int32)], (1.0,))
    planes = tile / tile.mean(axis=(1, 2), keepdims=True)
    return np.ascontiguousarray(planes.transpose(1, 2, 0))


def _diamond(plane: Field, middle: tuple[int, int], radius: float) -> None:
    corners = np.array(middle) + radius * np.array([[0, -1], [1, 0], [0, 1], [-1, 0]])
    side = plane.shape[0]
    for shift_x in (-side, 0, side):
        for shift_y in (-side, 0, side):
            cv2.fillPoly(plane, [np.round(corners + np.array([shift_x, shift_y])).astype(np.int32)], (1.0,))


def _seen(geometry: str, step: float) -> Field:
    """The emission under the footprint of a camera pixel of `step` display pixels, as factors of sRGB values."""
    tile = _emission(geometry)
    side = tile.shape[0]
    reach = max(1, round(step * FINE))
    copies = 1 + 2 * -(-reach // side)
    around = np.tile(tile, (copies, copies, 1))
    soft = cv2.blur(cv2.GaussianBlur(around, (0, 0), max(0.5, 0.35 * reach)), (reach, reach))
    first = side * (copies // 2)
    centre = soft[first : first + side, first : first + side]
    return np.asarray(np.clip(centre, 0, None) ** (1 / GAMMA), np.float32)

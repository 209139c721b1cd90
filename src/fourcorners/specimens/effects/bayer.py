"""A phone's sensor as physics has it: photons counted behind a colour filter mosaic, then developed.

In linear light: the lens's spot, white balance, shot noise (the square root of the electrons counted), read noise,
ten-bit quantisation, demosaicing of the RGGB mosaic, smoothed colour, the sRGB curve (IEC 61966-2-1).
"""

from dataclasses import asdict, dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.specimens.model import Pixels
from fourcorners.specimens.pictures import as_u8

__all__ = ["Sensor", "developed", "random_sensor"]

WAVELENGTH_UM = 0.55
SPOT_SHARE = 0.42
"""Sigma of the Gaussian nearest to an Airy disc, in units of wavelength times f-number."""
BITS = 10
NOISE_TILE = 509


@dataclass(frozen=True)
class Sensor:
    """A camera module and its exposure. Electrons are those of one pixel of the picture, after binning."""

    f_number: float
    pixel_pitch_um: float
    aberration_px: float
    full_well_electrons: float
    read_noise_electrons: float
    iso_gain: float
    red_gain: float
    blue_gain: float

    def to_dict(self) -> dict[str, float]:
        """The parameters by name."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def random_sensor(rng: np.random.Generator, dimness: float = 0.0) -> Sensor:
    """A phone's module of the last ten years; `dimness` 0 is daylight, 1 a dark room at a gain of about 30."""
    return Sensor(
        f_number=rng.uniform(1.6, 2.4),
        pixel_pitch_um=rng.uniform(1.0, 2.0),
        aberration_px=rng.uniform(0.3, 0.6),
        full_well_electrons=rng.uniform(9_000, 40_000),
        read_noise_electrons=rng.uniform(1.5, 6.0),
        iso_gain=float(2 ** rng.uniform(0, 2 + 3 * dimness)),
        red_gain=rng.uniform(1.5, 2.2),
        blue_gain=rng.uniform(1.3, 2.0),
    )


def developed(picture: Pixels, sensor: Sensor, rng: np.random.Generator) -> Pixels:
    """The sRGB picture that the sensor makes of a scene given as an sRGB picture of the same size."""
    linear = cv2.LUT(picture, _linear_table())
    diffraction = SPOT_SHARE * WAVELENGTH_UM * sensor.f_number / sensor.pixel_pitch_um
    linear = cv2.GaussianBlur(linear, (0, 0), float(np.hypot(diffraction, sensor.aberration_px)))
    height, width = linear.shape[:2]
    light, gain = np.empty((height, width), np.float32), np.empty((2, 2), np.float32)
    for row, column, channel, balance in ((0, 0, 0, sensor.red_gain), (0, 1, 1, 1.0), (1, 0, 1, 1.0),
                                          (1, 1, 2, sensor.blue_gain)):  # fmt: skip
        light[row::2, column::2] = linear[row::2, column::2, channel]
        gain[row, column] = 65535 * sensor.iso_gain * balance / sensor.full_well_electrons  # levels an electron makes
    gains = np.tile(gain, (height // 2 + 1, width // 2 + 1))[:height, :width]
    electrons = light / gains
    noise = np.sqrt(electrons + np.float32(sensor.read_noise_electrons**2)) * _gaussian((height, width), rng)
    step = 65536 / (1 << BITS)
    levels = np.clip(np.round((electrons + noise) * gains / step) * step, 0, 65535).astype(np.uint16)
    colours = cv2.demosaicing(levels, cv2.COLOR_BayerRGGB2RGB_EA)
    encoded = as_u8(_srgb_table()[colours])
    luma, red, blue = cv2.split(cv2.cvtColor(encoded, cv2.COLOR_RGB2YCrCb))
    smooth = [cv2.GaussianBlur(plane, (0, 0), 1.2) for plane in (red, blue)]
    return as_u8(cv2.cvtColor(cv2.merge([luma, *smooth]), cv2.COLOR_YCrCb2RGB))


@cache
def _linear_table() -> NDArray[np.uint16]:
    value = np.linspace(0, 1, 256)
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.round(linear * 65535).astype(np.uint16)


@cache
def _srgb_table() -> NDArray[np.uint8]:
    linear = np.linspace(0, 1, 65536)
    value = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.round(value * 255).astype(np.uint8)


def _gaussian(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Standard normal values: one tile, rolled and repeated. Its odd side keeps it off the mosaic's period."""
    tile = rng.standard_normal((NOISE_TILE, NOISE_TILE), dtype=np.float32)
    rows, columns = -(-shape[0] // NOISE_TILE), -(-shape[1] // NOISE_TILE)
    return np.tile(tile, (rows, columns))[: shape[0], : shape[1]]

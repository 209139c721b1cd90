"""What the camera adds: noise of the sensor, sharpening and tone of the processor, JPEG."""

from functools import cache

import cv2
import numpy as np

from fourcorners.specimens.model import Pixels, SpecimenError
from fourcorners.specimens.pictures import as_u8, resized

__all__ = ["decode", "intra_coded", "jpeg", "noisy", "sharpened"]

TILE = 512
TILE_SIGMA = 32.0
"""The noise tile is stored as 128 plus noise of this many levels."""
NOISE_SEED = 41


@cache
def _tile() -> Pixels:
    """Noise (512, 512, 3): mostly brightness, a little colour, slightly smeared by demosaicing."""
    rng = np.random.default_rng(NOISE_SEED)
    luma = rng.normal(0, 1, (TILE, TILE, 1)).astype(np.float32)
    chroma = (
        cv2.GaussianBlur(
            rng.normal(0, 1, (TILE, TILE, 3)).astype(np.float32), (0, 0), 1.2, borderType=cv2.BORDER_REFLECT
        )
        * 2
    )
    mixed = cv2.GaussianBlur(luma * 0.9 + chroma * 0.5, (0, 0), 0.5, borderType=cv2.BORDER_REFLECT)
    return as_u8(np.clip(128 + mixed / mixed.std() * TILE_SIGMA, 0, 255))


def noisy(picture: Pixels, sigma: float, rng: np.random.Generator, grain_px: float = 1.0) -> Pixels:
    """Add noise of `sigma` grey levels; `grain_px` is the size of its grain."""
    tile = np.roll(_tile(), rng.integers(0, TILE, 2).tolist(), axis=(0, 1))
    if rng.random() < 0.5:
        tile = tile[::-1]
    if grain_px > 1.05:
        side = round(TILE * grain_px)
        tile = resized(tile, (side, side))
        sigma *= min(grain_px, 1.4)  # enlarging evens noise out
    height, width = picture.shape[:2]
    rows, columns = -(-height // tile.shape[0]), -(-width // tile.shape[1])
    field = np.tile(tile, (rows, columns, 1))[:height, :width]
    gain = sigma / TILE_SIGMA
    return as_u8(cv2.addWeighted(picture, 1.0, field, gain, -128.0 * gain))


def sharpened(picture: Pixels, amount: float, radius_px: float = 1.0) -> Pixels:
    """Unsharp masking, as camera processors do."""
    soft = cv2.GaussianBlur(picture, (0, 0), radius_px)
    return as_u8(cv2.addWeighted(picture, 1 + amount, soft, -amount, 0))


def jpeg(picture: Pixels, quality: int) -> bytes:
    """The picture as a JPEG file with colour at half resolution."""
    _, encoded = cv2.imencode(
        ".jpg",
        cv2.cvtColor(picture, cv2.COLOR_RGB2BGR),
        [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420],
    )
    return encoded.tobytes()


def intra_coded(picture: Pixels, quality: int) -> Pixels:
    """The picture after a codec that predicts blocks from their neighbours and smooths their edges.

    WebP (VP8) stands in for HEIC (HEVC): the same kind of loss, always there and the same on every machine.
    """
    _, encoded = cv2.imencode(".webp", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_WEBP_QUALITY, quality])
    return decode(encoded.tobytes())


def decode(encoded: bytes) -> Pixels:
    """The pixels of an encoded picture, RGB."""
    bgr = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise SpecimenError("These bytes are no picture.")
    return as_u8(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))

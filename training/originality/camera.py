"""From light to a patch of a photo file: lens, Bayer mosaic, noise, sharpening, resizing, JPEG."""

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.contents import Plane

__all__ = ["taken"]


def taken(rng: np.random.Generator, light: Plane, side: int) -> NDArray[np.uint8]:
    """The patch (side, side, 3); `light` is at the sensor's scale and as large as it needs to be."""
    slope = np.linspace(1, 1 + rng.normal(0, 0.15), light.shape[1], dtype=np.float32)[None, :, None]
    white = np.array([1.0, 1.0, 1.0]) + rng.normal(0, 0.05 if rng.random() < 0.7 else 0.15, 3)
    exposed = light * slope * (rng.uniform(0.45, 1.0) * white).astype(np.float32)
    electrons = float(np.exp(rng.uniform(np.log(400), np.log(8000))))  # a full pixel: shot noise, then that of reading
    sigma = np.sqrt(np.maximum(exposed, 0) / electrons + (rng.uniform(1, 6) / electrons) ** 2)
    noisy = np.clip(exposed + sigma * rng.standard_normal(light.shape, dtype=np.float32), 0, 1) * 255
    picture = noisy.astype(np.uint8)
    if rng.random() < 0.75:
        picture = _demosaiced(rng, picture)
    if rng.random() < 0.35:
        picture = cv2.bilateralFilter(picture, 5, float(rng.uniform(6, 30)), 1.5)
    if rng.random() < 0.4:
        picture = _colour_smoothed(picture, float(rng.uniform(1, 5)))
    if rng.random() < 0.75:
        amount = rng.uniform(0.2, 1.1)
        picture = cv2.addWeighted(
            picture, 1 + amount, cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.7, 1.6)), -amount, 0
        )
    reach = side + 16
    way = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
    picture = cv2.resize(picture, (reach, reach), interpolation=way)
    for _ in range(int(rng.choice([1, 2], p=[0.7, 0.3]))):
        shift = rng.integers(0, 4, 2)
        picture = _compressed(rng, picture[shift[1] :, shift[0] :])
    return np.ascontiguousarray(picture[:side, :side])


def _demosaiced(rng: np.random.Generator, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One colour a place, as a sensor has, and the others guessed from around it."""
    red, blue = (0, 0), (1, 1)
    mosaic = picture[..., 1].copy()
    mosaic[red[0] :: 2, red[1] :: 2] = picture[red[0] :: 2, red[1] :: 2, 0]
    mosaic[blue[0] :: 2, blue[1] :: 2] = picture[blue[0] :: 2, blue[1] :: 2, 2]
    way = cv2.COLOR_BayerBG2BGR if rng.random() < 0.5 else cv2.COLOR_BayerBG2BGR_EA
    return np.asarray(cv2.cvtColor(mosaic, way), np.uint8)


def _colour_smoothed(picture: NDArray[np.uint8], reach_px: float) -> NDArray[np.uint8]:
    """Colour noise is what phones and video fight first."""
    split = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
    split[..., 1:] = cv2.GaussianBlur(split[..., 1:], (0, 0), reach_px)
    return np.asarray(cv2.cvtColor(split, cv2.COLOR_YCrCb2RGB), np.uint8)


def _compressed(rng: np.random.Generator, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    quality = int(rng.integers(62, 97))
    factor = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if rng.random() < 0.8 else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, factor]
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), options)
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)

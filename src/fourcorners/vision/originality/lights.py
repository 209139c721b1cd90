"""Can the lights explain all the colour on a page?

A grey print has no colour of its own: what a camera sees of it is the colour of the light, which changes evenly from
one side to the other, and by tones as the camera's curves bend each channel. So over the whole page the logarithms of
red by green and of blue by green follow one smooth rule in place and lightness; and under several lights what is left
of them changes slowly from place to place, for lights fade into each other. Rainbow grounds, a pale band of colour, a
flag or a face have edges, even where all of it is so pale that over short distances (`colour`) little is left.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.quantiles import median, quantile
from fourcorners.vision.originality.colour import CLIPPED, LUMA, without_rim
from fourcorners.vision.picture import Pixels, brightest_channel

__all__ = ["colour_beside_lights"]

SOFTEN_PX = 2.0
"""Noise and the coarse colour of JPEG even out over so much of a page's small copy (`colour.colour_copy`)."""
LIFT = 3.0
"""Grey levels added before logarithms are taken: in the dark a level more or less is no colour."""
STEP = 3
"""Every so many pixels along both sides are looked at: they are as soft as that."""
ROUNDS = 3
OUTLYING = 1.5
"""From so many medians of what is left on, a pixel counts half or less for the rule: it may have a colour itself."""
DARK_SHARE = 0.05
"""What the darkest pixels still count, against 1 for the brightest: their colour is noise."""
USABLE_LEAST = 0.2
FADE = 4.0
"""Lights fade into each other over so many of these steps, a sixteenth of the page, or more (standard deviation)."""
TALLEST = 4.0
"""What is more than so many medians counts as these, lest it colours what is around."""
QUANTILE = 0.9
"""A finger or a stamp over a tenth of the page changes nothing."""

Columns = NDArray[np.float64]


def colour_beside_lights(small: Pixels) -> float:
    """Per cent by which channels differ from what lights give them, exceeded on 10 % of a page's copy (h, w, 3).

    `small` is a page's `colour_copy`. Of 480 drawn grey copies, half of them under two lights, with blotches and hard
    compression, 28 are above 2.5; pale documents in colour with a portrait, though a grey one, begin at 2.69, and backs
    at 1.45.
    """
    soft = cv2.GaussianBlur(without_rim(small).astype(np.float32), (0, 0), SOFTEN_PX)[::STEP, ::STEP]
    usable = brightest_channel(soft) < CLIPPED
    if usable.mean() < USABLE_LEAST:
        return 0.0
    height, width = usable.shape
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    colours = soft[usable].astype(np.float64) + LIFT
    light = colours @ LUMA.astype(np.float64)
    lightness = np.log(light)
    lightness = (lightness - lightness.mean()) / (lightness.std() + 1e-3)
    smooth = _rule(across[usable], down[usable], lightness)
    trust = np.clip(light / light.max(), DARK_SHARE, 1.0)
    ratios = np.log(colours[:, [0, 2]] / colours[:, [1]])
    left = np.column_stack([_left_over(smooth, ratio, trust) for ratio in ratios.T]) * trust[:, None]
    left -= _fading(left, trust, usable) * trust[:, None]
    return 100 * quantile(np.hypot(left[:, 0], left[:, 1]).astype(np.float32), QUANTILE)


def _fading(left: Columns, trust: Columns, usable: NDArray[np.bool_]) -> Columns:
    """What of the rest (n, 2), which counts by `trust` (n,), changes slowly over the page; a stamp hardly counts."""
    size = np.hypot(left[:, 0], left[:, 1])
    most = TALLEST * median(size.astype(np.float32)) + 1e-4
    laid = np.zeros((*usable.shape, 3), np.float32)
    laid[usable] = np.column_stack([left * np.minimum(1, most / np.maximum(size, 1e-9))[:, None], trust])
    slow = cv2.GaussianBlur(laid, (0, 0), FADE)[usable]
    return np.asarray(slow[:, :2] / np.maximum(slow[:, 2:], 1e-3), np.float64)


def _rule(x: Columns, y: Columns, lightness: Columns) -> Columns:
    """What the light may follow (n, k): place up to the second power, lightness up to it, and each with the other."""
    one = np.ones_like(x)
    return np.column_stack([one, x, y, x * y, x**2, y**2, lightness, lightness**2, lightness * x, lightness * y])


def _left_over(smooth: Columns, ratio: Columns, trust: Columns) -> Columns:
    """What a rule in the columns of `smooth` (n, k) leaves of `ratio` (n,), fitted again without the outlying ones."""
    weight = trust
    for _ in range(ROUNDS):
        weighted = smooth * (weight**2)[:, None]
        rule = np.linalg.lstsq(weighted.T @ smooth, weighted.T @ ratio, rcond=None)[0]
        left = ratio - smooth @ rule
        usual = OUTLYING * median(np.abs(left).astype(np.float32)) + 1e-4
        weight = trust / (1 + (left / usual) ** 2)
    return np.asarray(left, dtype=np.float64)

"""An edited file: another portrait or other characters pasted over a photo."""

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import Quad, homography
from fourcorners.specimens.fonts import draw_text
from fourcorners.specimens.model import Pixels, box_quad
from fourcorners.specimens.pictures import as_u8, blurred, mixed, resized, warped

__all__ = ["portrait_pasted", "text_replaced"]

PATCH_HEIGHT = 64
PAD = 8


def portrait_pasted(
    picture: Pixels, portrait: Pixels, region: Quad, severity: float, rng: np.random.Generator
) -> Pixels:
    """Paste a portrait over a region of the photo, the worse fitted the higher the severity."""
    height, width = portrait.shape[:2]
    slip = severity * 0.03 * float(np.hypot(*(region[1] - region[0])))
    target = region + rng.uniform(-slip, slip, (4, 2))
    matrix = homography(box_quad(0, 0, width, height), target)
    gain = _match(picture, region, portrait, 1 - 0.8 * severity)
    return _pasted(picture, as_u8(np.clip(portrait * gain, 0, 255)), matrix, softness_px=0.6 + 2 * (1 - severity))


def text_replaced(
    picture: Pixels, text: str, font: str, region: Quad, severity: float, rng: np.random.Generator
) -> Pixels:
    """Cover a line of print with its paper's mean colour and set another text there."""
    coverage, _, _ = draw_text(text, font, PATCH_HEIGHT)
    across, down = region[1] - region[0], region[3] - region[0]
    scale = float(np.hypot(*down)) / coverage.shape[0]
    wider = max(0, round(float(np.hypot(*across)) / scale) - coverage.shape[1])
    ink = np.pad(coverage, ((PAD, PAD), (PAD, PAD + wider)))
    right, below = across / np.hypot(*across) * scale, down / np.hypot(*down) * scale
    start = region[0] - PAD * (right + below)
    right, below = right * ink.shape[1], below * ink.shape[0]
    target = np.array([start, start + right, start + right + below, start + below])
    paper, tone = _paper_and_ink(picture, region)
    sheet = paper + rng.normal(0, 2.5 * (1 - severity), (*ink.shape, 3))
    share = (ink.astype(np.float32) / 255)[..., None]
    patch = as_u8(np.clip(sheet + (tone * (1 - 0.5 * severity) - sheet) * share, 0, 255))
    matrix = homography(box_quad(0, 0, ink.shape[1], ink.shape[0]), target)
    return _pasted(picture, patch, matrix, softness_px=0.5 + 1.5 * (1 - severity))


def _pasted(picture: Pixels, patch: Pixels, matrix: NDArray[np.float64], softness_px: float) -> Pixels:
    size = picture.shape[1], picture.shape[0]
    zoom = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if zoom < 0.7:
        small = max(4, round(patch.shape[1] * zoom)), max(4, round(patch.shape[0] * zoom))
        matrix = matrix @ np.diag([patch.shape[1] / small[0], patch.shape[0] / small[1], 1.0])
        patch = resized(patch, small)
    mask = np.zeros(patch.shape[:2], np.uint8)
    mask[1:-1, 1:-1] = 255
    share = blurred(warped(mask, matrix, size), softness_px)
    return mixed(picture, warped(patch, matrix, size, repeat_edge=True), share)


def _match(picture: Pixels, region: Quad, portrait: Pixels, share: float) -> NDArray[np.float32]:
    """Factors for each colour that bring the portrait's mean towards what is under it, by `share`."""
    there = _inside(picture, region).mean(axis=0)
    gain = (there + 1) / (portrait.reshape(-1, 3).mean(axis=0) + 1)
    return np.asarray(1 + (gain - 1) * share, np.float32)


def _paper_and_ink(picture: Pixels, region: Quad) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pixels = _inside(picture, region)
    order = pixels.sum(axis=1)
    paper = np.median(pixels[order >= np.quantile(order, 0.6)], axis=0)
    ink = np.median(pixels[order <= np.quantile(order, 0.1)], axis=0)
    return np.asarray(paper, np.float64), np.asarray(ink, np.float64)


def _inside(picture: Pixels, region: Quad) -> NDArray[np.float64]:
    """The colours (n, 3) inside a quad of the photo."""
    low = np.maximum(np.floor(region.min(axis=0)).astype(int), 0)
    high = np.maximum(np.ceil(region.max(axis=0)).astype(int), low + 2)
    patch = picture[low[1] : high[1], low[0] : high[0]]
    mask = np.zeros(patch.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(region - low).astype(np.int32)], (255,))
    found = patch[mask > 0]
    return np.asarray(found if len(found) else np.full((1, 3), 128), np.float64)

"""The preview of a document: its place first, then its light, then its sharpness."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from fourcorners.guidance.look import Look, rules_for, settled
from fourcorners.kit.geometry import Quad, polygon_area
from fourcorners.vision.legibility.glare import find_glare
from fourcorners.vision.legibility.light import page_white
from fourcorners.vision.legibility.sharpness import page_blur
from fourcorners.vision.outline import find_outline
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Pixels

__all__ = ["look_at_document"]


def look_at_document(frame: Pixels, before: Look | None = None) -> Look:
    """Look at an RGB frame (h, w, 3), about 640 px wide; `before` is the look at the frame before it."""
    rules = rules_for("document")
    outline = find_outline(frame)
    if outline is None:
        return Look("show_document", None)
    if outline.other_documents:
        return Look("one_document", outline.quad)
    hint = _place(outline.quad, frame, rules) or _page(outline.quad, frame, rules)
    if hint:
        return Look(hint, outline.quad)
    start = 0 if before is None or before.shape is None else _nearest_start(outline.quad, before.shape)
    quad = np.roll(outline.quad, -start, axis=0)
    return settled(quad, before, rules, float(np.hypot(*frame.shape[:2])))


def _place(quad: Quad, frame: Pixels, rules: Mapping[str, Any]) -> str | None:
    height, width = frame.shape[:2]
    margins = np.minimum(quad, np.array([width, height]) - 1 - quad)
    if margins.min() < rules["edge_share_min"] * min(width, height):
        return "show_all_corners"
    if polygon_area(quad) < rules["area_share_min"] * width * height:
        return "move_closer"
    a, b, c, d = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    slant = max(a / c, c / a, b / d, d / b)
    return "hold_flat" if slant > rules["slant_max"] else None


def _page(quad: Quad, frame: Pixels, rules: Mapping[str, Any]) -> str | None:
    page = rectify(frame, quad).pixels
    if page_white(page) < rules["white_min"]:
        return "more_light"
    glare = find_glare(page)
    if (glare.mask > 0).mean() > rules["glare_share_max"]:
        return "avoid_glare"
    blur = page_blur(page)
    return "hold_still" if blur is None or blur > rules["blur_max"] else None


def _nearest_start(quad: Quad, before: Quad) -> int:
    """From which corner on the quad lies nearest to the one before: an outline may start at any."""
    return int(np.argmin([np.linalg.norm(np.roll(quad, -k, axis=0) - before) for k in range(4)]))

"""The file is a photo, not a screenshot (IDP2)."""

import numpy as np

from fourcorners.checks.finding import Fact, Finding, box, judge
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.digital import BLOCK_PX

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_screenshot"
VERSION = 1
REASONS = ("screenshot",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Adds up weights (data) of what the file and the picture show; no sign of the file alone is enough."""
    picture, weight = frame.picture, limits["weights"]
    share, flat = frame.flat_bars
    said = " ".join(picture.metadata.values()).casefold()
    size = sorted((picture.width, picture.height))
    signs = {
        "bars of one colour": weight["bars"] * min(1.0, share / limits["bars_share_full"]),
        "no camera named": weight["no_camera"] * (not {"Make", "Model"} & set(picture.metadata)),
        "PNG file": weight["png"] * (picture.format == "PNG"),
        "size of a screen": weight["screen_size"] * (size in limits["screen_sizes"]),
        "metadata say so": weight["metadata"] * any(word in said for word in limits["metadata_words"]),
    }
    values = tuple((name, f"{value:.2f}") for name, value in signs.items())
    evidence = [Fact("signs of a screenshot", values, f"bars of one colour take {share:.1%} of it")]
    where = [box(_extent(flat), "bars of one colour")] if share >= limits["bars_share_full"] else []
    return judge(NAME, VERSION, sum(signs.values()), limits.scale(), REASONS[0], [*where, *evidence])


def _extent(flat: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(flat)
    return BLOCK_PX * np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]], dtype=np.float64)

"""The file is a photo, not a screenshot (IDP2)."""

import numpy as np

from fourcorners.checks.finding import Fact, Finding, box, judge
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.digital import BLOCK_PX

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_screenshot"
VERSION = 2
REASONS = ("screenshot",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Adds up weights (data) of what the file and the picture show; no sign of the file alone is enough."""
    picture, weight = frame.picture, limits["weights"]
    share, flat = frame.flat_bars
    said = " ".join(picture.metadata.values()).casefold()
    size = sorted((picture.width, picture.height))
    app = frame.interface
    framed = weight["framed_in_white"] if app.framed_in_white else weight["framed"]
    signs = {
        "bars of one colour": weight["bars"] * min(1.0, share / limits["bars_share_full"]),
        "letters on plain ground": weight["letters"] * min(1.0, len(app.things) / limits["letters_full"]),
        "one plain colour": weight["plain"] * _share_of(app.plain, *limits["plain_share"]),
        "a frame of equal bars": framed * app.framed,
        "no camera named": weight["no_camera"] * (not {"Make", "Model"} & set(picture.metadata)),
        "PNG file": weight["png"] * (picture.format == "PNG"),
        "size of a screen": weight["screen_size"] * (size in limits["screen_sizes"]),
        "metadata say so": weight["metadata"] * any(word in said for word in limits["metadata_words"]),
    }
    values = tuple((name, f"{value:.2f}") for name, value in signs.items())
    evidence = [Fact("signs of a screenshot", values, f"bars of one colour take {share:.1%} of it")]
    where = [box(_extent(flat), "bars of one colour")] if share >= limits["bars_share_full"] else []
    where += [box(place, "letters on plain ground") for place in app.things[: limits["shown_most"]]]
    return judge(NAME, VERSION, sum(signs.values()), limits.scale(), REASONS[0], [*where, *evidence])


def _share_of(value: float, least: float, full: float) -> float:
    """How far a value has come from where it begins to count to where it counts in full, 0 to 1."""
    return min(1.0, max(0.0, (value - least) / (full - least)))


def _extent(flat: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(flat)
    return BLOCK_PX * np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]], dtype=np.float64)

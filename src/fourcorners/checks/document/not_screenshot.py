"""The file is a photo, not a screenshot (IDP2)."""

from collections.abc import Sequence

import numpy as np

from fourcorners.checks.finding import Fact, Finding, box, judge
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.digital import BLOCK_PX, NEAR_END
from fourcorners.vision.originality.grounds import Ground
from fourcorners.vision.picture import Picture

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_screenshot"
VERSION = 3
REASONS = ("screenshot",)

ROUNDED = 0.75
"""Pixels by which a side may be off when a screen was made smaller: half a pixel of it, and half of the other one."""
SMOOTH = ("bars of one colour", "one plain colour")
"""Signs that a smooth table in a photo without noise may show, too."""


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Adds up weights (data) of what the file and the picture show; no sign of the file alone is enough to refuse."""
    picture = frame.picture
    share, flat = frame.flat_bars
    grounds = frame.grounds
    seen = _seen(frame, grounds, share, limits)
    laid_out = sum(value for name, value in seen.items() if name not in SMOOTH)
    signs = {**seen, **_told(frame, limits, seen_at_all=laid_out >= limits["seen_least"])}
    values = tuple((name, f"{value:.2f}") for name, value in signs.items())
    evidence = [Fact("signs of a screenshot", values, f"bars of one colour take {share:.1%} of it")]
    where = [box(_extent(flat), "bars of one colour")] if share >= limits["bars_share_full"] else []
    where += [box(np.reshape(g.box, (2, 2)), "laid on one colour") for g in grounds if _laid(g, picture, limits)]
    letters = [*frame.interface.things, *(place for g in grounds for place in g.letters)]
    where += [box(place, "letters on plain ground") for place in letters[: limits["shown_most"]]]
    return judge(NAME, VERSION, sum(signs.values()), limits.scale(), REASONS[0], [*where, *evidence])


def _seen(frame: DocumentFrame, grounds: Sequence[Ground], bars: float, limits: Limits) -> dict[str, float]:
    """What the picture shows. Without a letter or a straight side, what is merely smooth counts up to a limit only."""
    weight, app, picture = limits["weights"], frame.interface, frame.picture
    sheet = _shaped(picture, limits["sheet_shapes"], limits["shape_within"])
    framed = weight["framed_in_white"] if app.framed_in_white else weight["framed"]
    exact = any(_exactest(ground) >= limits["side_least"] for ground in grounds)
    on_sheet = limits["letters_on_sheets"] if sheet else 1.0
    laid = 0.0 if app.framed else max((_laid(g, picture, limits) for g in grounds), default=0.0)
    drawn = {
        "letters on plain ground": weight["letters"] * on_sheet * min(1.0, len(app.things) / limits["letters_full"]),
        "letters beside a picture": max((_lettered(g, picture, limits) for g in grounds), default=0.0),
        "laid on one colour": weight["laid"] * laid,
        "several grounds": weight["grounds"] * (_different(grounds, limits) >= 2),
        "a frame of equal bars": framed * (app.framed and exact),
    }
    smooth = {
        "bars of one colour": weight["bars"] * min(1.0, bars / limits["bars_share_full"]),
        "one plain colour": weight["plain"] * _share_of(app.plain, *limits["plain_share"]),
    }
    most = sum(smooth.values()) if exact or any(drawn.values()) else limits["smooth_most"]
    share = min(1.0, most / max(sum(smooth.values()), most, 1e-9))
    return {**{name: share * value for name, value in smooth.items()}, **drawn}


def _told(frame: DocumentFrame, limits: Limits, *, seen_at_all: bool) -> dict[str, float]:
    """What the file says. Cameras have the sizes and shapes of some screens: those count beside what is seen only."""
    weight, picture = limits["weights"], frame.picture
    said = " ".join(picture.metadata.values()).casefold()
    size = sorted((picture.width, picture.height))
    of_cameras = _shaped(picture, limits["camera_shapes"], limits["shape_within"])
    screens, shape = limits["screen_sizes"], limits["shape_of_cameras"] if of_cameras else 1.0
    return {
        "no camera named": weight["no_camera"] * (not {"Make", "Model"} & set(picture.metadata)),
        "PNG file": weight["png"] * (picture.format == "PNG"),
        "size of a screen": weight["screen_size"] * (size in screens and (seen_at_all or not of_cameras)),
        "shape of a screen": weight["shape"] * shape * (seen_at_all and _is_scaled_screen(size, limits)),
        "metadata say so": weight["metadata"] * any(word in said for word in limits["metadata_words"]),
    }


def _lettered(ground: Ground, picture: Picture, limits: Limits) -> float:
    """Letters and icons beside the picture; on black only beside an exact side, on white as far as all are.

    Pages, and scans of pale documents, have letters on white, too: those beside a portrait, or on a sheet.
    """
    weight, count = limits["weights"], len(ground.letters)
    least = limits["side_least"]
    if not _is_white(ground):
        counts = not _is_black(ground) or _exactest(ground) >= least
        return float(weight["beside"] * counts * min(1.0, count / limits["beside_full"]))
    if _shaped(picture, limits["sheet_shapes"], limits["shape_within"]):
        return 0.0
    left, top, right, foot = ground.box
    sides = [side for side in ground.sides if side is not None]
    large = (right - left) * (foot - top) >= limits["white_picture"] * picture.width * picture.height
    exact = 1.0 if large and min(sides) >= least else limits["white_unsure"] * min(1.0, sum(sides))
    return float(weight["beside_white"] * exact * min(1.0, count / limits["white_full"]))


def _exactest(ground: Ground) -> float:
    return max(side or 0.0 for side in ground.sides)


def _laid(ground: Ground, picture: Picture, limits: Limits) -> float:
    """How exactly the picture was laid on a colour, 0 to 1.

    On white never, and on black only out of the middle: programs for photos, scanners and word processors do the rest.
    """
    sides = [side for side in ground.sides if side is not None]
    least = limits["side_least"]
    if not sides or _is_white(ground):
        return 0.0
    if not _is_black(ground):
        return _exactest(ground) if _exactest(ground) >= least else 0.0
    left, top, right, foot = ground.box
    uneven = max(abs(left + right - picture.width), abs(top + foot - picture.height))
    longer = max(picture.width, picture.height)
    return sum(sides) / len(sides) if uneven > limits["uneven"] * longer and min(sides) >= least else 0.0


def _different(grounds: Sequence[Ground], limits: Limits) -> int:
    """How many exact grounds there are whose colours differ by more than compression and light make."""
    kept: list[np.ndarray] = []
    for ground in grounds:
        colour = np.array(ground.colour)
        if _exactest(ground) >= limits["side_least"] and all(
            np.abs(colour - other).max() >= limits["grounds_apart"] for other in kept
        ):
            kept.append(colour)
    return len(kept)


def _is_white(ground: Ground) -> bool:
    return min(ground.colour) >= 255 - NEAR_END


def _is_black(ground: Ground) -> bool:
    return max(ground.colour) <= NEAR_END


def _shaped(picture: Picture, shapes: Sequence[float], within: float) -> bool:
    """Whether the longer side is to the shorter as in one of `shapes`."""
    shape = max(picture.width, picture.height) / min(picture.width, picture.height)
    return any(abs(shape / known - 1) <= within for known in shapes)


def _is_scaled_screen(size: Sequence[int], limits: Limits) -> bool:
    """Whether the picture (short and long side) is all of a screen, made smaller: both sides to the pixel.

    Below a certain size too many shapes are within a pixel of some screen's.
    """
    if size[0] < limits["shape_px_min"]:
        return False
    screens = limits["screen_sizes"]
    return any(size[1] <= long and abs(size[0] - size[1] * short / long) <= ROUNDED for short, long in screens)


def _share_of(value: float, least: float, full: float) -> float:
    """How far a value has come from where it begins to count to where it counts in full, 0 to 1."""
    return min(1.0, max(0.0, (value - least) / (full - least)))


def _extent(flat: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(flat)
    return BLOCK_PX * np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]], dtype=np.float64)

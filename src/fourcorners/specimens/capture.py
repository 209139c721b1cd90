"""From a drawn document to a picture of it, with the truth."""

from dataclasses import replace

import cv2
import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.kit.geometry import Quad, apply_homography, clip_polygon, polygon_area
from fourcorners.specimens.attacks import ATTACKS
from fourcorners.specimens.camera import side_corners
from fourcorners.specimens.effects.sensor import decode
from fourcorners.specimens.handling import HANDLING
from fourcorners.specimens.mishaps import MISHAPS
from fourcorners.specimens.model import (
    Camera,
    CaptureKind,
    Document,
    Plane,
    Side,
    Specimen,
    SpecimenError,
    Truth,
    box_quad,
)
from fourcorners.specimens.recaptures import RECAPTURES
from fourcorners.specimens.shot import Shot, Taken

__all__ = ["DEFAULT_SIZE", "capture"]

DEFAULT_SIZE = (1600, 1200)
SMALLEST_SIDE = 64
ALTERING = (CaptureKind.EDITED, CaptureKind.PORTRAIT_SWAP)
RECIPES = MISHAPS | HANDLING | ATTACKS | RECAPTURES


def capture(
    document: Document,
    kind: CaptureKind | str = CaptureKind.GENUINE,
    severity: float = 0.3,
    *,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
    side: str = "front",
    camera: Camera | str = Camera.SIMPLE,
) -> Specimen:
    """Photograph one side of a document as `kind` says, into a picture of (width, height).

    `severity` runs from 0 (barely so) to 1 (grossly so); for a genuine photo it is how careless the photographer was.
    The same arguments give the same bytes. Raises SpecimenError for an unknown kind or camera or a side that is not
    there.
    """
    try:
        kind, camera = CaptureKind(kind), Camera(camera)
    except ValueError as error:
        known = f"captures are {', '.join(CaptureKind)}; cameras {', '.join(Camera)}"
        raise SpecimenError(f"{error}: {known}.") from None
    if not 0 <= severity <= 1:
        raise SpecimenError("The severity lies between 0 and 1.", severity=severity)
    if min(size) < SMALLEST_SIDE:
        raise SpecimenError(f"A photo is at least {SMALLEST_SIDE} pixels wide and high.", size=size)
    chosen = {"front": document.front, "back": document.back}.get(side)
    if chosen is None:
        raise SpecimenError(f"This {document.kind} has no {side}.", side=side)
    rng = np.random.default_rng((seed, list(CaptureKind).index(kind), 51))
    taken = RECIPES[kind](Shot(document, chosen, severity, rng, size, camera))
    pixels = decode(taken.encoded)
    truth = _truth(document, side, chosen, taken, kind=kind, severity=severity, seed=seed, size=size)
    return Specimen(pixels, replace(truth, camera=camera, physics=taken.physics), taken.encoded)


def _truth(
    document: Document,
    name: str,
    side: Side,
    taken: Taken,
    *,
    kind: CaptureKind,
    severity: float,
    seed: int,
    size: tuple[int, int],
) -> Truth:
    facts = load_toml("fourcorners.specimens", "captures.toml")[kind]
    faults = tuple(facts["faults"]) if severity >= facts["certain_from"] else ()
    if kind in ALTERING and not taken.altered:  # a side that holds nothing to forge
        faults = ()
    if taken.matrix is None:
        return Truth(None, None, None, None, kind, severity, seed, size, None, faults=faults, attack=facts["attack"])
    regions = {region: apply_homography(taken.matrix, quad) for region, quad in side.regions.items()}
    return Truth(
        document=document.kind,
        design=document.design,
        side=name,
        state=document.state,
        capture=kind,
        severity=severity,
        seed=seed,
        size=size,
        corners=apply_homography(taken.matrix, side_corners(side)),
        fields=side.fields,
        printed={**side.printed, **{key: text for key, text in taken.altered.items() if key in side.printed}},
        regions=regions,
        mrz=side.mrz,
        barcode=side.barcode,
        faults=faults,
        attack=facts["attack"],
        hidden=tuple(region for region, quad in regions.items() if _is_hidden(quad, taken.disturbed, size)),
        altered=tuple(taken.altered),
        others=taken.others,
        hidden_corners=_hidden_corners(apply_homography(taken.matrix, side_corners(side)), taken, size),
    )


HIDDEN_SHARE = 0.1
CORNER_REACH = 0.02
"""How far around a corner must be clear, as a share of the document's width."""


def _hidden_corners(corners: Quad, taken: Taken, size: tuple[int, int]) -> tuple[int, ...]:
    """Corners (0 top left, clockwise) that are cut off the document, outside the frame, or under something."""
    reach = CORNER_REACH * float(np.hypot(*(corners[1] - corners[0])))
    hidden = set(taken.lost_corners)
    for number, (x, y) in enumerate(corners):
        if not (0 <= x < size[0] and 0 <= y < size[1]):
            hidden.add(number)
        elif taken.disturbed is not None and taken.opaque:
            near = box_quad(x - reach, y - reach, 2 * reach, 2 * reach)
            if _is_hidden(np.clip(near, 0, np.array(size) - 1.0), taken.disturbed, size):
                hidden.add(number)
    return tuple(sorted(hidden))


def _is_hidden(quad: Quad, disturbed: Plane | None, size: tuple[int, int]) -> bool:
    """Is more than a tenth of a region outside the frame, or where nothing can be read?"""
    area = max(polygon_area(quad), 1e-9)
    if polygon_area(clip_polygon(quad, box_quad(0, 0, *size))) < (1 - HIDDEN_SHARE) * area:
        return True
    if disturbed is None:
        return False
    scale = np.array([disturbed.shape[1] / size[0], disturbed.shape[0] / size[1]])
    inside = np.zeros_like(disturbed)
    cv2.fillPoly(inside, [np.round(quad * scale).astype(np.int32)], (255,))
    covered = cv2.countNonZero(cv2.bitwise_and(inside, disturbed))
    return covered > HIDDEN_SHARE * max(1, cv2.countNonZero(inside))

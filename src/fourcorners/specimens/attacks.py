"""Pictures that pretend to be a photo of an original."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import apply_homography, homography
from fourcorners.specimens.camera import Scene, lay, overlay, pose, side_corners
from fourcorners.specimens.designs import design_named
from fourcorners.specimens.documents import draw
from fourcorners.specimens.effects.glare import mirrored_light
from fourcorners.specimens.effects.interface import shown_in_viewer
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.printing import colour_copied, grey_copied
from fourcorners.specimens.effects.screen import displayed, seen_through_pixels
from fourcorners.specimens.effects.sensor import decode, jpeg, noisy
from fourcorners.specimens.effects.splice import portrait_pasted, text_replaced
from fourcorners.specimens.model import CaptureKind, Pixels, Side, box_quad
from fourcorners.specimens.pictures import blurred, warped
from fourcorners.specimens.portraits import id_portrait
from fourcorners.specimens.shot import Recipe, Shot, Taken, exposed, honest_pose, photographed
from fourcorners.specimens.surfaces import draw_surface
from fourcorners.specimens.surrounds import display, sheet

__all__ = ["ATTACKS", "displayed_content"]

ORDINARY = 0.25
CUT_OUT_SHARE = 0.3
"""How often a copy is cut out along the document's outline."""
PATCH_SIZE = (350, 450)
NESTED_SHARE = 0.5
"""How often a display shows a photo of a document on a table, not a flat picture of it alone."""


def _grey_copy(shot: Shot) -> Taken:
    return _copy(shot, grey_copied(shot.side, shot.severity, shot.rng))


def _colour_copy(shot: Shot) -> Taken:
    return _copy(shot, colour_copied(shot.side, shot.severity, shot.rng))


def _copy(shot: Shot, copied: Side) -> Taken:
    """Photograph a copy: cut out along the outline, or on its sheet of paper."""
    rng = shot.rng
    flat = replace(copied, alpha=np.full_like(copied.alpha, 255))
    matrix = honest_pose(shot, ORDINARY)
    ground = draw_surface(shot.size, rng)
    if rng.random() < CUT_OUT_SHARE:
        scene = lay(ground, copied if rng.random() < 0.5 else flat, matrix, rng)
    else:
        page, to_side = sheet(shot.side, rng.uniform(4, 90, 4), rng)
        under = lay(ground, page, matrix @ to_side, rng)
        scene = overlay(under.pixels, flat, matrix)
    picture = lit(scene.pixels, room_light(rng, 0.5))
    return Taken(exposed(picture, shot), matrix)


def _screen_photo(shot: Shot) -> Taken:
    """Photograph a display."""
    rng = shot.rng
    content, inner = displayed_content(shot)
    shown = _plain_side(displayed(content, rng), shot.side.dpi)
    fill = rng.uniform(0.8, 1.12)
    matrix = pose(shot.size, shown, rng, tilt_deg=8, turn_deg=rng.normal(0, 3), fill=fill, margin=0.0)
    ground = draw_surface(shot.size, rng)
    body, to_content = display(shown, rng.uniform(0.02, 0.09, 4), rng)
    ground = lit(lay(ground, body, matrix @ to_content, rng).pixels, room_light(rng, 0.5) * np.float32(0.7))
    scene = overlay(ground, shown, matrix)
    # How many display pixels lie across the content decides whether the grid shows, or aliases, or is averaged away.
    corners = apply_homography(matrix, side_corners(shown))
    across = float(np.hypot(*(corners[1] - corners[0]))) * rng.uniform(0.4, 1.35)
    to_screen = np.diag([across / shown.size[0], across / shown.size[0], 1.0]) @ np.linalg.inv(matrix)
    gridded = seen_through_pixels(scene.pixels, scene.coverage, to_screen, shot.severity, rng)
    if rng.random() < 0.5:
        gridded, _ = mirrored_light(gridded, corners, rng.uniform(0, 1), rng, peak=rng.uniform(20, 160))
    return Taken(exposed(gridded, shot), matrix @ inner)


def _screenshot(shot: Shot) -> Taken:
    content, inner = displayed_content(shot)
    screen, (x, y, width, height) = shown_in_viewer(content, shot.size, shot.rng)
    onto = np.array([[width / content.shape[1], 0, x], [0, height / content.shape[0], y], [0, 0, 1]])
    return Taken(_png(screen), onto @ inner)


def _scan(shot: Shot) -> Taken:
    """A flatbed scan: straight, evenly lit, on the white of the lid."""
    rng = shot.rng
    fill = rng.uniform(0.5, 0.97) if rng.random() < 0.7 else rng.uniform(0.3, 0.5)
    matrix = pose(shot.size, shot.side, rng, tilt_deg=0, turn_deg=rng.normal(0, 0.2 + 0.8 * shot.severity), fill=fill)
    lid = np.full((shot.size[1], shot.size[0], 3), rng.uniform(240, 255), np.float32) + rng.uniform(-3, 3, 3)
    scene = lay(np.clip(lid, 0, 255).astype(np.uint8), shot.side, matrix, rng, height=0.3)
    picture = noisy(blurred(scene.pixels, rng.uniform(0.3, 0.6)), rng.uniform(0.4, 1.2), rng)
    return Taken(jpeg(picture, int(rng.integers(80, 96))), matrix)


def _edited(shot: Shot) -> Taken:
    """A photo into which another portrait, or another date or number, was pasted; saved again."""
    rng = shot.rng
    scene = photographed(shot, ORDINARY)
    picture = decode(exposed(scene.pixels, shot))
    where = {name: apply_homography(scene.matrix, quad) for name, quad in shot.side.regions.items()}
    editable = [name for name in ("birth_date", "expiry_date", "document_number") if name in shot.side.printed]
    altered: dict[str, str] = {}
    if "portrait" in where and (not editable or rng.random() < 0.6):
        other = id_portrait(int(rng.integers(1000, 2000)), int(rng.integers(1000)))
        picture = portrait_pasted(picture, other, where["portrait"], shot.severity, rng)
        altered["portrait"] = "another person"
    elif editable:
        name = editable[int(rng.integers(len(editable)))]
        altered[name] = _other_digits(shot.side.printed[name], rng)
        font = design_named(shot.document.design).fonts["value"]
        picture = text_replaced(picture, altered[name], font, where[name], shot.severity, rng)
    return Taken(jpeg(picture, int(rng.integers(70, 96))), scene.matrix, altered=altered)


def _portrait_swap(shot: Shot) -> Taken:
    """The portrait of another document, cut from a photo with its own noise and compression, pasted over this one's."""
    rng = shot.rng
    scene = photographed(shot, ORDINARY)
    picture = decode(exposed(scene.pixels, shot))
    if "portrait" not in shot.side.regions:
        return Taken(jpeg(picture, int(rng.integers(70, 96))), scene.matrix)
    donor = draw(shot.document.kind, seed=int(rng.integers(1 << 31)), portrait=int(rng.integers(2000, 3000))).front
    theirs = replace(shot, side=donor, severity=ORDINARY)
    lent = photographed(theirs, ORDINARY)
    noise = 1 + 4 * shot.severity
    photo = decode(exposed(lent.pixels, theirs, noise=noise))
    width, height = PATCH_SIZE
    onto = homography(apply_homography(lent.matrix, donor.regions["portrait"]), box_quad(0, 0, width, height))
    where = apply_homography(scene.matrix, shot.side.regions["portrait"])
    swapped = portrait_pasted(picture, warped(photo, onto, PATCH_SIZE), where, 0.5 * shot.severity, rng)
    physics = {"donor_noise_factor": round(noise, 2)}
    altered = {"portrait": "another person"}
    return Taken(jpeg(swapped, int(rng.integers(70, 96))), scene.matrix, altered=altered, physics=physics)


def displayed_content(shot: Shot) -> tuple[Pixels, NDArray[np.float64]]:
    """What a display shows, and the matrix from the side's pixels to it: a photo, or a flat picture with a margin."""
    width, height = shot.side.size
    if shot.rng.random() < NESTED_SHARE:
        inner = Shot(shot.document, shot.side, 0.2, shot.rng, (1024, 768))
        scene: Scene = photographed(inner, 0.2)
        return decode(exposed(scene.pixels, shot)), scene.matrix
    margin = round(width * shot.rng.uniform(0, 0.08))
    tone = int(shot.rng.choice([0, 20, 245, 255]))
    content = np.full((height + 2 * margin, width + 2 * margin, 3), tone, np.uint8)
    share = shot.side.alpha[..., None] > 127
    content[margin : margin + height, margin : margin + width] = np.where(share, shot.side.pixels, tone)
    return content, np.array([[1, 0, margin], [0, 1, margin], [0, 0, 1.0]])


def _plain_side(pixels: Pixels, dpi: float) -> Side:
    whole = np.full(pixels.shape[:2], 255, np.uint8)
    return Side(pixels, whole, np.zeros_like(whole), dpi)


def _other_digits(text: str, rng: np.random.Generator) -> str:
    """The same text with one or two digits changed."""
    places = [index for index, character in enumerate(text) if character.isdigit()]
    changed = list(text)
    for place in rng.choice(places, size=min(2, len(places)), replace=False):
        changed[place] = str((int(changed[place]) + int(rng.integers(1, 9))) % 10)
    return "".join(changed)


def _png(picture: Pixels) -> bytes:
    _, encoded = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 2])
    return encoded.tobytes()


ATTACKS: dict[CaptureKind, Recipe] = {
    CaptureKind.GREY_COPY: _grey_copy,
    CaptureKind.COLOUR_COPY: _colour_copy,
    CaptureKind.SCREEN_PHOTO: _screen_photo,
    CaptureKind.SCREENSHOT: _screenshot,
    CaptureKind.SCAN: _scan,
    CaptureKind.EDITED: _edited,
    CaptureKind.PORTRAIT_SWAP: _portrait_swap,
}

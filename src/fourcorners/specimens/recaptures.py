"""Photos of prints and of displays, each made by a device whose physics is known and recorded."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.geometry import apply_homography
from fourcorners.specimens.attacks import displayed_content
from fourcorners.specimens.camera import lay, overlay, pose, side_corners
from fourcorners.specimens.effects.display import banded, random_display, through_sub_pixels
from fourcorners.specimens.effects.glare import mirrored_light
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.pouch import in_pouch, streaked
from fourcorners.specimens.effects.press import printed, random_press
from fourcorners.specimens.effects.printing import toned_copied
from fourcorners.specimens.effects.screen import displayed
from fourcorners.specimens.model import MM_PER_INCH, CaptureKind, Side
from fourcorners.specimens.shot import Recipe, Shot, Taken, exposed, honest_pose
from fourcorners.specimens.surfaces import draw_surface
from fourcorners.specimens.surrounds import display, sheet

__all__ = ["RECAPTURES"]

ORDINARY = 0.25
CUT_OUT_SHARE = 0.4
"""How often a print is cut out along the document's outline."""


def _laser_print(shot: Shot) -> Taken:
    return _print("laser", shot)


def _inkjet_print(shot: Shot) -> Taken:
    return _print("inkjet", shot)


def _fm_print(shot: Shot) -> Taken:
    return _print("fm", shot)


def _print(press: str, shot: Shot) -> Taken:
    """A print on its sheet of paper, or cut out and laid on a surface."""
    copy, physics = printed(shot.side, random_press(press, shot.rng), shot.rng)
    return _photographed_copy(shot, copy, physics)


def _toned_copy(shot: Shot) -> Taken:
    copy, physics = toned_copied(shot.side, shot.rng)
    return _photographed_copy(shot, replace(copy, alpha=np.full_like(copy.alpha, 255)), dict(physics))


def _photographed_copy(shot: Shot, copy: Side, physics: dict[str, float | str]) -> Taken:
    rng = shot.rng
    matrix = honest_pose(shot, ORDINARY)
    onto = matrix @ _scaled(shot.side.size[0] / copy.size[0])
    ground = draw_surface(shot.size, rng)
    if rng.random() < CUT_OUT_SHARE:
        pixels = lay(ground, copy, onto, rng, height=0.15).pixels
    else:
        page, to_side = sheet(shot.side, rng.uniform(4, 90, 4), rng)
        pixels = overlay(lay(ground, page, matrix @ to_side, rng, height=0.15).pixels, copy, onto).pixels
    return Taken(exposed(lit(pixels, room_light(rng, 0.5)), shot), matrix, physics=physics)


def _laminated_copy(shot: Shot) -> Taken:
    """A print cut out and sealed in a pouch, which shines as a card does."""
    rng = shot.rng
    name = str(rng.choice(["laser", "inkjet", "offset"]))
    copy, physics = printed(shot.side, random_press(name, rng), rng)
    margin_mm = rng.uniform(1.5, 6)
    pouch, to_pouch = in_pouch(copy, margin_mm)
    matrix = honest_pose(shot, ORDINARY + 0.3)
    onto = matrix @ _scaled(shot.side.size[0] / copy.size[0])
    scene = lay(draw_surface(shot.size, rng), pouch, onto @ np.linalg.inv(to_pouch), rng, height=0.5)
    picture = lit(scene.pixels, room_light(rng, 0.5))
    shining, hidden, streaks = streaked(picture, scene.coverage, 0.5 * shot.severity, rng)
    return Taken(exposed(shining, shot), matrix, hidden, physics={**physics, **streaks, "film_margin_mm": margin_mm})


def _phone_screen(shot: Shot) -> Taken:
    return _screen("phone", shot)


def _monitor_screen(shot: Shot) -> Taken:
    return _screen("monitor", shot)


def _screen(name: str, shot: Shot) -> Taken:
    """Photograph a display: its sub-pixels under the camera's, bands under its shutter, the room mirrored in it."""
    rng = shot.rng
    device = random_display(name, rng)
    content, inner = displayed_content(shot)
    whole = np.full(content.shape[:2], 255, np.uint8)
    shown = Side(displayed(content, rng), whole, np.zeros_like(whole), shot.side.dpi)
    matrix = pose(
        shot.size, shown, rng, tilt_deg=10, turn_deg=rng.normal(0, 3), fill=rng.uniform(0.75, 1.12), margin=0.0
    )
    content_mm = device.content_px * device.pixel_pitch_um / 1000
    bezel = np.maximum(device.bezel_mm * rng.uniform(0.6, 1.6, 4) / content_mm, 0.01)
    body, to_content = display(shown, bezel, rng)
    ground = lay(draw_surface(shot.size, rng), body, matrix @ to_content, rng).pixels
    scene = overlay(lit(ground, room_light(rng, 0.5) * np.float32(rng.uniform(0.35, 0.9))), shown, matrix)
    to_screen = _scaled(device.content_px / shown.size[0]) @ np.linalg.inv(matrix)
    seen = banded(through_sub_pixels(scene.pixels, scene.coverage, to_screen, device), scene.coverage, device, rng)
    if rng.random() < 0.5:
        corners = apply_homography(matrix, side_corners(shown))
        seen, _ = mirrored_light(seen, corners, rng.uniform(0, 1), rng, peak=rng.uniform(20, 160))
    across_px = float(np.hypot(*np.diff(apply_homography(matrix, side_corners(shown))[:2], axis=0)[0]))
    physics = {**device.to_dict(), "display_px_per_photo_px": round(device.content_px / across_px, 4),
               "document_dpi_shown": round(MM_PER_INCH * 1000 / device.pixel_pitch_um, 1)}  # fmt: skip
    return Taken(exposed(seen, shot), matrix @ inner, physics=physics)


def _scaled(factor: float) -> NDArray[np.float64]:
    return np.diag([factor, factor, 1.0])


RECAPTURES: dict[CaptureKind, Recipe] = {
    CaptureKind.LASER_PRINT: _laser_print,
    CaptureKind.INKJET_PRINT: _inkjet_print,
    CaptureKind.FM_PRINT: _fm_print,
    CaptureKind.TONED_COPY: _toned_copy,
    CaptureKind.LAMINATED_COPY: _laminated_copy,
    CaptureKind.PHONE_SCREEN: _phone_screen,
    CaptureKind.MONITOR_SCREEN: _monitor_screen,
}

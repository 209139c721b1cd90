"""Live guidance (IDP8): what is amiss is said at once, and the shutter goes only when all is well and still."""

from functools import cache

import cv2
import numpy as np
import pytest

from fourcorners.guidance import HINTS, Look, look_at_document, look_at_face
from fourcorners.kit.data import load_toml
from fourcorners.specimens import capture, draw, selfie
from fourcorners.verdict.catalogue import text

LONG_SIDE_PX = 640


@cache
def document_preview(kind: str, severity: float = 0.4) -> np.ndarray:
    return _small(capture(draw("passport", seed=501), kind, severity, seed=501).pixels)


@cache
def face_preview(kind: str) -> np.ndarray:
    return _small(selfie(0, kind, 0.3, seed=101, size=(720, 960)).pixels)


def _small(pixels: np.ndarray) -> np.ndarray:
    factor = LONG_SIDE_PX / max(pixels.shape[:2])
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("genuine", "hold_still"),
        ("no_document", "show_document"),
        ("cut_off", "show_all_corners"),
        ("motion_blur", "hold_still"),
        ("glare", "avoid_glare"),
    ],
)
def test_the_first_fault_of_a_document_is_told(kind, hint):
    assert look_at_document(document_preview(kind)).hint == hint


def test_a_document_in_the_dark_needs_light():
    dark = (document_preview("genuine") * 0.22).astype(np.uint8)
    assert look_at_document(dark).hint == "more_light"


def test_a_document_far_away_is_to_come_closer():
    near = document_preview("genuine")
    h, w = near.shape[:2]
    quad = look_at_document(near).shape
    ground = np.quantile(near.reshape(-1, 3), 0.02, axis=0)
    far = np.full_like(near, ground.astype(np.uint8))
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), (quad * 0.4 + [w * 0.3, h * 0.3]).astype(np.float32))
    mask = cv2.fillConvexPoly(np.zeros((h, w), np.uint8), np.round(quad * 0.4 + [w * 0.3, h * 0.3]).astype(int), 1)
    far[mask > 0] = cv2.warpPerspective(near, matrix, (w, h))[mask > 0]
    assert look_at_document(far).hint == "move_closer"


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("genuine", "hold_still"),
        ("no_face", "show_face"),
        ("two_faces", "one_person"),
        ("blurred", "hold_still"),
    ],
)
def test_the_first_fault_of_a_selfie_is_told(kind, hint):
    assert look_at_face(face_preview(kind)).hint == hint


def test_a_face_beside_the_oval_is_to_come_into_it():
    near = face_preview("genuine")
    aside = cv2.copyMakeBorder(near[:, near.shape[1] // 4 :], 0, 0, 0, near.shape[1] // 4, cv2.BORDER_REPLICATE)
    assert look_at_face(aside).hint == "fit_oval"


def test_a_small_face_is_to_come_closer():
    near = face_preview("genuine")
    h, w = near.shape[:2]
    far = np.full_like(near, 150)
    small = cv2.resize(near, (w * 2 // 5, h * 2 // 5), interpolation=cv2.INTER_AREA)
    top, left = (h - small.shape[0]) // 2, (w - small.shape[1]) // 2
    far[top : top + small.shape[0], left : left + small.shape[1]] = small
    assert look_at_face(far).hint == "move_closer"


@pytest.mark.parametrize(
    ("look_at", "frame", "subject"),
    [
        (look_at_document, lambda: document_preview("genuine"), "document"),
        (look_at_face, lambda: face_preview("genuine"), "face"),
    ],
)
def test_the_shutter_goes_after_some_still_frames_and_a_move_starts_again(look_at, frame, subject):
    frames = load_toml("fourcorners.guidance", "guidance.toml")[subject]["hold_frames"]
    look: Look | None = None
    for count in range(1, frames + 1):
        look = look_at(frame(), look)
        assert look.still_frames == count
        assert look.ready == (count == frames)
    moved = look_at(np.ascontiguousarray(np.roll(frame(), 40, axis=1)), look)
    assert not moved.ready


def test_a_fault_starts_the_count_again():
    look = look_at_document(document_preview("genuine"), look_at_document(document_preview("genuine")))
    assert look.still_frames == 2
    assert look_at_document(document_preview("motion_blur"), look).still_frames == 0


@pytest.mark.parametrize("shape", [(1, 1, 3), (9, 640, 3), (640, 9, 3)])
def test_frames_of_any_size_are_looked_at(shape):
    frame = np.zeros(shape, np.uint8)
    assert look_at_document(frame).hint == "show_document"
    assert look_at_face(frame).hint == "show_face"


@pytest.mark.parametrize("locale", ["en", "de", "fr"])
def test_every_hint_has_words(locale):
    for hint in HINTS:
        assert text("hints", hint, locale) != hint


def test_every_hint_of_the_rules_exists():
    assert set(load_toml("fourcorners.guidance", "guidance.toml")["face"]["hints"].values()) <= set(HINTS)

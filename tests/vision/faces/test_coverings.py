import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.specimens import selfie
from fourcorners.vision.decode import decode
from fourcorners.vision.faces import find_faces, fit_mesh
from fourcorners.vision.faces.coverings import COVERINGS, find_coverings, regions
from fourcorners.vision.faces.coverings.network import face_log_odds
from fourcorners.vision.faces.coverings.window import SIDE_PX, WINDOW_UNITS, window_at
from fourcorners.vision.faces.crop import apply_affine

EYES = np.array([[200.0, 110.0], [244.0, 108.0]])


def seen(kind: str, seed: int):
    pixels = decode(selfie(seed % 5, kind, 0.6, seed=seed, size=(480, 640)).encoded).pixels
    face = find_faces(pixels, expected=True)[0]
    return find_coverings(pixels, fit_mesh(pixels, face), face)


def test_the_window_stands_level_on_the_eyes():
    to_photo = window_at(EYES)
    unit = float(np.hypot(*(EYES[1] - EYES[0])))
    corners = apply_affine(to_photo, np.array([[0.0, 0.0], [SIDE_PX, 0.0]]))
    assert np.hypot(*(corners[1] - corners[0])) == pytest.approx(WINDOW_UNITS * unit)
    assert np.allclose((corners[1] - corners[0]) / WINDOW_UNITS, EYES[1] - EYES[0])


@pytest.mark.parametrize("kind", ["mask", "sunglasses", "glasses", "hat"])
def test_what_is_worn_is_likelier_than_on_a_bare_face(kind):
    """IDP7."""
    worn = [seen(kind, seed).log_odds[kind] for seed in (31_000, 31_001, 31_002)]
    bare = [seen("genuine", seed).log_odds[kind] for seed in (31_000, 31_001, 31_002)]
    assert min(worn) > max(bare)


def test_a_mask_covers_the_mouth_and_leaves_the_eyes():
    found = seen("mask", 31_003)
    assert set(found.log_odds) == set(COVERINGS)
    assert found.covered_share(regions.LIPS) > 0.5 > 0.3 > found.covered_share(*regions.EYES)
    assert found.cells.shape == (8, 8)
    assert 0 <= found.cells.min() <= found.cells.max() <= 1


def test_a_bare_face_has_no_covered_part():
    found = seen("genuine", 31_004)
    assert found.covered_share(regions.LIPS) < 0.2
    assert found.covered_share(*regions.EYES) < 0.2


def test_a_face_is_known_whichever_way_the_eyes_stand():
    face = data.astronaut()[0:220, 110:330]
    eyes = np.array([[91.0, 104.0], [132.0, 106.0]])
    middle = np.array([face.shape[1] - 1, face.shape[0] - 1])
    assert face_log_odds(face, eyes) > 3
    assert face_log_odds(np.ascontiguousarray(np.rot90(face, 2)), (middle - eyes)) > 3


@pytest.mark.parametrize("name", ["brick", "coffee", "coins", "page"])
def test_things_are_no_faces(name):
    picture = getattr(data, name)()
    pixels = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture
    middle = np.array(pixels.shape[1::-1]) / 2
    assert face_log_odds(pixels, np.add([[-15, 0], [15, 0]], middle)) < 0
    assert find_faces(pixels, expected=True) == ()


@pytest.mark.parametrize("seed", range(32_000, 32_008))
def test_small_masked_faces_are_found(seed):
    """IDP7: whoever wears a mask is told so, not that there is no face."""
    pixels = decode(selfie(seed % 7, "mask", 0.7, seed=seed, size=(240, 320)).encoded).pixels
    assert find_faces(pixels, expected=True)

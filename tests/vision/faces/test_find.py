import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage import data

from fourcorners.vision.faces import find_faces, fit_mesh

FACE = np.array([224.0, 125.0])
"""Middle of the astronaut's face in her picture of 512 x 512."""


def on_canvas(height: int, width: int, side: int) -> np.ndarray:
    canvas = np.full((height, width, 3), 128, dtype=np.uint8)
    top, left = (height - side) // 2, (width - side) // 2
    canvas[top : top + side, left : left + side] = cv2.resize(data.astronaut(), (side, side), cv2.INTER_AREA)
    return canvas


def test_finds_the_one_face_where_it_is():
    (face,) = find_faces(data.astronaut())
    assert np.abs(face.box.mean(axis=0) - FACE).max() < 15
    assert 80 < face.width < 130
    right_eye, left_eye, nose, mouth = face.points[:4]
    assert right_eye[0] < nose[0] < left_eye[0]
    assert right_eye[1] < nose[1] < mouth[1]


@pytest.mark.parametrize(("width", "height", "side"), [(3000, 4000, 3000), (3000, 4000, 900), (1600, 1000, 300)])
def test_finds_faces_of_any_size_in_large_pictures(width, height, side):
    (face,) = find_faces(on_canvas(height, width, side))
    scale = side / 512
    middle = np.array([(width - side) / 2, (height - side) / 2]) + FACE * scale
    assert np.abs(face.box.mean(axis=0) - middle).max() < 0.3 * face.width
    assert face.width == pytest.approx(100 * scale, rel=0.35)


def test_a_face_larger_than_the_frame_is_found():
    close = data.astronaut()[75:185, 170:280]
    assert len(find_faces(np.ascontiguousarray(close))) == 1


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_picture_on_its_side_or_head_is_understood_where_a_face_is_expected(quarter_turns):
    turned = np.ascontiguousarray(np.rot90(data.astronaut(), quarter_turns))
    faces = find_faces(turned, expected=True)
    middle = {1: np.array([125, 287]), 2: np.array([287, 386]), 3: np.array([386, 224])}[quarter_turns]
    assert np.abs(faces[0].box.mean(axis=0) - middle).max() < 25
    roll = fit_mesh(turned, faces[0]).pose.roll
    upright = fit_mesh(data.astronaut(), find_faces(data.astronaut())[0]).pose.roll
    assert abs((roll - upright - 90 * quarter_turns + 180) % 360 - 180) < 20


def test_largest_first():
    two = np.full((512, 900, 3), 128, dtype=np.uint8)
    two[:, :512] = data.astronaut()
    two[200:456, 600:856] = cv2.resize(data.astronaut(), (256, 256), interpolation=cv2.INTER_AREA)
    faces = find_faces(two)
    assert len(faces) == 2
    assert faces[0].width > 1.5 * faces[1].width
    assert faces[0].box[0, 0] < faces[1].box[0, 0]


@pytest.mark.parametrize("picture", ["coffee", "rocket", "chelsea"])
def test_things_and_animals_are_no_faces(picture):
    assert find_faces(np.ascontiguousarray(getattr(data, picture)())) == ()


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (64, 1), (11, 500), (64, 64), (13, 2000)])
@pytest.mark.parametrize("level", [0, 255])
def test_any_picture_gets_an_answer(shape, level):
    assert find_faces(np.full((*shape, 3), level, dtype=np.uint8), expected=True) == ()


@settings(max_examples=15, deadline=None)
@given(arrays(np.uint8, st.tuples(st.integers(1, 80), st.integers(1, 80), st.just(3))))
def test_noise_never_raises(pixels):
    for face in find_faces(pixels, expected=True):
        assert np.isfinite(face.box).all()


def test_same_picture_same_answer():
    first, again = find_faces(data.astronaut()), find_faces(data.astronaut())
    assert (first[0].box == again[0].box).all()

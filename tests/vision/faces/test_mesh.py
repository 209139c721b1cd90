import threading

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.vision.faces import FaceMesh, find_faces, fit_mesh, view_of
from fourcorners.vision.faces.view import EYE_LINE_PX, INTER_EYE_PX


def mesh_of(pixels: np.ndarray) -> FaceMesh:
    return fit_mesh(pixels, find_faces(pixels)[0])


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return mesh_of(data.astronaut())


def test_landmarks_lie_where_the_features_are(mesh):
    right_eye, left_eye = mesh.eye_centres
    assert right_eye == pytest.approx([203, 101], abs=6)
    assert left_eye == pytest.approx([242, 105], abs=6)
    assert mesh.points.shape == (468, 3)
    assert mesh.presence > 25


def test_the_face_is_frontal_with_open_eyes_and_mouth(mesh):
    assert abs(mesh.pose.pitch) < 15
    assert abs(mesh.pose.roll) < 10
    assert mesh.eye_openness > 0.2
    assert mesh.mouth_openness > 0.1


def test_yaw_and_roll_change_sign_in_the_mirror(mesh):
    mirrored = mesh_of(np.ascontiguousarray(data.astronaut()[:, ::-1]))
    assert mirrored.pose.yaw == pytest.approx(-mesh.pose.yaw, abs=4)
    assert mirrored.pose.roll == pytest.approx(-mesh.pose.roll, abs=3)
    assert mirrored.pose.pitch == pytest.approx(mesh.pose.pitch, abs=4)


@pytest.mark.parametrize("degrees", [-25, 20])
def test_roll_is_positive_towards_the_persons_right_shoulder(mesh, degrees):
    """ISO/IEC 39794-5: counter-clockwise in the picture, as OpenCV turns by a positive angle."""
    turn = cv2.getRotationMatrix2D((224, 125), degrees, 1.0)
    turned = cv2.warpAffine(data.astronaut(), turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    assert mesh_of(turned).pose.roll == pytest.approx(mesh.pose.roll + degrees, abs=5)


def test_scale_and_place_carry_over(mesh):
    large = cv2.resize(data.astronaut(), (1536, 1536), interpolation=cv2.INTER_CUBIC)
    again = mesh_of(large)
    assert again.inter_eye_px == pytest.approx(3 * mesh.inter_eye_px, rel=0.05)
    assert np.abs(again.points[:, :2] / 3 - mesh.points[:, :2]).mean() < 2


def test_a_view_has_the_eyes_level_at_their_place(mesh):
    view = view_of(data.astronaut(), mesh)
    right = view.points[[33, 133]].mean(axis=0)
    left = view.points[[263, 362]].mean(axis=0)
    assert left - right == pytest.approx([INTER_EYE_PX, 0], abs=1e-6)
    assert right[1] == pytest.approx(EYE_LINE_PX, abs=1e-6)
    assert view.in_photo(view.points) == pytest.approx(mesh.points[:, :2], abs=1e-6)
    assert view.inside.all()


def test_a_view_knows_where_the_photo_ends():
    part = np.ascontiguousarray(data.astronaut()[:160, :260])
    view = view_of(part, mesh_of(part))
    assert 0 < view.inside.mean() < 1


def test_threads_have_interpreters_of_their_own(mesh):
    results: list[FaceMesh] = []
    threads = [threading.Thread(target=lambda: results.append(mesh_of(data.astronaut()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert all((r.points == mesh.points).all() for r in results)

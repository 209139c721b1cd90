"""Every kind of selfie is made, the same each time, with the same face as on the document."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from fourcorners.specimens import SelfieKind, SpecimenError, save, selfie
from fourcorners.specimens.people import head
from fourcorners.specimens.portraits import id_portrait

SIZE = (360, 480)


@pytest.mark.parametrize("kind", SelfieKind)
def test_the_same_seed_takes_the_same_selfie(kind: SelfieKind) -> None:
    first, second = (selfie(3, kind, 0.6, seed=4, size=SIZE) for _ in range(2))
    assert first.encoded == second.encoded
    assert first.truth.to_json() == second.truth.to_json()
    assert first.pixels.shape == (480, 360, 3)
    assert selfie(3, kind, 0.6, seed=5, size=SIZE).encoded != first.encoded


@pytest.mark.parametrize("person", [0, 1, 17])
def test_idp7_a_genuine_face_lies_within_the_oval(person: int) -> None:
    for seed in range(4):
        truth = selfie(person, severity=1.0, seed=seed, size=SIZE).truth
        assert len(truth.faces) == 1
        half = np.array([0.31 * SIZE[0], 0.31 * SIZE[0] * 1.3])
        for name in ("chin", "cheek_left", "cheek_right", "forehead"):
            assert np.hypot(*((truth.landmarks[name] - np.array(SIZE) / 2) / half)) < 1.05, name
        height = np.ptp(truth.faces[0][:, 1]) / SIZE[1]
        assert 0.3 < height < 0.55


def test_off_centre_leaves_the_middle() -> None:
    for seed in range(4):
        truth = selfie(0, "off_centre", 1.0, seed=seed, size=SIZE).truth
        nose = truth.landmarks["nose"] / SIZE
        eyes = np.hypot(*(truth.landmarks["left_eye"] - truth.landmarks["right_eye"])) / SIZE[0]
        assert abs(nose[0] - 0.5) > 0.1 or not 0.2 < eyes < 0.28


@pytest.mark.parametrize(("kind", "faces"), [("two_faces", 2), ("no_face", 0), ("mask", 1), ("print", 1)])
def test_the_truth_counts_faces(kind: str, faces: int) -> None:
    assert len(selfie(0, kind, seed=1, size=SIZE).truth.faces) == faces


def eye_patch(kind: str) -> np.ndarray:
    taken = selfie(0, kind, 0.0, seed=2, size=(720, 960))
    x, y = np.round(taken.truth.landmarks["right_eye"]).astype(int)
    return cv2.cvtColor(taken.pixels[y - 20 : y + 20, x - 30 : x + 30], cv2.COLOR_RGB2GRAY)


def test_sunglasses_darken_the_eyes_and_a_mask_does_not() -> None:
    assert eye_patch("sunglasses").mean() < 0.6 * eye_patch("genuine").mean()
    assert eye_patch("mask").mean() > 0.75 * eye_patch("genuine").mean()


def test_a_derived_person_differs_and_stays_the_same() -> None:
    assert np.array_equal(head(5).pixels, head(5).pixels)
    assert np.abs(head(5).pixels.astype(int) - head(0).pixels).mean() > 5
    assert np.abs(head(5).pixels.astype(int) - head(6).pixels).mean() > 5


def test_clothes_change_with_the_seed_and_the_face_does_not() -> None:
    one, other = id_portrait(0, 1).astype(int), id_portrait(0, 2).astype(int)
    face = np.s_[230:330, 160:260]
    assert np.abs(one[face] - other[face]).max() == 0
    assert np.abs(one[470:] - other[470:]).mean() > 3


def test_a_selfie_is_saved_with_its_truth(tmp_path: Path) -> None:
    path = save(selfie(0, "hat", seed=1, size=SIZE), tmp_path / "selfie.jpg")
    assert b"Utopia Phone" in path.read_bytes()[:400]
    truth = json.loads(path.with_suffix(".json").read_text())
    assert truth["faults"] == ["no_hat"]
    assert len(truth["landmarks"]["nose"]) == 2


@pytest.mark.parametrize("wrong", [{"kind": "bust"}, {"severity": -1}, {"size": (20, 20)}])
def test_what_cannot_be_taken_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SpecimenError):
        selfie(0, **{"seed": 1, **wrong})

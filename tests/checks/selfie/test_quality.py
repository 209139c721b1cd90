"""The components of ISO/IEC 29794-5: each answers to what it is about, and to little else."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selfies import frame_of, taken
from test_selfie_checks import FRAMES, astronaut

from fourcorners.checks.selfie.quality import COMPONENTS, measured
from fourcorners.checks.selfie.quality.measure import sigmoid, sigmoid_curve

NAMES = [component.name for component in COMPONENTS]
BY_NAME = {component.name: component for component in COMPONENTS}


def score(name: str, pixels: np.ndarray) -> float:
    found = BY_NAME[name].of(frame_of(np.clip(pixels, 0, 255))).score
    assert found is not None
    return found


def jpeg(pixels: np.ndarray, quality: int) -> np.ndarray:
    code = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return cv2.imdecode(code, cv2.IMREAD_COLOR)[..., ::-1]


def cluttered() -> np.ndarray:
    """Her face before a checkerboard."""
    rows, columns = np.mgrid[0:900, 0:900]
    ground = np.where((rows // 20 + columns // 20) % 2, 255, 0)[..., None]
    away = np.hypot(columns - 450, rows - 420)[..., None] > 330
    return np.where(away, ground, astronaut())


def plain() -> np.ndarray:
    rows, columns = np.mgrid[0:900, 0:900]
    away = np.hypot(columns - 450, rows - 420)[..., None] > 240
    return np.where(away, 190, astronaut())


def test_every_component_has_its_name_once():
    """IDP7; the names are those of OFIQ."""
    assert len(set(NAMES)) == len(NAMES) == 27


@pytest.mark.parametrize("name", NAMES)
def test_a_good_selfie_has_every_value(name):
    found = BY_NAME[name].of(taken())
    assert found.raw is not None
    assert found.score is not None
    assert found.to_dict()["component"] == name


@pytest.mark.parametrize(
    ("name", "spoiled"),
    [
        ("LuminanceMean", lambda: astronaut() * 0.2),
        ("LuminanceVariance", lambda: astronaut() * 0.05 + 60),
        ("DynamicRange", lambda: astronaut() * 0.05 + 100),
        ("UnderExposurePrevention", lambda: astronaut() * 0.12),
        ("OverExposurePrevention", lambda: astronaut() * 2.5),
        ("Sharpness", lambda: cv2.GaussianBlur(astronaut(), (0, 0), 14)),
        ("CompressionArtifacts", lambda: jpeg(astronaut(), 15)),
        ("NaturalColour", lambda: astronaut()[..., ::-1]),
        ("BackgroundUniformity", cluttered),
        ("IlluminationUniformity", lambda: astronaut() * np.where(np.arange(900) < 465, 0.1, 1.0)[None, :, None]),
        ("InterEyeDistance", lambda: cv2.resize(astronaut(), (330, 330), interpolation=cv2.INTER_AREA)),
        ("HeadPoseRoll", lambda: cv2.warpAffine(astronaut(), cv2.getRotationMatrix2D((450, 420), 35, 1), (900, 900))),
        ("LeftwardCropOfTheFaceImage", lambda: astronaut()[:, 310:]),
        ("RightwardCropOfTheFaceImage", lambda: astronaut()[:, :600]),
        ("MarginAboveOfTheFaceImage", lambda: astronaut()[200:]),
        ("MarginBelowOfTheFaceImage", lambda: astronaut()[:700]),
    ],
)
def test_each_fault_lowers_its_own_component(name, spoiled):
    """IDP7."""
    clean = plain() if name == "BackgroundUniformity" else astronaut()
    assert score(name, spoiled()) < score(name, clean) - 10


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("mask", "MouthOcclusionPrevention"),
        ("mask", "FaceOcclusionPrevention"),
        ("sunglasses", "EyesVisible"),
        ("hat", "NoHeadCoverings"),
        ("two_faces", "SingleFacePresent"),
    ],
)
def test_coverings_lower_what_they_cover(kind, name):
    covered = [BY_NAME[name].of(taken(kind, 0.8, seed, person=seed % 5)).score for seed in range(20_000, 20_003)]
    bare = [BY_NAME[name].of(taken("genuine", 0.3, seed, person=seed % 5)).score for seed in range(20_000, 20_003)]
    assert np.median(covered) < np.median(bare) - 10


@pytest.mark.parametrize("picture", sorted(FRAMES))
def test_what_cannot_be_measured_is_none_and_not_nought(picture):
    if not FRAMES[picture].faces:
        assert {found.score for found in measured(FRAMES[picture])} == {None}


@given(st.floats(-1e6, 1e6), st.floats(-100, 100), st.floats(0.01, 100))
def test_the_curve_stays_between_its_ends(x, middle, width):
    assert 0 <= sigmoid(x, middle, width) <= 1


def test_the_curves_are_those_of_the_standard():
    """Half the points at the middle: 70 px between the eyes; a gap of 0.2 between the lips."""
    assert sigmoid_curve("InterEyeDistance")(70) == pytest.approx(50)
    assert sigmoid_curve("MouthClosed")(0.2) == pytest.approx(50)
    assert sigmoid_curve("HeadSize")(0) == pytest.approx(100)
    assert sigmoid_curve("NaturalColour")(0) == pytest.approx(100)


@settings(max_examples=6, deadline=None)
@given(st.floats(0.2, 2.0), st.floats(-60, 60))
def test_scores_are_finite_on_odd_faces(gain, degrees):
    turn = cv2.getRotationMatrix2D((150, 150), degrees, 1.0)
    pixels = cv2.warpAffine(astronaut(300), turn, (300, 300)) * gain
    for found in measured(frame_of(np.clip(pixels, 0, 255))):
        assert found.raw is None or np.isfinite(found.raw)
        assert found.score is None or 0 <= found.score <= 100

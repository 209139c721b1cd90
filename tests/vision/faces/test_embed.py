import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.checks.limits import limits_for
from fourcorners.checks.match.face_matches import in_force
from fourcorners.kit.data import load_toml
from fourcorners.specimens import selfie
from fourcorners.vision.faces import EMBEDDER_FILE, EmbedderRefused, distance, embed, embedder, find_faces, similarity
from fourcorners.vision.networks.weights import card

AVERAGE = base64.b64decode(
    "CAg6XQoZCgF4EgFwIhFHbG9iYWxBdmVyYWdlUG9vbAoPCgFwEgF5IgdGbGF0dGVuEgFnWhcKAXgSEgoQCAESDAoCCAEKAggDCgAKAGITCgF5"
    "Eg4KDAgBEggKAggBCgIIA0IECgAQEQ=="
)
"""GlobalAveragePool and Flatten as an ONNX file, written once with the onnx package: (1, 3, h, w) to (1, 3)."""

SAME_BELOW = limits_for("match", "face_matches").scale().pass_at


def vector(pixels: np.ndarray) -> np.ndarray:
    return embed(pixels, find_faces(pixels)[0])


def test_the_same_face_stays_the_same_through_a_poor_copy():
    poor = cv2.resize(data.astronaut(), (256, 256), interpolation=cv2.INTER_AREA)
    poor = cv2.cvtColor(cv2.cvtColor(poor, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    assert distance(vector(data.astronaut()), vector(poor)) < SAME_BELOW


def test_the_mirror_image_is_the_same_person():
    """The vector is the mean with the mirrored chip's; landmarks are not quite symmetric."""
    mirrored = np.ascontiguousarray(data.astronaut()[:, ::-1])
    assert distance(vector(data.astronaut()), vector(mirrored)) < 0.15


def test_a_face_that_was_reshaped_is_further_away():
    first, other = (selfie(person, "genuine", 0.1, seed=31, size=(720, 960)).pixels for person in (0, 5))
    again = selfie(0, "genuine", 0.3, seed=32, size=(720, 960)).pixels
    assert distance(vector(first), vector(again)) < distance(vector(first), vector(other))


def test_similarity_is_one_for_the_same_picture():
    assert similarity(vector(data.astronaut()), vector(data.astronaut())) == 1.0


def test_vectors_have_length_1():
    assert np.linalg.norm(vector(data.astronaut())) == pytest.approx(1.0)


def test_the_default_embedder_says_what_its_card_says():
    default = embedder()
    own = card(load_toml("fourcorners.vision.faces", "dlib.toml")["card"])
    assert (default.licence, default.commercial) == (own.licence, own.commercial)
    assert default.dimensions == vector(data.astronaut()).shape[0]
    assert default.label == "dlib, CC0-1.0"


ENTRY = """
name = "average"
weights = "average.onnx"
sha256 = "{sha256}"
licence = "Research-Only"
commercial = false
dimensions = 3
chip_px = 40
template = [[30, 12], [24, 12], [9, 12], [15, 12], [19, 23]]
input = {{ layout = "NCHW", colour = "{colour}", mean = 0.0, scale = 255.0 }}
[limits]
scale = {{ unit = "distance", pass_at = 0.2, fail_at = 0.3, worst = 1.0, best = 0.0 }}
genuine = [0.1, 0.05]
impostor = [0.6, 0.05]
"""


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes the file of an embedder, a network that says the mean colour of a chip, and puts it in force."""
    weights = tmp_path / "average.onnx"
    weights.write_bytes(AVERAGE)

    def write(text: str = ENTRY, *, sha256: str = hashlib.sha256(AVERAGE).hexdigest(), colour: str = "RGB") -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.toml"
        path.write_text(text.format(sha256=sha256, colour=colour))
        monkeypatch.setenv(EMBEDDER_FILE, str(path))
        return path

    return write


def test_another_embedder_is_plugged_in_by_a_file(plugged):
    plugged()
    seen = vector(data.astronaut())
    assert seen.shape == (3,)
    assert seen[0] > seen[2], "skin is redder than blue"
    assert embedder().label == "average, Research-Only, NOT for commercial use"
    plugged(colour="BGR")
    assert vector(data.astronaut()) == pytest.approx(seen[::-1])


def test_its_limits_replace_those_of_the_default(plugged):
    shipped = limits_for("match", "face_matches")
    assert in_force(shipped) is shipped
    plugged()
    assert in_force(shipped).scale().pass_at == 0.2


@pytest.mark.parametrize(
    "spoilt",
    [
        ENTRY.replace("template", "templates"),
        ENTRY.replace("[30, 12], ", ""),
        ENTRY.replace("NCHW", "CHWN"),
        ENTRY.replace("genuine", "genuin"),
        ENTRY.replace("average.onnx", "nothing.onnx"),
        ENTRY.replace("name =", "name"),
        ENTRY.replace("dimensions = 3", "dimensions = 3\nsurprise = 1"),
    ],
)
def test_a_spoilt_file_is_refused(plugged, spoilt):
    plugged(spoilt)
    with pytest.raises(EmbedderRefused) as refusal:
        embedder()
    assert refusal.value.to_dict()["code"] == "embedder_refused"


def test_other_weights_than_those_named_are_refused(plugged):
    plugged(sha256="0" * 64)
    with pytest.raises(EmbedderRefused, match="SHA-256"):
        embedder()


def test_weights_that_hold_no_network_are_refused(plugged, tmp_path):
    (tmp_path / "average.onnx").write_bytes(b"nothing")
    plugged(sha256=hashlib.sha256(b"nothing").hexdigest())
    with pytest.raises(EmbedderRefused, match="no ONNX network"):
        embedder()

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from skimage import data

from fourcorners.specimens import selfie
from fourcorners.vision.faces import UnknownEmbedder, distance, embed, embedder, find_faces, similarity
from fourcorners.vision.faces.embed import register, unregister
from fourcorners.vision.networks.weights import card


def vector(pixels: np.ndarray) -> np.ndarray:
    return embed(pixels, find_faces(pixels)[0])


def test_the_same_face_stays_the_same_through_a_poor_copy():
    poor = cv2.resize(data.astronaut(), (256, 256), interpolation=cv2.INTER_AREA)
    poor = cv2.cvtColor(cv2.cvtColor(poor, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    assert distance(vector(data.astronaut()), vector(poor)) < embedder().same_at_fmr_1e4


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


def test_every_embedder_has_a_card_and_a_threshold():
    default = embedder()
    assert default.name == "dlib"
    assert card(default.card).licence == default.licence
    assert card(default.card).commercial == default.commercial
    assert 0.3 < default.same_at_fmr_1e4 < 0.6
    assert default.dimensions == vector(data.astronaut()).shape[0]


def test_an_unknown_embedder_is_refused():
    with pytest.raises(UnknownEmbedder) as refusal:
        embedder("nobody")
    assert refusal.value.to_dict()["code"] == "embedder_unknown"
    assert refusal.value.fields["known"] == ["dlib"]


@pytest.fixture
def grey() -> Iterator[str]:
    entry = {
        "card": "dlib_face_resnet",
        "dimensions": 3,
        "chip_px": 40,
        "template": [[30, 12], [24, 12], [9, 12], [15, 12], [19, 23]],
        "same_at_fmr_1e4": 1.0,
        "licence": "CC0-1.0",
        "commercial": True,
    }
    register("grey", entry, lambda chips: chips.astype(np.float32).mean(axis=(1, 2)))
    yield "grey"
    unregister("grey")


def test_another_embedder_can_be_plugged_in(grey):
    pixels = data.astronaut()
    seen = embed(pixels, find_faces(pixels)[0], grey)
    assert seen.shape == (3,)
    assert seen[0] > seen[2], "skin is redder than blue"

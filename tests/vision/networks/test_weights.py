from dataclasses import replace

import pytest

from fourcorners.vision.networks import weights
from fourcorners.vision.networks.weights import WeightsMissing, WeightsTampered, cards, weights_path


@pytest.fixture
def altered(monkeypatch):
    """Lets a card be changed for one test."""

    def change(name, **values):
        changed = {**cards(), name: replace(cards()[name], **values)}
        monkeypatch.setattr(weights, "cards", lambda: changed)
        weights_path.cache_clear()

    yield change
    weights_path.cache_clear()


@pytest.mark.parametrize("name", sorted(cards()))
def test_every_card_has_its_file_and_says_what_matters(name):
    card = cards()[name]
    assert weights_path(name).is_file()
    for text in (card.purpose, card.source, card.licence, card.data, card.error, card.carrier):
        assert text.strip()
    assert card.commercial, "weights that forbid commercial use are never the default"


def test_a_carrier_that_is_not_installed(altered):
    altered("dlib_face_resnet", package="no_such_package")
    with pytest.raises(WeightsMissing, match="not installed") as caught:
        weights_path("dlib_face_resnet")
    assert caught.value.to_dict()["code"] == "weights_missing"


def test_another_file_than_the_one_on_the_card(altered):
    altered("dlib_face_resnet", sha256="0" * 64)
    with pytest.raises(WeightsTampered) as caught:
        weights_path("dlib_face_resnet")
    assert caught.value.code == "weights_tampered"

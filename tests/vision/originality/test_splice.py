"""IDP2, FAI10: places that were pasted into a photo are told from those that the camera saw."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens import Specimen, capture, draw
from fourcorners.specimens.effects.splice import portrait_pasted, text_replaced
from fourcorners.vision.originality.splice import Place, chances_pasted, place_windows

LINES = ("document_number", "family_name", "birth_date", "expiry_date")


def photo(seed: int) -> Specimen:
    return capture(draw("id_card", seed=seed), "genuine", 0.2, seed=seed, size=(1600, 1200), camera="bayer")


def saved(pixels: np.ndarray, quality: int = 90) -> np.ndarray:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def places(taken: Specimen) -> list[Place]:
    regions = taken.truth.regions
    return [Place(regions["portrait"]), *(Place(regions[name], True) for name in LINES if name in regions)]


def chances(pixels: np.ndarray, taken: Specimen) -> list[float]:
    assert taken.truth.corners is not None
    told = chances_pasted(saved(pixels), taken.truth.corners, places(taken))
    assert told[0] is not None
    return [0.0 if chance is None else chance for chance in told]  # a line may have none of its height beside it


def test_portraits_of_softer_photos_are_told_from_those_that_were_there() -> None:
    honest, pasted = [], []
    for seed in (3, 4, 22):
        taken, other = photo(seed), photo(seed + 10)
        x, y = other.truth.regions["portrait"].min(axis=0).astype(int)
        lent = cv2.GaussianBlur(other.pixels[y : y + 300, x : x + 240], (0, 0), 1.5)
        edited = portrait_pasted(taken.pixels, lent, taken.truth.regions["portrait"], 0.5, np.random.default_rng(seed))
        honest.append(chances(taken.pixels, taken)[0])
        pasted.append(chances(edited, taken)[0])
    assert max(honest) < 0.3
    assert min(np.subtract(pasted, honest)) > 0.1
    assert np.mean(pasted) > 0.5


@pytest.mark.parametrize("seed", [3, 4])
def test_a_line_that_was_set_anew_stands_out_among_the_others(seed: int) -> None:
    taken, rng = photo(seed), np.random.default_rng(seed)
    edited = text_replaced(taken.pixels, "07.03.1991", "sans", taken.truth.regions["birth_date"], 0.5, rng)
    before, after = chances(taken.pixels, taken), chances(edited, taken)
    number = 1 + LINES.index("birth_date")
    assert after[number] == max(after[1:])
    assert after[number] > before[number] + 0.6


def test_each_place_is_weighed_against_its_own_surroundings() -> None:
    taken = photo(3)
    assert taken.truth.corners is not None
    shown = places(taken)
    windows, asked, shares = place_windows(taken.pixels, taken.truth.corners, shown)
    assert windows.shape[1:] == (64, 64, 3)
    assert asked == list(range(len(shown)))
    assert shares.shape == (3, len(shown), len(windows))
    assert np.allclose(shares.sum(axis=2), 1)
    inside, beside, around = shares > 0
    assert not (inside & beside).any()
    assert not (inside & around).any()


def test_without_surroundings_nothing_is_said() -> None:
    pixels = photo(8).pixels
    whole = np.array([[40.0, 40], [1560, 40], [1560, 1160], [40, 1160]])
    assert chances_pasted(pixels, whole, [Place(whole)]) == [None]
    assert chances_pasted(pixels[:100, :100], whole, [Place(whole)]) == [None]
    assert chances_pasted(pixels, whole, []) == []
    alone = Place(np.array([[300.0, 300], [500, 300], [500, 330], [300, 330]]), True)
    assert chances_pasted(pixels, whole, [alone]) == [None]

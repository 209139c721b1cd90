"""A reflection counts where it hides data (FAI9)."""

import numpy as np
import pytest
from legibility_cases import empty, find, photo, strange_pictures, with_edge

from fourcorners.checks.document import no_glare
from fourcorners.checks.finding import Outcome


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 2), ("driving_licence", 3)])
def test_an_honest_photo_passes(kind: str, seed: int) -> None:
    assert find(no_glare, photo(kind, "genuine", 0.3, seed)).outcome is Outcome.PASS


def test_a_reflection_over_data_fails_and_is_shown() -> None:
    frame = photo("passport", "glare", 0.6, 119)
    finding = find(no_glare, frame)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "glare")
    assert any(mark.label == "reflection" for mark in finding.evidence)


def test_a_reflection_on_an_empty_corner_passes() -> None:
    frame = photo("passport", "genuine", 0.2, 1)
    pixels = frame.page.pixels.copy()
    spot = np.hypot(*np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]) < 60
    pixels[spot] = 255
    object.__setattr__(frame.page, "pixels", pixels)
    assert find(no_glare, frame).outcome is Outcome.PASS


def test_the_same_spot_over_the_face_fails() -> None:
    frame = photo("passport", "genuine", 0.2, 1)
    pixels = frame.page.pixels.copy()
    assert frame.portrait is not None
    x, y = frame.portrait.box.mean(axis=0)
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    pixels[np.hypot(rows - y, columns - x) < 60] = 255
    object.__setattr__(frame.page, "pixels", pixels)
    assert find(no_glare, frame).reason == "glare"


@pytest.mark.parametrize("pixels", strange_pictures(), ids=("slope", "noise", "black", "white", "grey"))
def test_whatever_the_picture_a_finding_comes_back(pixels: np.ndarray) -> None:
    for frame in (empty(pixels), with_edge(pixels)):
        finding = find(no_glare, frame)
        assert finding.check == no_glare.NAME
        assert finding.reason is None or finding.reason in no_glare.REASONS
        assert (finding.reason is None) == (finding.outcome is Outcome.PASS)

"""Enough light, not too much, and everywhere (FAI9)."""

import numpy as np
import pytest
from legibility_cases import empty, find, photo, strange_pictures, with_edge

from fourcorners.checks.document import evenly_lit
from fourcorners.checks.finding import Outcome


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 2), ("driving_licence", 3)])
def test_an_honest_photo_passes(kind: str, seed: int) -> None:
    assert find(evenly_lit, photo(kind, "genuine", 0.3, seed)).outcome is Outcome.PASS


@pytest.mark.parametrize(("how", "reason"), [("low_light", "too_dark"), ("shadow", "shadow")])
@pytest.mark.parametrize(("kind", "seed"), [("passport", 4), ("id_card", 5)])
def test_bad_light_fails(kind: str, seed: int, how: str, reason: str) -> None:
    finding = find(evenly_lit, photo(kind, how, 0.8, seed))
    assert finding.outcome is Outcome.FAIL
    assert finding.reason == reason


def test_an_overexposed_page_is_too_bright() -> None:
    frame = photo("passport", "genuine", 0.2, 1)
    burnt = np.clip(frame.page.pixels.astype(np.float64) * 0.5 + 210, 0, 255).astype(np.uint8)
    object.__setattr__(frame.page, "pixels", burnt)
    assert find(evenly_lit, frame).reason == "too_bright"


def test_black_pictures_are_too_dark_even_where_no_document_was_found() -> None:
    assert find(evenly_lit, empty(np.zeros((80, 120, 3), np.uint8))).reason == "too_dark"


@pytest.mark.parametrize("pixels", strange_pictures(), ids=("slope", "noise", "black", "white", "grey"))
def test_whatever_the_picture_a_finding_comes_back(pixels: np.ndarray) -> None:
    for frame in (empty(pixels), with_edge(pixels)):
        finding = find(evenly_lit, frame)
        assert finding.check == evenly_lit.NAME
        assert finding.reason is None or finding.reason in evenly_lit.REASONS
        assert (finding.reason is None) == (finding.outcome is Outcome.PASS)

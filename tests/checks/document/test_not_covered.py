"""Nothing lies over the document (FAI9)."""

import numpy as np
import pytest
from legibility_cases import empty, find, photo, strange_pictures, with_edge

from fourcorners.checks.document import not_covered
from fourcorners.checks.finding import Outcome


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 2), ("driving_licence", 3)])
def test_an_honest_photo_passes(kind: str, seed: int) -> None:
    assert find(not_covered, photo(kind, "genuine", 0.3, seed)).outcome is Outcome.PASS


@pytest.mark.parametrize(("kind", "seed"), [("passport", 104), ("id_card_td2", 101), ("driving_licence", 105)])
def test_a_finger_over_data_fails_and_is_shown(kind: str, seed: int) -> None:
    finding = find(not_covered, photo(kind, "finger", 0.5, seed))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "covered")
    assert finding.evidence


def test_without_edges_in_sight_nothing_is_assumed() -> None:
    frame = photo("passport", "genuine", 0.2, 1)
    frame.__dict__.update(outline=None, quad=None)
    assert find(not_covered, frame).reason == "not_assessed_no_outline"


@pytest.mark.parametrize("pixels", strange_pictures(), ids=("slope", "noise", "black", "white", "grey"))
def test_whatever_the_picture_a_finding_comes_back(pixels: np.ndarray) -> None:
    for frame in (empty(pixels), with_edge(pixels)):
        finding = find(not_covered, frame)
        assert finding.check == not_covered.NAME
        assert finding.reason is None or finding.reason in not_covered.REASONS
        assert (finding.reason is None) == (finding.outcome is Outcome.PASS)

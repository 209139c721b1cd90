"""Kinds that carry a signature are signed (FAI7)."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from legibility_cases import empty, find, line, photo, seen, strange_pictures, with_edge

from fourcorners.checks.document import signature_present
from fourcorners.checks.finding import Outcome
from fourcorners.specimens import capture, draw
from fourcorners.vision.document import DocumentFrame


def unsigned_passport() -> DocumentFrame:
    """A passport whose signature never was."""
    document = draw("passport", seed=303)
    side = document.front
    mask = np.zeros(side.pixels.shape[:2], np.uint8)
    cv2.fillPoly(mask, [side.regions["signature"].round().astype(np.int32)], (255,))
    blank = np.asarray(cv2.inpaint(side.pixels, mask, 5, cv2.INPAINT_TELEA), dtype=np.uint8)
    return seen(capture(replace(document, front=replace(side, pixels=blank)), seed=303, size=(1200, 900)))


@pytest.mark.parametrize("seed", [1, 4, 303])
def test_the_signature_is_found_where_it_is(seed: int) -> None:
    specimen = capture(draw("passport", seed=seed), "genuine", 0.3, seed=seed, size=(1600, 1200))
    finding = find(signature_present, seen(specimen))
    assert finding.outcome is Outcome.PASS
    assert np.allclose(
        np.mean(finding.evidence[0].points, axis=0), specimen.truth.regions["signature"].mean(axis=0), atol=15
    )


def test_a_passport_without_one_is_looked_at_by_a_person() -> None:
    finding = find(signature_present, unsigned_passport())
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "unsigned")


def test_beside_a_label_that_asks_for_it_a_missing_one_is_a_fail() -> None:
    frame = unsigned_passport()
    label = line("Unterschrift / Signature", np.array([[500.0, 500], [600, 500], [600, 515], [500, 515]]))
    frame.__dict__["text"] = (*frame.text, label)
    assert find(signature_present, frame).outcome is Outcome.FAIL


def test_kinds_that_carry_none_pass_and_say_so() -> None:
    finding = find(signature_present, photo("driving_licence", "genuine", 0.2, 1))
    assert finding.outcome is Outcome.PASS
    assert "none is due" in finding.evidence[0].note


def test_of_an_unknown_kind_nothing_is_asked() -> None:
    assert find(signature_present, empty(np.full((90, 90, 3), 200, np.uint8))).reason == "not_assessed_kind"


@pytest.mark.parametrize("pixels", strange_pictures(), ids=("slope", "noise", "black", "white", "grey"))
def test_whatever_the_picture_a_finding_comes_back(pixels: np.ndarray) -> None:
    for frame in (empty(pixels), with_edge(pixels)):
        finding = find(signature_present, frame)
        assert finding.check == signature_present.NAME
        assert finding.reason is None or finding.reason in signature_present.REASONS
        assert (finding.reason is None) == (finding.outcome is Outcome.PASS)

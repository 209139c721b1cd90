"""The data can be told apart (FAI9)."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from legibility_cases import empty, find, photo, strange_pictures, with_edge

from fourcorners.checks.document import sharp
from fourcorners.checks.finding import Mark, Outcome
from fourcorners.specimens import capture, draw
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.picture import Picture


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 2), ("driving_licence", 3)])
def test_an_honest_photo_passes(kind: str, seed: int) -> None:
    assert find(sharp, photo(kind, "genuine", 0.3, seed)).outcome is Outcome.PASS


@pytest.mark.parametrize("how", ["blur", "motion_blur"])
@pytest.mark.parametrize(("kind", "seed"), [("passport", 4), ("id_card", 5)])
def test_out_of_focus_and_shaken_photos_fail(kind: str, seed: int, how: str) -> None:
    finding = find(sharp, photo(kind, how, 0.7, seed))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "blurred")
    assert finding.evidence


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 2)])
def test_one_smeared_field_alone_fails_and_is_shown(kind: str, seed: int) -> None:
    frame = photo(kind, "genuine", 0.2, seed)
    page = frame.page.pixels
    place = max(frame.text, key=lambda line: sum(c.isdigit() for c in line.text)).quad
    height = float(np.linalg.norm(place[3] - place[0]))
    inside = cv2.fillConvexPoly(np.zeros(page.shape[:2], np.uint8), np.round(place).astype(np.int32), (255,))
    smeared = np.where(inside[..., None] > 0, cv2.GaussianBlur(page, (0, 0), 0.16 * height), page)
    object.__setattr__(frame.page, "pixels", smeared)
    finding = find(sharp, frame)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "blurred")
    mark = finding.evidence[0]
    assert isinstance(mark, Mark)
    shown = np.mean(mark.points, axis=0)
    assert np.linalg.norm(shown - frame.page.to_photo(place).mean(axis=0)) < 2


@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("id_card", 4)])
def test_a_birth_date_smeared_past_reading_is_not_passed_and_its_place_is_shown(kind: str, seed: int) -> None:
    specimen = capture(draw(kind, seed=seed), "genuine", 0.2, seed=seed, size=(1800, 1350))
    honest = DocumentFrame(Picture(specimen.pixels, "JPEG", 1, "0" * 64))
    assert find(sharp, honest).outcome is Outcome.PASS
    place = specimen.truth.regions["birth_date"]
    middle, height = place.mean(axis=0), float(np.linalg.norm(place[3] - place[0]))
    inside = np.zeros(specimen.pixels.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.round(middle + (place - middle) * (1.2, 1.9)).astype(np.int32), (255,))
    soft = cv2.GaussianBlur(specimen.pixels, (0, 0), 0.3 * height)
    finding = find(
        sharp, DocumentFrame(replace(honest.picture, pixels=np.where(inside[..., None] > 0, soft, specimen.pixels)))
    )
    assert finding.outcome in (Outcome.FAIL, Outcome.UNSURE)
    assert finding.reason == "blurred"
    mark = finding.evidence[0]
    assert isinstance(mark, Mark)
    assert np.linalg.norm(np.mean(mark.points, axis=0) - middle) < np.linalg.norm(place[1] - place[0])


def test_noise_does_not_pass_for_sharpness() -> None:
    frame = photo("passport", "blur", 0.7, 4)
    noisy = np.clip(frame.page.pixels + np.random.default_rng(1).normal(0, 12, frame.page.pixels.shape), 0, 255)
    object.__setattr__(frame.page, "pixels", noisy.astype(np.uint8))
    assert find(sharp, frame).outcome is not Outcome.PASS


def test_a_smaller_photo_of_a_sharp_document_is_not_called_blurred() -> None:
    assert find(sharp, photo("passport", "genuine", 0.2, 6, (1000, 750))).outcome is not Outcome.FAIL


def test_a_page_too_blurred_for_any_line_to_be_found_still_fails() -> None:
    frame = photo("driving_licence", "blur", 1.0, 7)
    frame.__dict__.update(text=(), mrz=None)
    assert find(sharp, frame).reason == "blurred"


@pytest.mark.parametrize("pixels", strange_pictures(), ids=("slope", "noise", "black", "white", "grey"))
def test_whatever_the_picture_a_finding_comes_back(pixels: np.ndarray) -> None:
    for frame in (empty(pixels), with_edge(pixels)):
        finding = find(sharp, frame)
        assert finding.check == sharp.NAME
        assert finding.reason is None or finding.reason in sharp.REASONS
        assert (finding.reason is None) == (finding.outcome is Outcome.PASS)

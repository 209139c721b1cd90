"""IDP2: black-and-white copies are refused."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame

from fourcorners.checks.document import in_colour
from fourcorners.checks.finding import Fact, Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.specimens import capture, draw
from fourcorners.vision.document import DocumentFrame

LIMITS = limits_for("document", "in_colour")


def checked(frame: DocumentFrame) -> Finding:
    finding = in_colour.check(frame, LIMITS)
    assert finding.reason is None or finding.reason in in_colour.REASONS
    return finding


@pytest.mark.parametrize("seed", [2, 3, 6, 10])
def test_a_photo_of_a_document_in_colour_passes(seed: int) -> None:
    kind = "driving_licence" if seed % 4 == 2 else "id_card_td2"
    assert checked(frame_of(photo(kind, "genuine", 0.3, seed))).outcome is Outcome.PASS


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("severity", [0.1, 0.9])
def test_a_black_and_white_copy_fails(seed: int, severity: float) -> None:
    finding = checked(frame_of(photo("passport", "grey_copy", severity, seed)))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "greyscale_copy")
    assert finding.evidence


@pytest.mark.parametrize("design", ["orchard", "harbour"])
def test_a_strongly_coloured_lamp_does_not_refuse_a_portrait_in_colour(design: str) -> None:
    kind = "passport" if design == "orchard" else "id_card"
    document = draw(kind, seed=3, design=design)
    assert checked(frame_of(capture(document, "colour_cast", 0.9, seed=3, size=(1200, 900)))).outcome is Outcome.PASS


def test_a_pale_card_with_a_grey_portrait_is_doubted_where_one_light_does_not_explain_it() -> None:
    document = draw("driving_licence", seed=3, design="brenmark_licence_table")
    finding = checked(frame_of(capture(document, "genuine", 0.3, seed=3, size=(1200, 900))))
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "greyscale_copy")
    assert finding.raw is not None
    assert finding.raw < 0.42


@pytest.mark.parametrize(("kind", "seed"), [("blur", 13), ("screen_photo", 12)])
def test_a_pale_page_whose_colour_stands_in_spots_is_not_refused(kind: str, seed: int) -> None:
    document = draw("passport", seed=seed, portrait=0)
    finding = checked(frame_of(capture(document, kind, 0.5, seed=seed, size=(1200, 1600))))
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "greyscale_copy")
    assert any(isinstance(piece, Fact) and piece.name == "spots of colour" for piece in finding.evidence)


def test_a_greyscale_file_fails_at_once() -> None:
    pixels = photo("passport", "genuine", 0.3, 1).pixels
    grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    finding = checked(plain_frame(np.asarray(grey, dtype=np.uint8)))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "greyscale_file")


def test_a_sliver_is_not_assessed() -> None:
    finding = checked(plain_frame(np.random.default_rng(0).integers(0, 256, (1, 64, 3), dtype=np.uint8)))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, "not_assessed_too_small")


def test_without_an_outline_the_table_around_a_grey_copy_does_not_count() -> None:
    frame = frame_of(photo("passport", "grey_copy", 0.4, 3))
    corners = frame.page.quad
    pixels = frame.picture.pixels.copy()
    table = np.random.default_rng(1).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    table = cv2.resize(table, pixels.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    inside = cv2.fillConvexPoly(np.zeros(pixels.shape[:2], np.uint8), np.round(corners).astype(np.int32), (255,))
    pixels[inside == 0] = table[inside == 0]
    lost = plain_frame(pixels)
    assert checked(lost).outcome is Outcome.PASS  # nothing says where in the picture the document may be
    data = {"faces": frame.faces, "mrz": frame.mrz}
    (low, high) = frame.page.to_photo(frame.faces[0].box)
    lost.__dict__.update(data, faces=(replace(frame.faces[0], box=np.array([low, high])),))
    finding = checked(lost)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "greyscale_copy")
    assert isinstance(finding.evidence[0], Mark)

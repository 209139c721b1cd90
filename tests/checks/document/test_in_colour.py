"""IDP2: black-and-white copies are refused."""

import cv2
import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame

from fourcorners.checks.document import in_colour
from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.limits import limits_for
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


def test_a_greyscale_file_fails_at_once() -> None:
    pixels = photo("passport", "genuine", 0.3, 1).pixels
    grey = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    finding = checked(plain_frame(np.asarray(grey, dtype=np.uint8)))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "greyscale_file")


def test_a_sliver_is_not_assessed() -> None:
    finding = checked(plain_frame(np.random.default_rng(0).integers(0, 256, (1, 64, 3), dtype=np.uint8)))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, "not_assessed_too_small")

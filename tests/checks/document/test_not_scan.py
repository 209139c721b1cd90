"""IDP2: flat scans are told from photos."""

from dataclasses import replace

import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame
from skimage import data

from fourcorners.checks.document import not_scan
from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.vision.document import DocumentFrame


def checked(frame: DocumentFrame) -> Finding:
    finding = not_scan.check(frame, limits_for("document", "not_scan"))
    assert finding.reason is None or finding.reason in not_scan.REASONS
    return finding


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("severity", [0.0, 0.5])
def test_a_scan_fails(seed: int, severity: float) -> None:
    frame = frame_of(photo("id_card_td2", "scan", severity, seed))
    frame.picture = replace(frame.picture, metadata={})
    finding = checked(frame)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "flat_scan")


@pytest.mark.parametrize("kind", ["genuine", "grey_copy", "cut_off", "screen_photo"])
def test_a_photo_passes(kind: str) -> None:
    for seed in range(3):
        assert checked(frame_of(photo("id_card_td2", kind, 0.2, seed))).outcome is Outcome.PASS


def test_pictures_of_nothing() -> None:
    for pixels in (data.chelsea(), np.zeros((1, 64, 3), np.uint8), np.full((64, 64, 3), 255, np.uint8)):
        assert checked(plain_frame(pixels)).outcome is Outcome.PASS

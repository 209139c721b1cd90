"""IDP2, FAI10: pictures that an editing program saved are refused."""

import numpy as np
import pytest
from document_frames import plain_frame

from fourcorners.checks.document import not_edited
from fourcorners.checks.finding import Fact, Finding, Outcome
from fourcorners.checks.limits import limits_for


def checked(**metadata: str) -> Finding:
    return not_edited.check(
        plain_frame(np.zeros((64, 64, 3), np.uint8), **metadata), limits_for("document", "not_edited")
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("Software", "Adobe Photoshop 25.1 (Windows)"),
        ("CreatorTool", "GIMP 2.10"),
        ("SoftwareAgent", "Canva"),
        ("DigitalSourceType", "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"),
    ],
)
def test_an_editor_in_the_metadata_fails(key: str, value: str) -> None:
    finding = checked(**{key: value})
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "edited_picture")
    assert finding.evidence == (Fact("metadata", ((key, value),)),)


@pytest.mark.parametrize("software", ["Utopia Camera 1.0", "HDR+ 1.0.5", "17.4.1", ""])
def test_a_camera_passes(software: str) -> None:
    assert checked(Software=software, FileName="not photoshop.jpg").outcome is Outcome.PASS

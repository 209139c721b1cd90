"""IDP2, FAI10: pictures that an editing program saved, or into which something was pasted, are refused."""

import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame

from fourcorners.checks.document import not_edited
from fourcorners.checks.finding import Fact, Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.effects.splice import text_replaced
from fourcorners.vision.decode import decode


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


LIMITS = limits_for("document", "not_edited")


@pytest.mark.parametrize("seed", [0, 4])
def test_a_pasted_portrait_is_found_and_shown(seed: int) -> None:
    taken = photo("id_card", "edited", 0.5, seed)
    assert taken.truth.altered == ("portrait",)
    finding = not_edited.check(frame_of(taken), LIMITS)
    assert finding.outcome is not Outcome.PASS
    assert finding.reason == "pasted_in"
    mark = finding.evidence[0]
    assert isinstance(mark, Mark)
    middle = np.mean(mark.points, axis=0)
    truth = taken.truth.regions["portrait"]
    assert (truth.min(axis=0) < middle).all()
    assert (middle < truth.max(axis=0)).all()


@pytest.mark.parametrize("capture", ["genuine", "glare", "low_light", "recompressed", "grey_copy"])
@pytest.mark.parametrize("seed", [0, 1])
def test_what_a_camera_saw_is_not_called_pasted(capture: str, seed: int) -> None:
    finding = not_edited.check(frame_of(photo("id_card", capture, 0.5, seed)), LIMITS)
    assert finding.outcome is Outcome.PASS


@pytest.mark.parametrize("seed", [2, 5])
def test_a_line_set_anew_in_a_saved_photo_was_saved_once_where_the_page_was_saved_twice(seed: int) -> None:
    taken = photo("id_card", "genuine", 0.3, seed)
    where = taken.truth.regions["expiry_date"]
    edited = text_replaced(taken.pixels, "31.12.2039", "sans", where, 0.3, np.random.default_rng(seed))
    frame = frame_of(taken)
    frame.picture = decode(jpeg(edited, 97))
    finding = not_edited.check(frame, LIMITS)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "pasted_in")
    mark = finding.evidence[0]
    assert isinstance(mark, Mark)
    assert mark.label == "text: saved once, the page twice"
    assert np.linalg.norm(np.mean(mark.points, axis=0) - where.mean(axis=0)) < 30
    frame.picture = decode(jpeg(taken.pixels, 97))
    assert not_edited.check(frame, LIMITS).outcome is Outcome.PASS


@pytest.mark.parametrize("software", ["Utopia Camera 1.0", "HDR+ 1.0.5", "17.4.1", ""])
def test_a_camera_passes(software: str) -> None:
    assert checked(Software=software, FileName="not photoshop.jpg").outcome is Outcome.PASS

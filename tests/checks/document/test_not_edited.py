"""IDP2, FAI10: pictures that an editing program saved, or into which something was pasted, are refused."""

from dataclasses import replace

import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame

from fourcorners.checks.document import lines_anew, not_edited
from fourcorners.checks.finding import Fact, Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.effects.splice import text_replaced
from fourcorners.vision.decode import decode
from fourcorners.vision.page import rectify


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


def test_a_line_set_anew_in_a_photo_that_was_never_saved_before_lacks_its_ground() -> None:
    taken = photo("id_card", "genuine", 0.3, 2)
    where = taken.truth.regions["expiry_date"]
    edited = text_replaced(taken.pixels, "31.12.2039", "sans", where, 0.0, np.random.default_rng(2))
    frame = frame_of(taken)
    frame.picture = replace(frame.picture, pixels=edited, coding=None)
    frame.page = rectify(edited, frame.page.quad)
    finding = not_edited.check(frame, LIMITS)
    assert finding.outcome is not Outcome.PASS
    assert finding.reason == "pasted_in"
    mark = finding.evidence[0]
    assert isinstance(mark, Mark)
    assert mark.label.startswith("text: the pattern about it does not go on under it")
    assert np.linalg.norm(np.mean(mark.points, axis=0) - where.mean(axis=0)) < 30


def test_a_document_whose_lines_all_stand_on_blank_fields_was_printed_so() -> None:
    others = [None, -0.2, *[0.1] * 8]
    assert lines_anew.but_for_design([0.9, 0.9, *others], LIMITS) == [0.9, 0.9, 0.0, -0.2, *[0.1] * 8]
    assert max(lines_anew.but_for_design([0.9] * 8 + others, LIMITS)) <= 0
    assert lines_anew.but_for_design([], LIMITS) == []


def test_no_sign_of_a_line_refuses_by_itself_and_two_do() -> None:
    scale, none = LIMITS.scale("line_set_anew"), {"ground": 0.0, "strokes": 0.0, "saved once": 0.0, "noise": 0.0}
    quads = [np.zeros((4, 2))]
    for sign, most in (("ground", 9.0), ("strokes", 9.0), ("saved once", 99.0), ("noise", 1.0)):
        odds, seen = lines_anew.set_anew({0: {**none, sign: most}}, quads, LIMITS)
        assert not scale.fails(odds), sign
        assert bool(seen) is not scale.passes(odds)
    odds, seen = lines_anew.set_anew({0: none | {"ground": 0.5, "strokes": 0.1}}, quads, LIMITS)
    assert scale.fails(odds)
    assert isinstance(seen[0], Mark)
    assert seen[0].label == (
        "text: the pattern about it does not go on under it; its strokes are sharper than those of all lines like it"
    )
    assert lines_anew.set_anew({}, [], LIMITS)[1] == []


@pytest.mark.parametrize("software", ["Utopia Camera 1.0", "HDR+ 1.0.5", "17.4.1", ""])
def test_a_camera_passes(software: str) -> None:
    assert checked(Software=software, FileName="not photoshop.jpg").outcome is Outcome.PASS

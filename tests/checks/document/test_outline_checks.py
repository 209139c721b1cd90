"""The checks that judge where the document lies, on outlines given by hand."""

from dataclasses import replace

import numpy as np
import pytest
from document_frames import frame_of, photo, picture_of, plain_frame

from fourcorners.checks.document import (
    corners_visible,
    document_present,
    kind_known,
    one_document,
    resolution_sufficient,
)
from fourcorners.checks.finding import Mark
from fourcorners.checks.limits import limits_for
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading
from fourcorners.vision.outline import has_usual_format


def judged(module, frame):
    return module.check(frame, limits_for("document", module.NAME))


@pytest.fixture
def frame():
    """A genuine photo whose corners stand well off the picture's edge."""
    frame = frame_of(photo("id_card", "genuine", 0.2, 31, (2000, 1500)))
    centre = frame.page.quad.mean(axis=0)
    return lying_at(frame, centre + 0.9 * (frame.page.quad - centre))


def lying_at(frame, quad):
    frame.__dict__["page"] = replace(frame.page, quad=quad)
    return frame


def moved(frame, **values):
    frame.__dict__["outline"] = replace(frame.outline, **values)
    return frame


def test_idp3_all_corners_with_a_margin_pass(frame):
    finding = judged(corners_visible, frame)
    assert finding.outcome.value == "pass"
    assert finding.margin > 0


@pytest.mark.parametrize(("x", "reason"), [(-20.0, "corner_cut_off"), (3.0, "corner_near_edge")])
def test_idp3_a_corner_outside_or_at_the_edge(frame, x, reason):
    quad = frame.page.quad.copy()
    quad[0, 0] = x
    finding = judged(corners_visible, lying_at(frame, quad))
    assert finding.reason == reason
    assert finding.outcome.value == ("fail" if x < 0 else "unsure")


@pytest.mark.parametrize(("chance", "outcome"), [(0.0001, "fail"), (0.02, "unsure"), (0.5, "pass")])
def test_idp3_a_corner_that_is_hardly_whole_is_refused(frame, chance, outcome):
    finding = judged(corners_visible, moved(frame, corner_whole=(1.0, chance, 1.0, 1.0)))
    assert finding.outcome.value == outcome
    assert finding.reason == (None if outcome == "pass" else "corner_covered")
    assert ("top right: hidden" in [mark.label for mark in finding.evidence]) == (outcome != "pass")


def test_without_an_outline_corners_are_not_assessed():
    blank = plain_frame(np.full((300, 400, 3), 200, np.uint8))
    for module in (corners_visible, one_document):
        assert judged(module, blank).reason == "not_assessed_no_outline"


def test_a_second_document_is_counted(frame):
    assert judged(one_document, frame).outcome.value == "pass"
    assert judged(one_document, moved(frame, other_documents=1)).reason == "two_documents"


@pytest.mark.parametrize(("stretched", "counted", "outcome"), [(1.0, 0, "fail"), (1.4, 0, "unsure"), (1.4, 1, "fail")])
def test_a_portrait_beside_at_second_sight_is_sure_only_on_a_documents_format(frame, stretched, counted, outcome):
    height = 400.0
    width = height * 1.586 * stretched
    away = frame.quad.max() + 100
    place = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + away
    frame.__dict__["documents_beside"] = (place,)
    assert judged(one_document, moved(frame, other_documents=counted)).outcome.value == outcome


def test_a_portrait_beside_is_sure_on_what_the_document_lies_on(frame):
    top, bottom = frame.quad[1:3]  # a half of another document shows past the right side
    aside = bottom - frame.quad[3]
    place = np.stack([top, top + 0.3 * aside, bottom + 0.3 * aside, bottom])
    frame.__dict__["documents_beside"] = (place,)
    assert not has_usual_format(place, (frame.picture.width, frame.picture.height))
    assert judged(one_document, frame).outcome.value == "fail"
    frame.__dict__["documents_beside"] = (place + 0.2 * aside,)
    assert judged(one_document, frame).outcome.value == "unsure"


@pytest.mark.parametrize(
    ("ratio", "counted", "outcome"), [(1.586, 1, "fail"), (1.586, 0, "pass"), (1.414, 1, "unsure")]
)
def test_the_back_of_a_card_is_another_document_and_a_sheet_of_paper_is_a_doubt(frame, ratio, counted, outcome):
    width, height = frame.picture.width, frame.picture.height
    back = (np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [ratio * 50, 50]) + [width / 2, height / 2]
    assert judged(one_document, moved(frame, beside=(back,), other_documents=counted)).outcome.value == outcome


def test_what_lies_beside_is_refused_if_it_has_a_portrait():
    two = DocumentFrame(picture_of(photo("id_card", "two_documents", 0.3, 4, (1200, 900)).pixels))
    finding = judged(one_document, two)
    assert (finding.outcome.value, finding.reason) == ("fail", "two_documents")
    assert "another document" in [mark.label for mark in finding.evidence if isinstance(mark, Mark)]


def test_the_portrait_of_the_document_itself_is_not_that_of_another(frame):
    assert judged(one_document, moved(frame, beside=(frame.page.quad,))).outcome.value == "pass"


def test_what_lies_beside_without_a_portrait_is_a_doubt_if_the_first_look_shows_it(frame):
    blank = np.array([[0.0, 0], [30, 0], [30, 25], [0, 25]])
    assert judged(one_document, moved(frame, beside=(blank,))).outcome.value == "pass"
    assert judged(one_document, moved(frame, beside=(blank,), other_documents=1)).outcome.value == "unsure"


def test_an_empty_picture_holds_no_document(frame):
    assert judged(document_present, frame).outcome.value == "pass"
    assert judged(document_present, plain_frame(np.full((300, 400, 3), 200, np.uint8))).reason == "no_document"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("passport", None),
        ("driving_licence", None),
        ("unknown", "unknown_document_kind"),
        ("bill", "wrong_document_kind"),
    ],
)
def test_idp1_only_accepted_kinds_pass(frame, kind, reason):
    frame.__dict__["reading"] = DocumentReading(kind)
    assert judged(kind_known, frame).reason == reason


def test_idp6_a_small_document_in_a_large_photo_is_too_small(frame):
    assert judged(resolution_sufficient, frame).outcome.value == "pass"
    assert judged(resolution_sufficient, lying_at(frame, frame.page.quad * 0.2)).reason == "low_resolution"

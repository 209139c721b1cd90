"""FAI5: the selfie against the portrait, and why it may not have been compared."""

from datetime import date
from functools import cache

import cv2
import numpy as np
import pytest

from fourcorners.checks.document import portrait_clear, portrait_present
from fourcorners.checks.finding import Finding, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.checks.match import face_matches
from fourcorners.checks.subject import Case
from fourcorners.specimens import draw, selfie
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture
from fourcorners.vision.selfie import SelfieFrame


def document_of(pixels: np.ndarray) -> DocumentFrame:
    """A frame whose page is the whole picture and whose text is not read: only faces matter here."""
    frame = DocumentFrame(Picture(pixels, "JPEG", 1, "0" * 64))
    h, w = pixels.shape[:2]
    frame.page = rectify(pixels, np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float64) - 0.5)
    frame.reading = DocumentReading()
    return frame


@cache
def card(person: int) -> np.ndarray:
    return draw("id_card", seed=40, portrait=person).front.pixels


@cache
def portrait_of(person: int) -> DocumentFrame:
    return document_of(card(person))


@cache
def selfie_of(person: int, kind: str = "genuine") -> SelfieFrame:
    return SelfieFrame(decode(selfie(person, kind, 0.3, seed=41, size=(720, 960)).encoded))


def judged(front: DocumentFrame | None, face: SelfieFrame | None) -> Finding:
    case = Case(today=date(2026, 11, 1), front=front, selfie=face)
    return face_matches.check(case, limits_for("match", face_matches.NAME))


def portrait(frame: DocumentFrame, module=portrait_clear) -> Finding:
    return module.check(frame, limits_for("document", module.NAME))


@pytest.mark.parametrize("person", [0, 1, 2])
def test_portrait_and_selfie_of_one_person_match(person):
    finding = judged(portrait_of(person), selfie_of(person))
    assert finding.outcome is Outcome.PASS
    assert finding.margin > 0
    assert finding.threshold == limits_for("match", face_matches.NAME).scale().pass_at


def test_the_same_person_is_nearer_than_others():
    """People of specimens derive from one photograph: they order the distances, they do not fill an error rate."""
    own = judged(portrait_of(0), selfie_of(0)).raw
    others = [judged(portrait_of(0), selfie_of(person)).raw for person in (3, 5, 8)]
    assert own < min(others)


def test_another_face_does_not_pass():
    """No second person is at hand: her face, with eyes, nose and mouth set elsewhere, stands for one."""
    stranger = cv2.flip(cv2.resize(selfie_of(0).picture.pixels[:, 100:620], (720, 1400))[220:1180], 1)
    apart = judged(portrait_of(8), SelfieFrame(Picture(stranger, "JPEG", 1, "0" * 64)))
    assert apart.raw > judged(portrait_of(8), selfie_of(8)).raw
    assert apart.outcome is not Outcome.PASS


def test_a_finding_puts_the_distance_beside_the_thresholds():
    finding = judged(portrait_of(0), selfie_of(0))
    spread, network = finding.evidence
    assert spread.value == finding.raw
    assert [label for label, _, _ in spread.groups] == ["genuine", "impostor"]
    assert spread.groups[0][1] < spread.pass_at < spread.fail_at < spread.groups[1][1]
    assert dict(network.values)["network"] == "dlib, CC0-1.0"


@pytest.mark.parametrize(
    ("front", "face", "cause"),
    [
        (None, selfie_of, "not_assessed_no_document"),
        (portrait_of, None, "not_assessed_no_selfie"),
        (lambda _: document_of(np.full((500, 800, 3), 200, dtype=np.uint8)), selfie_of, "not_assessed_no_portrait"),
        (portrait_of, lambda p: selfie_of(p, "no_face"), "not_assessed_no_face"),
        (lambda p: document_of(blurred(p)), selfie_of, "not_assessed_portrait_unclear"),
        (portrait_of, lambda p: SelfieFrame(Picture(tiny(p), "JPEG", 1, "0")), "not_assessed_selfie_unclear"),
    ],
)
def test_what_cannot_be_compared_is_never_a_mismatch(front, face, cause):
    finding = judged(front and front(0), face and face(0))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, cause)


def blurred(person: int) -> np.ndarray:
    return cv2.GaussianBlur(card(person), (0, 0), 7)


def tiny(person: int) -> np.ndarray:
    return cv2.resize(selfie_of(person).picture.pixels, (150, 200), interpolation=cv2.INTER_AREA)


def test_a_printed_portrait_is_present_and_clear():
    assert portrait(portrait_of(0), portrait_present).outcome is Outcome.PASS
    assert portrait(portrait_of(0)).outcome is Outcome.PASS


def test_no_portrait_on_an_empty_card():
    """FAI7."""
    empty = document_of(np.full((500, 800, 3), 200, dtype=np.uint8))
    assert portrait(empty, portrait_present).reason == "no_portrait"
    assert portrait(empty).reason == "not_assessed_no_portrait"


def test_a_blurred_portrait_is_unclear():
    """FAI5, FAI7."""
    assert portrait(document_of(blurred(0))).reason == "portrait_unclear"


def test_findings_are_the_same_again():
    again = judged(document_of(card(0)), SelfieFrame(selfie_of(0).picture))
    assert again.to_dict() == judged(portrait_of(0), selfie_of(0)).to_dict()

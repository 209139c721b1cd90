"""IDP2: prints on paper are refused where their dots can be seen."""

import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame
from skimage import data

from fourcorners.checks.document import not_photocopy
from fourcorners.checks.finding import Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.halftone import Halftone
from fourcorners.vision.originality.recapture import Recapture
from fourcorners.vision.outline import Outline
from fourcorners.vision.page import rectify

LIMITS = limits_for("document", "not_photocopy")


def checked(frame: DocumentFrame) -> Finding:
    finding = not_photocopy.check(frame, LIMITS)
    assert finding.reason is None or finding.reason in not_photocopy.REASONS
    assert (finding.reason is None) == (finding.outcome is Outcome.PASS)
    return finding


@pytest.mark.parametrize("how", ["genuine", "glare", "recompressed"])
@pytest.mark.parametrize(("kind", "seed"), [("passport", 1), ("driving_licence", 3)])
def test_an_original_passes(kind: str, seed: int, how: str) -> None:
    finding = checked(frame_of(photo(kind, how, 0.4, seed)))
    assert finding.outcome is Outcome.PASS
    assert finding.evidence == ()


@pytest.mark.parametrize(("kind", "seed"), [("id_card", 1), ("id_card_td2", 3)])
def test_a_colour_print_fails_and_shows_its_dots(kind: str, seed: int) -> None:
    frame = frame_of(photo(kind, "colour_copy", 0.6, seed))
    finding = checked(frame)
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "colour_copy")
    place = finding.evidence[0]
    assert isinstance(place, Mark)
    on_page = frame.page.to_page(np.array(place.points))
    assert (on_page > -1).all()
    assert (on_page < np.array(frame.page.pixels.shape[1::-1])).all()


def weighed(page: float, windows: float, lattice: float, light: float, width: int = 1200) -> DocumentFrame:
    """A frame with a page so many pixels wide, of which that was measured."""
    frame = plain_frame(np.full((900, 1400, 3), 200, np.uint8))
    quad = np.array([[0, 0], [width, 0], [width, 0.6 * width], [0, 0.6 * width]]) + 100
    none = np.zeros(24)
    frame.__dict__["outline"] = Outline(quad, 0.5, (True, True, True, True), 0)
    frame.__dict__["page"] = rectify(frame.picture.pixels, quad)
    frame.__dict__["page_texture"] = Recapture(none, none, (), -6.0, page, light)
    frame.__dict__["recapture"] = Recapture(none, none, (), -4.0, windows, light)
    frame.__dict__["halftone"] = Halftone(lattice, 90.0, quad)
    return frame


def test_without_an_outline_nothing_is_said() -> None:
    finding = checked(plain_frame(data.chelsea()))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, "not_assessed_no_document")


def test_a_small_page_cannot_show_dots() -> None:
    finding = checked(frame_of(photo("id_card", "colour_copy", 0.6, 1, (640, 480))))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, "not_assessed_too_small")


@pytest.mark.parametrize(
    ("page", "lattice", "outcome"),
    [(1.0, 0.8, Outcome.UNSURE), (-1.5, 0.6, Outcome.UNSURE), (-6.0, 3.0, Outcome.NOT_ASSESSED)],
)
def test_a_page_of_a_videos_frame_is_doubted_but_never_passed(page: float, lattice: float, outcome: Outcome) -> None:
    assert checked(weighed(page, -0.5, lattice, 200, width=700)).outcome is outcome


def noise() -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (900, 1400, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", [(1, 64), (64, 64), (64, 2000), (900, 1400)])
def test_whatever_the_picture_a_finding_comes_back(size: tuple[int, int]) -> None:
    height, width = size
    for picture in (noise()[:height, :width], np.zeros((*size, 3), np.uint8), np.full((*size, 3), 255, np.uint8)):
        frame = plain_frame(np.ascontiguousarray(picture))
        assert checked(frame).outcome is Outcome.NOT_ASSESSED
        quad = np.array([[-0.1, 0.1], [0.9, 0.12], [0.88, 1.2], [0.12, 0.88]]) * [width, height]
        frame.__dict__["outline"] = Outline(quad, 0.5, (True, True, True, True), 0)
        frame.__dict__["page"] = rectify(frame.picture.pixels, quad)
        assert checked(frame).outcome in (Outcome.PASS, Outcome.NOT_ASSESSED)


@pytest.mark.parametrize(
    ("page", "windows", "lattice", "light", "outcome"),
    [
        (-4.0, 0.0, 0.9, 200, Outcome.PASS),  # windows alone: a patterned card, sharpened
        (-1.5, -0.5, 0.6, 200, Outcome.UNSURE),
        (1.0, 0.0, 0.8, 200, Outcome.FAIL),
        (1.0, 0.0, 0.8, 60, Outcome.UNSURE),  # noise in the dark
        (-6.0, -4.0, 3.0, 60, Outcome.FAIL),  # the lattice speaks for itself
    ],
)
def test_networks_and_lattice_are_weighed_together(
    page: float, windows: float, lattice: float, light: float, outcome: Outcome
) -> None:
    assert checked(weighed(page, windows, lattice, light)).outcome is outcome

"""IDP2: photos of screens are refused."""

import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame
from skimage import data

from fourcorners.checks.document import not_screen_photo
from fourcorners.checks.finding import Fact, Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.kit.geometry import Points
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.bands import Bands
from fourcorners.vision.originality.bezel import Bezel, Strip
from fourcorners.vision.originality.recapture import Recapture

LIMITS = limits_for("document", "not_screen_photo")


def checked(frame: DocumentFrame) -> Finding:
    finding = not_screen_photo.check(frame, LIMITS)
    assert finding.reason is None or finding.reason in not_screen_photo.REASONS
    return finding


@pytest.mark.parametrize("kind", ["genuine", "noise", "colour_copy", "scan"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_no_screen_passes(kind: str, seed: int) -> None:
    assert checked(frame_of(photo("id_card", kind, 0.4, seed))).outcome is Outcome.PASS


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_photo_of_a_screen_fails_and_shows_where(seed: int) -> None:
    finding = checked(frame_of(photo("id_card", "screen_photo", 0.8, seed)))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "screen_photo")
    assert 0 < sum(isinstance(mark, Mark) for mark in finding.evidence) <= LIMITS["shown_most"]


def test_other_pictures() -> None:
    assert checked(plain_frame(data.chelsea())).outcome is Outcome.PASS
    small = checked(plain_frame(np.zeros((80, 80, 3), np.uint8)))
    assert (small.outcome, small.reason) == (Outcome.NOT_ASSESSED, "not_assessed_too_small")


EDGE = np.array([[10, 20], [200, 22]], dtype=np.float64)
BESIDE = np.array([[205, 25], [202, 180]], dtype=np.float64)


@pytest.mark.parametrize(
    ("closed", "running_on", "outcome"),
    [
        (0, 0, Outcome.PASS),
        (1, 0, Outcome.PASS),
        (0, 1, Outcome.PASS),
        (0, 4, Outcome.UNSURE),  # a sheet of paper on a dark table looks so
        (1, 3, Outcome.UNSURE),  # and so where the table ends
        (2, 0, Outcome.FAIL),
        (3, 1, Outcome.FAIL),
    ],
)
def test_a_frame_is_told_from_a_dark_table(closed: int, running_on: int, outcome: Outcome) -> None:
    frame = plain_frame(data.chelsea())
    strips = [Strip(0.79, True, EDGE)] * closed + [Strip(0.85, False, EDGE)] * running_on
    frame.__dict__["bezel"] = Bezel(tuple(strips))
    finding = checked(frame)
    assert finding.outcome is outcome
    lines = [mark for mark in finding.evidence if isinstance(mark, Mark) and mark.shape == "line"]
    assert len(lines) == (0 if outcome is Outcome.PASS else len(strips))


def test_a_single_side_never_refuses_however_clear() -> None:
    frame = plain_frame(data.chelsea())
    frame.__dict__["bezel"] = Bezel((Strip(1.0, True, EDGE), *[Strip(1.0, False, EDGE)] * 3))
    assert checked(frame).outcome is Outcome.UNSURE


@pytest.mark.parametrize(
    ("edge", "tone", "outcome"),
    [
        (BESIDE, 24.0, Outcome.FAIL),
        (BESIDE, 45.0, Outcome.UNSURE),  # something else that is dark
        (EDGE, 24.0, Outcome.UNSURE),  # opposite: the floor before a desk
    ],
)
def test_but_one_that_goes_on_round_a_corner_does(edge: Points, tone: float, outcome: Outcome) -> None:
    frame = plain_frame(data.chelsea())
    frame.__dict__["bezel"] = Bezel((Strip(1.0, True, EDGE, 20.0), Strip(1.0, False, edge, tone)))
    assert checked(frame).outcome is outcome


@pytest.mark.parametrize(("pale", "outcome"), [(1, Outcome.PASS), (2, Outcome.UNSURE), (3, Outcome.FAIL)])
def test_pale_sides_count_for_less(pale: int, outcome: Outcome) -> None:
    frame = plain_frame(data.chelsea())
    frame.__dict__["bezel"] = Bezel(tuple([Strip(0.9, True, EDGE, tone=200.0)] * pale))
    assert checked(frame).outcome is outcome


@pytest.mark.parametrize(
    ("page", "sides", "bands", "outcome"),
    [
        (-4.0, 0, 4.4, Outcome.PASS),  # a lamp that flickers
        (2.0, 0, 2.0, Outcome.PASS),  # real cameras make the network say so
        (2.0, 0, 4.4, Outcome.UNSURE),
        (0.0, 1, 2.0, Outcome.UNSURE),
        (0.0, 2, 2.0, Outcome.FAIL),
    ],
)
def test_weak_signs_say_more_together(page: float, sides: int, bands: float, outcome: Outcome) -> None:
    frame = plain_frame(np.full((900, 1400, 3), 200, np.uint8))
    of_windows = np.zeros(24)
    frame.__dict__["page_texture"] = Recapture(of_windows, of_windows, (), page, -6.0, 200.0)
    frame.__dict__["bezel"] = Bezel((Strip(0.61, True, EDGE),) * sides)
    frame.__dict__["bands"] = Bands(bands, 12.0, True)
    finding = checked(frame)
    assert finding.outcome is outcome
    if outcome is not Outcome.PASS:
        assert ("page", f"{page:.2f}") in [
            value for fact in finding.evidence if isinstance(fact, Fact) for value in fact.values
        ]

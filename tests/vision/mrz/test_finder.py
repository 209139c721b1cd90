"""What becomes of the network's marks."""

import numpy as np

from fourcorners.vision.mrz.finder import PLACE_STRIDE_PX, SCORE_STRIDE_PX, _grouped, _joined, _marks

CAP_PX = 16.0


def told(score):
    """Lines that run to the right, capitals 16 px high, everywhere."""
    ratio = PLACE_STRIDE_PX // SCORE_STRIDE_PX
    place = np.zeros((3, score.shape[0] // ratio, score.shape[1] // ratio), np.float32)
    place[0], place[2] = 1.0, np.log(CAP_PX / 8.0)
    return score.astype(np.float32), place


def two_lines():
    score = np.zeros((120, 400))
    score[40:45, 20:380] = 0.95
    score[58:63, 20:380] = 0.95
    return score


def test_two_lines_are_two_marks_in_one_block():
    marks = _marks(*told(two_lines()))
    assert sorted(round(mark.middle[1]) for mark in marks) == [84, 120]
    assert [len(group) for group in _grouped(_joined(marks))] == [2]


def test_lines_that_run_together_are_parted():
    score = two_lines()
    score[40:63, 372:400] = 0.55  # other print touches the ends of both
    marks = _marks(*told(score))
    assert sorted(round(mark.middle[1]) for mark in marks) == [84, 120]


def test_specks_are_no_marks():
    score = np.zeros((120, 400))
    score[40:43, 20:23] = 1.0
    assert _marks(*told(score)) == []

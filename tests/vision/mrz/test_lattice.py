"""Which characters are the line's, and where, when peaks are missing, false, or closer on one side."""

import numpy as np
import pytest

from fourcorners.vision.mrz.columns import CLASSES, Columns
from fourcorners.vision.mrz.course import Course
from fourcorners.vision.mrz.lattice import MARGIN_PX, fit_lattice, settled
from fourcorners.vision.mrz.polynomial import fit, robust_fit, scaled, value
from fourcorners.vision.mrz.strips import GLYPH_PX, PITCH_PX, STRIDE_PX


def columns_of(positions, width, below=0.0):
    """What the network would say of characters at these strip positions."""
    count = width // STRIDE_PX
    here = STRIDE_PX * np.arange(count) + (STRIDE_PX - 1) / 2
    distance = np.asarray(positions)[None, :] - here[:, None]
    nearest = np.abs(distance).argmin(1)
    offset = distance[np.arange(count), nearest]
    central = np.exp(-((offset / 4.0) ** 2))
    return Columns(np.zeros((CLASSES, count)), central, here + offset, np.full(count, below), np.full(count, GLYPH_PX))


def course(width):
    return Course(np.zeros(2), np.array([1.0, 0.0]), np.array([0.0]), np.array([GLYPH_PX]), np.array([0.0, 1.0]), width)


@pytest.mark.parametrize("length", [30, 36, 44])
@pytest.mark.parametrize("squeeze", [-0.12, 0.0, 0.12])
def test_every_place_is_found_under_perspective(length, squeeze):
    k = np.arange(length)
    positions = 40 + 17.0 * (k + squeeze * k**2 / (2 * length))
    width = int(positions[-1]) // 4 * 4 + 60
    lattice = fit_lattice(course(width), columns_of(positions, width))
    _, start = lattice.windows(length)[0]
    placed = value(lattice.place, np.arange(start, start + length, dtype=float))
    assert np.abs(placed - positions).max() < 2.0


def test_missing_and_false_peaks_do_not_shift_the_count():
    positions = 40 + 17.0 * np.arange(44)
    seen = np.delete(positions, [3, 17, 18, 30])
    seen = np.sort(np.append(seen, [positions[25] + 8.0, positions[-1] + 29.0]))
    width = 860
    lattice = fit_lattice(course(width), columns_of(seen, width))
    _, start = lattice.windows(44)[0]
    assert value(lattice.place, np.array([float(start)]))[0] == pytest.approx(positions[0], abs=1.5)


def test_too_few_characters_are_no_line():
    assert fit_lattice(course(400), columns_of(40 + 17.0 * np.arange(5), 400)) is None


def test_a_settled_strip_has_its_characters_at_their_places():
    positions = 41.5 + 17.0 * np.arange(36)
    width = 720
    lattice = fit_lattice(course(width), columns_of(positions, width, below=2.0))
    exact = settled(lattice, 0, 36)
    x = MARGIN_PX + (np.arange(36) + 0.5) * PITCH_PX
    points = exact.points(x, np.zeros(36))
    assert np.abs(points[:, 0] - positions).max() < 0.8
    assert np.abs(points[:, 1] - 2.0).max() < 0.2
    assert exact.width == 36 * PITCH_PX + 2 * MARGIN_PX


def test_a_turned_course_covers_the_same_strip_from_the_other_end():
    bent = Course(
        np.array([50.0, 60.0]),
        np.array([0.8, 0.6]),
        np.array([1.0, 0.02, 0.001]),
        np.array([12.0, 0.01]),
        np.array([-80.0, 0.5]),
        320,
    )
    there = bent.points(np.array([0.0, 100.0, 320.0]), np.array([-9.0, 0.0, 9.0]))
    back = bent.turned().points(np.array([320.0, 220.0, 0.0]), np.array([9.0, 0.0, -9.0]))
    assert np.allclose(there, back)


def test_a_robust_fit_forgets_what_lies_off():
    x = np.arange(20.0)
    y = 3 + 2 * x
    y[7] += 9
    ones = np.ones(20)
    assert np.allclose(robust_fit(x, y, 1, ones, 2.0), [3, 2], atol=1e-9)
    assert not np.allclose(fit(x, y, 1, ones), [3, 2], atol=1e-2)


def test_scaling_a_polynomial_scales_argument_and_value():
    curve = np.array([1.0, 2.0, 3.0])
    t = np.array([-1.0, 0.5, 4.0])
    assert np.allclose(value(scaled(curve, 2.5), 2.5 * t), 2.5 * value(curve, t))

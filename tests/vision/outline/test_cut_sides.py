from dataclasses import replace

import numpy as np
import pytest
from drawn_maps import CELLS, perfect_maps

from fourcorners.kit.geometry import quad_iou
from fourcorners.vision.outline.cut_sides import shown_by
from fourcorners.vision.outline.sides import candidates
from fourcorners.vision.outline.views import WINDOW_PX, View

WHOLE = View((0.0, 0.0), 1.0)
PHOTO = (228, 228)
"""The window shows this photo at its top left, and grey past it."""


def card(width, height, left, top):
    return np.array([[left, top], [left + width, top], [left + width, top + height], [left, top + height]], dtype=float)


def as_photo_shows(maps, *inner):
    """The maps within PHOTO alone, quads of further lines within the document marked as if they were sides."""
    shown = shown_by(WHOLE, PHOTO).photo
    for quad in inner:
        more = perfect_maps(quad)
        mine = more.side > maps.side
        for name in ("side", "depth"):
            getattr(maps, name)[mine] = getattr(more, name)[mine]
        maps.normal[:, mine] = more.normal[:, mine]
    return replace(maps, document=maps.document * shown, side=maps.side * shown, corner=maps.corner * shown)


@pytest.mark.parametrize(
    ("quad", "inner", "cut"),
    [
        (card(240, 151, 60, 120), card(90, 70, 66, 126), (1, 1)),
        (card(240, 151, 60, 40), card(90, 130, 64, 50), (1, 0)),
        (card(240, 151, -80, 130), card(80, 70, 72, 137), (1, 1)),
    ],
)
def test_sides_that_the_edge_cuts_off_are_not_lines_within(quad, inner, cut):
    maps = as_photo_shows(perfect_maps(quad), inner)
    shown = shown_by(WHOLE, PHOTO)
    (found,) = candidates(maps, shown)
    low, high = found.quad.min(axis=0), found.quad.max(axis=0)
    out = [bool(low[i] < 0 or high[i] > PHOTO[i] - 1) for i in range(2)]
    assert out == [bool(c) for c in cut]
    assert found.side_seen.count(False) == sum(cut)
    assert found.confidence > 0.65
    assert quad_iou(found.quad, quad) > max((quad_iou(c.quad, quad) for c in candidates(maps)), default=0.0)


def test_a_whole_document_is_the_same_whatever_is_shown():
    maps = as_photo_shows(perfect_maps(card(150, 95, 40, 60)), card(50, 40, 50, 80))
    (alone,), (within,) = candidates(maps), candidates(maps, shown_by(WHOLE, PHOTO))
    assert alone.side_seen == within.side_seen == (True,) * 4
    assert np.array_equal(alone.quad, within.quad)


def test_where_the_photo_goes_on_past_the_window_nothing_is_cut_off():
    maps = as_photo_shows(perfect_maps(card(240, 151, 60, 120)), card(90, 70, 66, 126))
    larger = shown_by(WHOLE, (4000, 4000))
    assert all(all(found.side_seen) for found in candidates(maps, larger))


def test_what_a_view_shows_of_a_photo():
    shown = shown_by(View((-42.0, -26.0), 2.0), (4 * WINDOW_PX, 100))
    rows, columns = np.nonzero(shown.photo)
    assert (rows.min(), rows.max()) == (3, 15)  # cells are 8 px of the photo wide
    assert (columns.min(), columns.max()) == (5, CELLS - 1)
    assert set(np.unique(np.nonzero(shown.rim)[1])) == {CELLS - 1}

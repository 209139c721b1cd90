import numpy as np
import pytest
from skimage import data

from fourcorners import specimens
from fourcorners.evaluation import drawn
from fourcorners.kit.geometry import quad_iou
from fourcorners.vision.outline import find_outline


def taken(kind, seed, document="id_card", severity=0.3, size=(900, 1200)):
    return specimens.capture(specimens.draw(document, seed=seed), kind, severity, seed=seed, size=size)


def tuned(kind, seed, count=300, first_seed=3_000_000):
    """A photo of the tuning templates that an earlier state got wrong."""
    items = drawn.items(count, (kind,), split="tuning", first_seed=first_seed, sizes=((1200, 900), (900, 1200)))
    return drawn.picture(next(item for item in items if item["seed"] == seed))


@pytest.mark.parametrize("document", ["id_card", "passport", "driving_licence"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_photographed_document_is_found(document, seed):
    photo = taken("genuine", seed, document)
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert quad_iou(outline.quad, photo.truth.corners) > 0.96
    assert outline.corner_visible == (True,) * 4
    assert outline.other_documents == 0


def test_the_outline_does_not_depend_on_how_the_phone_was_held():
    photo = taken("genuine", 3)
    turned = np.ascontiguousarray(np.rot90(photo.pixels))
    x, y = photo.truth.corners.T
    corners = np.column_stack([y, photo.pixels.shape[1] - 1 - x])
    outline = find_outline(turned)
    assert outline is not None
    assert quad_iou(outline.quad, corners) > 0.96


def test_a_corner_outside_the_photo_is_placed_outside_and_not_visible():
    photo = taken("cut_off", 4, severity=0.6)
    height, width = photo.pixels.shape[:2]
    outline = find_outline(photo.pixels)
    assert outline is not None
    out = ((outline.quad < 0) | (outline.quad > [width - 1, height - 1])).any(axis=1)
    assert out.any()
    assert not any(seen and gone for seen, gone in zip(outline.corner_visible, out, strict=True))


def test_a_document_in_the_dark_is_found_all_the_same():
    photo = taken("genuine", 8)
    outline = find_outline((photo.pixels * 0.12).astype(np.uint8))
    assert outline is not None
    assert quad_iou(outline.quad, photo.truth.corners) > 0.96


def test_a_second_document_is_counted():
    outline = find_outline(taken("two_documents", 5).pixels)
    assert outline is not None
    assert outline.other_documents >= 1


def test_the_opposite_page_of_an_open_booklet_is_no_second_document():
    photo = tuned("far", 6_100_088, count=100)
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert quad_iou(outline.quad, photo.truth.corners) > 0.96
    assert outline.other_documents == 0
    assert len(outline.beside) == 1


@pytest.mark.parametrize("seed", [3_900_137, 3_900_224])
def test_a_document_of_which_two_sides_are_cut_off_is_found_all_the_same(seed):
    photo = tuned("cut_off", seed)
    height, width = photo.pixels.shape[:2]
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert ((outline.quad < 0) | (outline.quad > [width - 1, height - 1])).any(axis=1).sum() >= 2
    assert quad_iou(outline.quad, photo.truth.corners) > 0.4  # how far it goes on cannot be seen


def test_a_part_of_a_photo_that_cuts_a_document_off_does_not_show_it_whole():
    photo = tuned("cut_off", 4_950_197, count=600, first_seed=4_050_000)
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert (outline.quad[:, 0] < 0).any()  # as in truth


def test_the_band_of_a_passport_near_the_photos_edge_is_not_its_end():
    photo = tuned("cut_off", 4_950_174, count=600, first_seed=4_050_000)
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert (outline.quad[:, 1] > photo.pixels.shape[0] - 1).any()  # as in truth


def test_the_frame_of_a_portrait_is_not_taken_for_a_document_that_is_cut_off():
    photo = tuned("cut_off", 3_900_190)
    outline = find_outline(photo.pixels)
    assert outline is not None
    assert quad_iou(outline.quad, photo.truth.corners) > 0.6


@pytest.mark.parametrize("seed", range(3))
def test_a_table_without_a_document_has_no_outline(seed):
    assert find_outline(taken("no_document", seed).pixels) is None


@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "rocket", "brick", "grass", "gravel"])
def test_a_picture_of_something_else_has_no_outline(name):
    picture = getattr(data, name)()
    if picture.ndim == 2:
        picture = np.dstack([picture] * 3)
    assert find_outline(picture) is None


@pytest.mark.parametrize("document", ["id_card", "passport"])
def test_a_document_that_fills_the_picture_edge_to_edge_has_no_outline(document):
    side = specimens.draw(document, seed=6).front
    height, width = side.pixels.shape[:2]
    inner = side.pixels[height // 30 : -height // 30, width // 30 : -width // 30]
    assert find_outline(inner) is None


@pytest.mark.parametrize("shape", [(1, 1), (8, 8), (3, 2000), (2000, 3)])
def test_any_picture_is_answered(shape):
    assert find_outline(np.full((*shape, 3), 90, np.uint8)) is None


def test_the_same_picture_gives_the_same_outline():
    photo = taken("genuine", 7)
    one, two = find_outline(photo.pixels), find_outline(photo.pixels)
    assert one is not None
    assert two is not None
    assert np.array_equal(one.quad, two.quad)
    assert one.confidence == two.confidence

"""Every kind of capture is made, the same each time, and its truth fits its pixels."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PIL import Image

from fourcorners.kit.geometry import apply_homography, homography, quad_iou
from fourcorners.specimens import CaptureKind, Document, SpecimenError, capture, draw, save, scene_set
from fourcorners.specimens.camera import lay, pose, side_corners
from fourcorners.specimens.surfaces import SURFACES, draw_surface

SIZE = (640, 480)
INSIDE = [kind for kind in CaptureKind if kind not in (CaptureKind.CUT_OFF, CaptureKind.NO_DOCUMENT)]


@pytest.fixture(scope="module")
def licence() -> Document:
    return draw("driving_licence", seed=2, portrait=4)


@pytest.mark.parametrize("kind", CaptureKind)
def test_the_same_seed_takes_the_same_picture(licence: Document, kind: CaptureKind) -> None:
    first, second = (capture(licence, kind, 0.7, seed=11, size=SIZE) for _ in range(2))
    assert first.encoded == second.encoded
    assert first.truth.to_json() == second.truth.to_json()
    assert first.pixels.shape == (480, 640, 3)
    assert first.pixels.dtype == np.uint8
    assert first.truth.capture is kind
    assert capture(licence, kind, 0.7, seed=12, size=SIZE).encoded != first.encoded


@pytest.mark.parametrize("kind", INSIDE)
@pytest.mark.parametrize("severity", [0.0, 1.0])
def test_the_outline_is_clockwise_and_within_the_frame(licence: Document, kind: CaptureKind, severity: float) -> None:
    for seed in range(2):
        corners = capture(licence, kind, severity, seed=seed, size=SIZE).truth.corners
        assert corners is not None
        edges = np.roll(corners, -1, axis=0) - corners
        turns = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
        assert (turns > 0).all()
        if kind is not CaptureKind.SCREEN_PHOTO:  # a display may reach beyond the frame
            assert (corners >= 0).all()
            assert (corners <= np.array(SIZE)).all()


def test_idp3_a_document_cut_off_reaches_outside(licence: Document) -> None:
    for seed in range(4):
        truth = capture(licence, "cut_off", 0.5, seed=seed, size=SIZE).truth
        assert truth.corners is not None
        assert ((truth.corners < 0) | (truth.corners > np.array(SIZE))).any()
        assert truth.faults == ("corners_visible",)


def test_true_corners_are_where_markers_are_found_again() -> None:
    """Draw dots on a side, lay it down, find the dots in the photo: the truth must say where they are."""
    side = draw("id_card", seed=1).front
    places = np.array([[100.0, 90.0], [900.0, 90.0], [900.0, 540.0], [100.0, 540.0]])
    marked = np.full_like(side.pixels, 255)
    for x, y in places.astype(int):
        cv2.circle(marked, (x, y), 14, (255, 0, 0), -1, cv2.LINE_AA)
    side = replace(side, pixels=marked)
    for seed in range(6):
        rng = np.random.default_rng(seed)
        matrix = pose((1600, 1200), side, rng, tilt_deg=18, turn_deg=float(rng.uniform(-180, 180)), fill=0.9)
        photo = lay(draw_surface((1600, 1200), rng, "paper"), side, matrix, rng).pixels.astype(int)
        red = ((photo[..., 0] > 150) & (photo[..., 1] < 110) & (photo[..., 2] < 110)).astype(np.uint8)
        _, _, stats, centres = cv2.connectedComponentsWithStats(red)
        found = centres[1:][stats[1:, cv2.CC_STAT_AREA] > 60]
        assert len(found) == 4
        for expected in apply_homography(matrix, places):
            assert np.hypot(*(found - expected).T).min() < 1.0


@pytest.mark.parametrize("design", ["harbour", "meridian", "prairie"])
def test_regions_of_the_photo_show_the_regions_of_the_side(design: str) -> None:
    """Flatten a photo by its true corners: it must agree with the drawing."""
    kind = {"harbour": "id_card", "meridian": "passport", "prairie": "driving_licence"}[design]
    document = draw(kind, seed=4, design=design)
    photo = capture(document, severity=0.3, seed=4, size=(1600, 1200))
    assert photo.truth.corners is not None
    flat = cv2.warpPerspective(
        photo.pixels, homography(photo.truth.corners, side_corners(document.front)), document.front.size
    )
    drawn, seen = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(float) for picture in (document.front.pixels, flat))
    assert np.corrcoef(drawn[30:-30, 30:-30].ravel(), seen[30:-30, 30:-30].ravel())[0, 1] > 0.8
    assert set(photo.truth.regions) == set(document.front.regions)


def test_a_good_photo_of_the_back_decodes_to_the_true_bytes(licence: Document) -> None:
    photo = capture(licence, severity=0.0, seed=3, size=(2000, 1500), side="back")
    assert photo.truth.corners is not None
    flat = cv2.warpPerspective(photo.pixels, homography(photo.truth.corners, np.array(FLAT)), (2000, 1261))
    decoded = zxingcpp.read_barcodes(flat, formats=zxingcpp.BarcodeFormat.PDF417)
    assert [barcode.bytes for barcode in decoded] == [photo.truth.barcode]


FLAT = [[0.0, 0.0], [2000.0, 0.0], [2000.0, 1261.0], [0.0, 1261.0]]


def test_idp2_a_grey_copy_has_less_colour_than_the_original() -> None:
    document = draw("id_card", seed=3, design="marigold")

    def colour(kind: str) -> float:
        photo = capture(document, kind, 0.5, seed=8, size=SIZE)
        assert photo.truth.corners is not None
        flat = cv2.warpPerspective(
            photo.pixels, homography(photo.truth.corners, side_corners(document.front)), (900, 500)
        )
        lab = cv2.cvtColor(flat, cv2.COLOR_RGB2LAB).astype(float)[..., 1:]
        return float(lab.std(axis=(0, 1)).sum())

    assert colour("grey_copy") < 0.4 * colour("genuine")


def test_idp3_a_finger_and_glare_hide_what_the_truth_says() -> None:
    document = draw("passport", seed=6, design="fjord")
    for seed in range(5):
        truth = capture(document, "finger", 0.6, seed=seed, size=SIZE).truth
        assert truth.hidden
        assert set(truth.hidden) <= set(truth.regions)
    hidden = {name for seed in range(8) for name in capture(document, "glare", 1.0, seed=seed, size=SIZE).truth.hidden}
    assert hidden
    assert capture(document, "genuine", 0.5, seed=1, size=SIZE).truth.hidden == ()


def test_an_edited_picture_names_what_was_altered() -> None:
    document = draw("id_card", seed=6)
    clean = capture(document, "genuine", 0.25, seed=1, size=SIZE).truth
    altered = [capture(document, "edited", 0.6, seed=seed, size=SIZE).truth for seed in range(8)]
    assert {name for truth in altered for name in truth.altered} > {"portrait"}
    for truth in altered:
        for name in truth.altered:
            assert name == "portrait" or truth.printed[name] != clean.printed[name]
        assert truth.fields == clean.fields


def test_only_what_leaves_a_camera_carries_exif(licence: Document, tmp_path: Path) -> None:
    photo = save(capture(licence, seed=1, size=SIZE), tmp_path / "photo.jpg")
    shot = save(capture(licence, "screenshot", seed=1, size=SIZE), tmp_path / "shot.jpg")
    scan = save(capture(licence, "scan", seed=1, size=SIZE), tmp_path / "scan.jpg")
    assert (photo.name, shot.name, scan.name) == ("photo.jpg", "shot.png", "scan.jpg")
    with Image.open(photo) as opened:
        assert opened.getexif()[0x0110] == "Utopia Phone"
        assert np.array_equal(np.asarray(opened), capture(licence, seed=1, size=SIZE).pixels)
    for path in (shot, scan):
        with Image.open(path) as opened:
            assert not opened.getexif()
    truth = json.loads((tmp_path / "photo.json").read_text())
    assert truth["document"] == "driving_licence"
    assert len(truth["corners"]) == 4
    assert truth["attack"] is False


def test_two_documents_lie_apart(licence: Document) -> None:
    truth = capture(licence, "two_documents", 0.4, seed=5, size=SIZE).truth
    assert truth.corners is not None
    assert len(truth.others) == 1
    assert quad_iou(truth.corners, truth.others[0]) < 0.3


def test_no_document_has_no_outline(licence: Document) -> None:
    truth = capture(licence, "no_document", seed=5, size=SIZE).truth
    assert truth.corners is None
    assert truth.fields == {}


def test_a_set_goes_through_all_pairs() -> None:
    specimens = list(scene_set(["id_card", "driving_licence"], ["genuine", "scan"], seed=1, count=5, size=(320, 240)))
    pairs = [(specimen.truth.document, specimen.truth.capture) for specimen in specimens]
    assert len(pairs) == 5
    assert len(set(pairs)) == 4
    assert len({specimen.truth.seed for specimen in specimens}) == 5


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("size", [(200, 300), (1100, 700)])
def test_a_surface_fills_the_frame(surface: str, size: tuple[int, int]) -> None:
    picture = draw_surface(size, np.random.default_rng(3), surface)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.std() > 1


@pytest.mark.parametrize("wrong", [{"kind": "oil painting"}, {"severity": 1.5}, {"size": (10, 10)}, {"side": "edge"}])
def test_what_cannot_be_taken_is_refused(licence: Document, wrong: dict[str, object]) -> None:
    with pytest.raises(SpecimenError):
        capture(licence, **{"seed": 1, **wrong})


def test_a_passport_has_no_back() -> None:
    with pytest.raises(SpecimenError):
        capture(draw("passport", seed=1), seed=1, side="back")

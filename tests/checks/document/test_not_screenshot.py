"""IDP2: screenshots are refused; photos that a messenger squeezed are not taken for one."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from document_frames import frame_of, photo, plain_frame

from fourcorners.checks.document import not_screenshot
from fourcorners.checks.finding import Finding, Mark, Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.specimens import draw
from fourcorners.specimens.screens import apps_of, honest_file, screenshot_file
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.digital import flat_bars


def checked(frame: DocumentFrame) -> Finding:
    finding = not_screenshot.check(frame, limits_for("document", "not_screenshot"))
    assert finding.reason is None or finding.reason in not_screenshot.REASONS
    return finding


def without_camera(frame: DocumentFrame, file_format: str) -> DocumentFrame:
    frame.picture = replace(frame.picture, format=file_format, metadata={})
    return frame


@pytest.mark.parametrize("seed", range(4))
def test_a_screenshot_fails_and_shows_its_bars(seed: int) -> None:
    finding = checked(without_camera(frame_of(photo("id_card", "screenshot", 0.5, seed)), "PNG"))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "screenshot")
    marks = [mark.label for mark in finding.evidence if isinstance(mark, Mark)]
    assert marks[0] == "bars of one colour"
    assert len(marks) == len(finding.evidence) - 1


@pytest.mark.parametrize("kind", ["genuine", "recompressed", "scan", "low_light"])
def test_other_pictures_pass_even_without_metadata(kind: str) -> None:
    for seed in (1, 2):
        assert checked(without_camera(frame_of(photo("passport", kind, 0.4, seed)), "JPEG")).outcome is Outcome.PASS


def test_strong_compression_makes_no_bars() -> None:
    pixels = photo("passport", "genuine", 0.4, 3).pixels
    _, encoded = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 12])
    squeezed = cv2.imdecode(encoded, cv2.IMREAD_COLOR)[..., ::-1].copy()
    assert flat_bars(squeezed)[0] < 0.05


def test_a_png_of_a_phones_size_without_a_camera_is_doubted() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2532, 1170, 3), dtype=np.uint8)
    finding = checked(without_camera(plain_frame(pixels), "PNG"))
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "screenshot")


@pytest.mark.parametrize("shape", [(2048, 1536), (1920, 1080), (1234, 987)])
def test_a_png_of_a_cameras_shape_is_not_doubted(shape: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    assert checked(without_camera(plain_frame(pixels), "PNG")).outcome is Outcome.PASS


@pytest.mark.parametrize("arrival", ["two on white", "a page of a file", "with a border", "in document mode"])
def test_pages_collages_and_borders_are_not_refused(arrival: str) -> None:
    document = draw("residence_permit", seed=6)
    for seed in range(3):
        finding = checked(DocumentFrame(decode(honest_file(document, arrival, seed=seed, split="tuning"))))
        assert finding.outcome is not Outcome.FAIL


@pytest.mark.parametrize("app", ["desktop_viewer", "folder_window", "chat_window", "upload_page"])
def test_a_window_of_a_computer_is_refused_scaled_down_and_sent_on(app: str) -> None:
    shown = photo("id_card", "genuine", 0.3, 2).pixels
    split = "train" if app in apps_of("train") else "tuning"
    for seed in range(2):
        finding = checked(
            DocumentFrame(decode(screenshot_file(shown, seed=seed, split=split, app=app, saved="sent").encoded))
        )
        assert finding.outcome is Outcome.FAIL
        assert any(isinstance(mark, Mark) for mark in finding.evidence)


def test_a_picture_cut_out_with_a_strip_of_black_is_refused_and_one_in_a_black_border_is_not() -> None:
    shown = photo("id_card", "genuine", 0.3, 2).pixels
    for border, outcome in (((96, 0, 0, 0), Outcome.FAIL), ((48, 48, 48, 48), Outcome.PASS)):
        framed = cv2.copyMakeBorder(shown, *border, cv2.BORDER_CONSTANT, value=(0, 0, 0))
        assert checked(without_camera(plain_frame(np.asarray(framed, np.uint8)), "JPEG")).outcome is outcome


def test_metadata_may_say_so() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3), dtype=np.uint8)
    assert checked(plain_frame(noise, FileName="Screenshot_2026.jpg")).outcome is Outcome.FAIL


@pytest.mark.parametrize("shape", [(1, 64), (7, 7), (64, 1), (64, 64)])
def test_any_picture_has_an_answer(shape: tuple[int, int]) -> None:
    assert checked(plain_frame(np.zeros((*shape, 3), np.uint8))).outcome is Outcome.PASS


def test_an_app_in_white_or_black_is_refused_as_a_jpeg_without_a_name_too() -> None:
    shown = photo("id_card", "genuine", 0.3, 2).pixels
    for seed in range(4):
        file = screenshot_file(shown, seed=seed, split="tuning", app="browser", saved="sent")
        finding = checked(DocumentFrame(decode(file.encoded)))
        assert finding.outcome is Outcome.FAIL
        assert any(isinstance(mark, Mark) and mark.label == "letters on plain ground" for mark in finding.evidence)

"""What is simulated obeys its own parameters, and a physical camera keeps the truth."""

import cv2
import numpy as np
import pytest

from fourcorners.specimens import CaptureKind, Document, capture, draw
from fourcorners.specimens.effects.bayer import Sensor, developed
from fourcorners.specimens.effects.display import Display, banded, through_sub_pixels
from fourcorners.specimens.effects.halftone import blue_noise, dot_screen, inked, line_screen
from fourcorners.specimens.effects.press import PRINT_DPI, printed, random_press
from fourcorners.specimens.handling import HANDLING
from fourcorners.specimens.recaptures import RECAPTURES

SIZE = (800, 600)
SENSOR = Sensor(1.8, 1.4, 0.4, 20_000, 3.0, 1.0, 1.8, 1.5)
PANEL = Display("rgb_stripe", 200.0, 800, 10, 240, 0.5, 0.004, 0.02)


@pytest.fixture(scope="module")
def card() -> Document:
    return draw("id_card", seed=2, portrait=4, dpi=200)


@pytest.mark.parametrize("level", [60, 200])
def test_shot_noise_grows_with_the_root_of_the_gain(level: int) -> None:
    flat = np.full((256, 256, 3), level, np.uint8)
    spread = {}
    for gain in (4.0, 16.0):
        sensor = Sensor(1.8, 1.4, 0.4, 20_000, 0.0, gain, 1.8, 1.5)
        spread[gain] = float(developed(flat, sensor, np.random.default_rng(1))[..., 1].std())
    assert spread[16.0] == pytest.approx(2 * spread[4.0], rel=0.15)


def test_a_sensor_keeps_colours_and_softens_edges() -> None:
    scene = np.zeros((120, 160, 3), np.uint8)
    scene[:, 80:] = (200, 120, 60)
    photo = developed(scene, SENSOR, np.random.default_rng(2))
    assert np.abs(photo[20:-20, 120:].mean(axis=(0, 1)) - [200, 120, 60]).max() < 6
    assert 0 < photo[60, 79:81, 0].max() <= 210


@pytest.mark.parametrize("screen", [dot_screen, line_screen])
@pytest.mark.parametrize("tone", [40, 128, 220])
def test_a_screen_inks_the_share_that_the_tone_asks_for(screen, tone: int) -> None:
    plate = np.full((200, 300), tone, np.uint8)
    assert inked(plate, screen((300, 200), 4.3, 15.0), 120).mean() == pytest.approx(tone, abs=22)


def test_a_stochastic_screen_has_no_coarse_pattern() -> None:
    plate = np.full((256, 256), 128, np.uint8)
    spots = inked(plate, blue_noise((256, 256), np.random.default_rng(3)), 1.0).astype(float)
    spectrum = np.abs(np.fft.fft2(spots - spots.mean())) ** 2
    frequency = np.hypot(np.fft.fftfreq(256)[:, None], np.fft.fftfreq(256)[None, :])
    assert spots.mean() == pytest.approx(128, abs=8)
    assert spectrum[frequency < 0.1].mean() < 0.3 * spectrum[frequency > 0.3].mean()


def test_a_line_screen_shows_at_its_ruling(card: Document) -> None:
    press = random_press("laser", np.random.default_rng(4))
    copy, physics = printed(card.front, press, np.random.default_rng(4))
    assert copy.dpi == PRINT_DPI
    assert physics["ruling_lpi"] == round(press.ruling_lpi, 4)
    grey = cv2.cvtColor(copy.pixels, cv2.COLOR_RGB2GRAY)[300:812, 900:1412].astype(float)
    spectrum = np.abs(np.fft.fft2((grey - grey.mean()) * np.outer(np.hanning(512), np.hanning(512))))
    frequency = np.hypot(np.fft.fftfreq(512)[:, None], np.fft.fftfreq(512)[None, :]) * PRINT_DPI
    near = spectrum[np.abs(frequency - press.ruling_lpi) < 6].max()
    assert near > 4 * np.median(spectrum[np.abs(frequency - press.ruling_lpi) < 40])


def test_sub_pixels_beat_with_the_camera_at_the_frequency_that_sampling_gives() -> None:
    """0.9 display pixels a photo pixel must alias to 0.1 cycles a pixel."""
    grey = np.full((256, 256, 3), 150, np.uint8)
    seen = through_sub_pixels(grey, np.full((256, 256), 255, np.uint8), np.diag([0.9, 0.9, 1.0]), PANEL)
    row = seen[100, :, 1].astype(float)
    peak = np.abs(np.fft.rfft((row - row.mean()) * np.hanning(256))).argmax() / 256
    assert peak == pytest.approx(0.1, abs=0.01)
    assert seen.mean() == pytest.approx(150, rel=0.12)


def test_bands_repeat_with_the_dimming_of_the_display() -> None:
    grey = np.full((1200, 4, 3), 150, np.uint8)
    column = banded(grey, np.full((1200, 4), 255, np.uint8), PANEL, np.random.default_rng(5))[:, 0, 0].astype(float)
    peak = np.abs(np.fft.rfft(column - column.mean())).argmax()
    assert peak == pytest.approx(PANEL.pwm_hz * PANEL.readout_s, abs=1)


@pytest.mark.parametrize("kind", [*RECAPTURES, *HANDLING])
def test_a_physical_camera_sees_the_same_scene(card: Document, kind: CaptureKind) -> None:
    simple, bayer = (capture(card, kind, 0.5, seed=6, size=SIZE, camera=name) for name in ("simple", "bayer"))
    assert simple.truth.corners is not None
    assert bayer.truth.corners is not None
    assert np.array_equal(simple.truth.hidden_corners, bayer.truth.hidden_corners)
    assert bayer.truth.to_dict()["camera"] == "bayer"
    assert bayer.truth.physics
    if "screen" not in kind:  # a display's sub-pixels beat with the mosaic
        assert simple.pixels.astype(float).mean() == pytest.approx(bayer.pixels.astype(float).mean(), rel=0.1)


def test_a_codec_that_predicts_leaves_other_traces(card: Document) -> None:
    bayer, heic = (capture(card, "genuine", 0.2, seed=6, size=SIZE, camera=name) for name in ("bayer", "bayer_heic"))
    assert bayer.encoded != heic.encoded
    assert np.array_equal(bayer.truth.corners, heic.truth.corners)
    assert np.abs(bayer.pixels.astype(int) - heic.pixels).mean() < 4


def test_idp3_a_corner_that_is_covered_or_gone_is_named(card: Document) -> None:
    for seed in range(6):
        assert capture(card, "covered_corner", 0.6, seed=seed, size=SIZE).truth.hidden_corners
        assert len(capture(card, "punched", 0.6, seed=seed, size=SIZE).truth.hidden_corners) == 1
        assert capture(card, "cut_off", 0.6, seed=seed, size=SIZE).truth.hidden_corners
        assert capture(card, "genuine", 0.2, seed=seed, size=SIZE).truth.hidden_corners == ()


def test_idp3_a_thumb_that_holds_the_document_covers_no_corner(card: Document) -> None:
    for seed in range(6):
        truth = capture(card, "held", 0.4, seed=seed, size=SIZE).truth
        assert truth.hidden_corners == ()
        assert truth.faults == ()


def test_a_swapped_portrait_is_altered_only_where_there_is_one(card: Document) -> None:
    front, back = (capture(card, "portrait_swap", 0.5, seed=3, size=SIZE, side=side) for side in ("front", "back"))
    assert front.truth.altered == ("portrait",)
    assert front.truth.faults == ("not_edited",)
    assert (back.truth.altered, back.truth.faults) == ((), ())

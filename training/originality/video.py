"""A frame of a telephone's video: the sensor's pixels binned, noise smoothed away over time, halos, H.264 or HEVC.

Frames have a sixth of a photo's pixels, and what they cost in bits is spread over time: fine noise is gone, edges have
halos, colour is stored at half resolution, flat parts are smooth or in steps at blocks. It is the codec itself that
makes it so here (`av` carries x264 and x265; see training/requirements.txt), on a few frames of a hand that trembles.
"""

import io
from fractions import Fraction

import av
import cv2
import numpy as np
from training.originality.donors import Pixels, Rng

__all__ = ["BINNED", "FRAME_SIZES", "filmed"]

FRAME_SIZES = ((1920, 1080), (1080, 1920))
BINNED = 1.5
"""A frame is drawn so many times larger and then averaged: sensors have more pixels than videos."""
FRAMES, A_SECOND = 3, 30
HEVC_SHARE = 0.35
QUANTISER = (20, 33)
"""Steps of both codecs: phones spend 10 to 20 Mbit a second on such frames."""
TREMBLE_PX, TURN_DEG = 1.2, 0.05
GRAIN = (1.5, 7.0)
KEPT_OF_LAST = (0.3, 0.75)
"""How much of the frame before is kept where nothing moved."""
FLICKER = 0.03
MAINS_BANDS = (1.5, 5.0)
"""Bands that lamps on the mains leave in a frame: 100 or 120 flashes in a second, read in 15 to 33 ms."""


def filmed(rng: Rng, pixels: Pixels, binned: float = BINNED) -> Pixels:
    """The last of a few frames (h, w, 3) of what a photo (binned h, binned w, 3) shows, as the video's file has it."""
    size = round(pixels.shape[1] / binned), round(pixels.shape[0] / binned)
    still = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    if rng.random() < 0.5:
        still = _flickering(rng, still)
    grain, kept = float(rng.uniform(*GRAIN)), float(rng.uniform(*KEPT_OF_LAST))
    smooth = float(rng.uniform(6, 26))
    radius, amount = float(rng.uniform(0.8, 2.0)), float(rng.uniform(0.3, 1.6))
    frames: list[Pixels] = []
    last = None
    for _ in range(FRAMES):
        seen = _grainy(rng, _moved(rng, still), grain)
        calm = np.asarray(cv2.bilateralFilter(seen, 5, smooth, 1.5), np.uint8)
        if last is not None:
            calm = np.asarray(cv2.addWeighted(calm, 1 - kept, _aligned(calm, last, smooth), kept, 0), np.uint8)
        last = calm
        soft = cv2.GaussianBlur(calm, (0, 0), radius)
        frames.append(np.asarray(cv2.addWeighted(calm, 1 + amount, soft, -amount, 0), np.uint8))
    return _coded(frames, int(rng.integers(*QUANTISER)), "libx265" if rng.random() < HEVC_SHARE else "libx264")


def _flickering(rng: Rng, pixels: Pixels) -> Pixels:
    rows = np.linspace(0, 1, len(pixels))
    waves = np.sin(2 * np.pi * (rng.uniform(*MAINS_BANDS) * rows + rng.random()))
    factors = (1 + rng.uniform(0, FLICKER) * waves)[:, None, None].astype(np.float32)
    return np.asarray(np.clip(pixels * factors + 0.5, 0, 255), np.uint8)


def _moved(rng: Rng, pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, TURN_DEG)), 1.0)
    turn[:, 2] += rng.normal(0, TREMBLE_PX, 2)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _grainy(rng: Rng, pixels: Pixels, grain: float) -> Pixels:
    """Shot noise, a little wider than a pixel, as binning a mosaic leaves it."""
    noise = rng.standard_normal(pixels.shape, dtype=np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), 0.6)
    lift = np.sqrt(0.3 + 0.7 * pixels.astype(np.float32) / 255) * np.float32(1.8 * grain)
    return np.asarray(np.clip(pixels + noise * lift + 0.5, 0, 255), np.uint8)


def _aligned(now: Pixels, last: Pixels, smooth: float) -> Pixels:
    """The frame before, laid over this one where it fits, else this one."""
    before, after = (cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32) for frame in (last, now))
    (x, y), _ = cv2.phaseCorrelate(before, after)
    shift = np.array([[1, 0, x], [0, 1, y]], np.float64)
    laid = cv2.warpAffine(last, shift, now.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    apart = cv2.absdiff(laid, now).max(axis=2, keepdims=True)
    return np.where(apart < 1.5 * smooth, laid, now).astype(np.uint8)


def _coded(frames: list[Pixels], quantiser: int, codec: str) -> Pixels:
    """The last of the frames, of which the first stands by itself and the others are told from those before."""
    file = io.BytesIO()
    height, width = (side // 2 * 2 for side in frames[0].shape[:2])
    with av.open(file, "w", format="mp4") as written:
        stream = written.add_stream(codec, rate=A_SECOND)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, A_SECOND)
        stream.thread_count = 1
        stream.options = {"crf": str(quantiser), "preset": "superfast", "bf": "0"}
        if codec == "libx265":
            stream.options |= {"x265-params": "log-level=none:pools=none:frame-threads=1"}
        for frame in frames:
            shown = np.ascontiguousarray(frame[:height, :width])
            written.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        written.mux(stream.encode())
    file.seek(0)
    with av.open(file) as read:
        return np.asarray([frame.to_ndarray(format="rgb24") for frame in read.decode(video=0)][-1], np.uint8)

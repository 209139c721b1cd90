"""A phone with two cameras: the rear one films a drawn passport, before the front one sits a head that answers."""

import base64
import json
import time
from contextlib import suppress

import cv2
import numpy as np
from playwright.sync_api import Error

from fourcorners import specimens
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.heads3d import AnsweringHead

FRONT_CAMERA = """
(() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const clock = performance.now.bind(performance);
  let began = 0, headTime = null;
  performance.now = () => (headTime === null ? clock() : began + headTime);
  window.frontCamera = async (text, atSeconds = null) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    if (canvas.width !== picture.width) { canvas.width = picture.width; canvas.height = picture.height; }
    if (headTime === null) began = clock();
    headTime = atSeconds === null ? null : 1000 * atSeconds;
    pen.drawImage(picture, 0, 0);
  };
  navigator.mediaDevices.getUserMedia = (wish) =>
    wish.video.facingMode?.ideal === "user" ? Promise.resolve(canvas.captureStream(30)) : real(wish);
})();
"""
"""Chromium's fake device plays one file; what the front camera sees depends on what is asked, so it comes from here.

While a head answers, the page's clock is the head's: each of its frames is taken at its own moment, however long the
machine needed to draw, send and judge it. So a busy machine takes longer, but sees no gap and no jump.
"""


def rear_camera_film(document, path, *, seed, frames=8, size=(1600, 1200)):
    """A hand-held film of a document, as the Motion JPEG that Chromium's fake device plays over and over."""
    taken = specimens.capture(document, "genuine", severity=0.2, seed=seed, size=size).pixels
    return film_of(taken, path, seed=seed, frames=frames)


def film_of(taken, path, *, seed, frames=8):
    """A hand-held film of one sight."""
    size = taken.shape[1::-1]
    rng = np.random.default_rng(seed)
    with path.open("wb") as film:
        for _ in range(frames):
            shift = np.array([[1, 0, rng.normal(0, 0.6)], [0, 1, rng.normal(0, 0.6)]])
            moved = cv2.warpAffine(taken, shift, size, borderMode=cv2.BORDER_REPLICATE)
            noisy = np.clip(moved + rng.normal(0, 1.5, moved.shape), 0, 255).astype(np.uint8)
            film.write(jpeg(noisy, 92))
    return path


OPENING_S, FRAME_PATIENCE_S = 0.1, 10
"""How long a frame waits to be sent on: hardly, before the page has begun to send."""


class FrontCamera:
    """What sits before the front camera of `page`, frame by frame."""

    def __init__(self, page, *, person, seed):
        self.page, self.person, self.seed = page, person, seed
        self.told, self.sent = [], 0
        page.on("websocket", self._listen)

    def _listen(self, socket):
        socket.on("framereceived", lambda data: self.told.append(json.loads(data)))
        socket.on("framesent", self._count)

    def _count(self, _):
        self.sent += 1

    def show(self, picture, at_s=None):
        """One frame, a JPEG file, of a moment of the head's; a page that is just being left does not see it."""
        with suppress(Error):
            given = [base64.b64encode(picture).decode(), at_s]
            self.page.evaluate("([text, at]) => window.frontCamera(text, at)", given)

    def hold(self, picture, until, *, limit_s=60):
        """The same sight, as a hand holds a phone, until the page has moved on."""
        pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
        rng, end = np.random.default_rng(self.seed), time.monotonic() + limit_s
        frames = [
            jpeg(np.clip(pixels + rng.normal(0, 1.2, pixels.shape), 0, 255).astype(np.uint8), 92) for _ in range(3)
        ]
        while not until() and time.monotonic() < end:
            self.show(frames[0])
            frames.append(frames.pop(0))
            self.page.wait_for_timeout(80)

    def sit_down(self, *, fps=12):
        """A head before the camera, in its first frame."""
        self.told.clear()
        self.sent = 0
        self.head = AnsweringHead(self.person, seed=self.seed, size=(480, 640), fps=fps)
        self.show(jpeg(self.head.frame()[1], 92))

    def answer(self, until, *, limit_s=170, does=None):
        """The head does each step when it is shown (or `does` instead), in time of its own: see `FRONT_CAMERA`.

        The next frame is shown once the page has sent on the one before it.
        """
        end, asked = time.monotonic() + limit_s, 0
        while not until() and time.monotonic() < end:
            prompt = next((t for t in reversed(self.told) if t.get("type") == "prompt"), None)
            if prompt and prompt["step"] and prompt["done"] == asked:
                self.head.ask(does or prompt["step"], prompt["dot"])
                asked += 1
            at_s, pixels = self.head.frame()
            before = self.sent
            self.show(jpeg(pixels, 92), at_s)
            patience = time.monotonic() + (FRAME_PATIENCE_S if before else OPENING_S)
            while self.sent == before and time.monotonic() < patience and not until():
                self.page.wait_for_timeout(5)

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
  window.frontCamera = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    if (canvas.width !== picture.width) { canvas.width = picture.width; canvas.height = picture.height; }
    pen.drawImage(picture, 0, 0);
  };
  navigator.mediaDevices.getUserMedia = (wish) =>
    wish.video.facingMode?.ideal === "user" ? Promise.resolve(canvas.captureStream(30)) : real(wish);
})();
"""
"""Chromium's fake device plays one file; what the front camera sees depends on what is asked, so it comes from here."""


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


class FrontCamera:
    """What sits before the front camera of `page`, frame by frame."""

    def __init__(self, page, *, person, seed):
        self.page, self.person, self.seed = page, person, seed
        self.told = []
        page.on("websocket", self._listen)

    def _listen(self, socket):
        socket.on("framereceived", lambda data: self.told.append(json.loads(data)))

    def show(self, picture):
        """One frame, a JPEG file; a page that is just being left does not see it."""
        with suppress(Error):
            self.page.evaluate("text => window.frontCamera(text)", base64.b64encode(picture).decode())

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
        self.head, self.fps = AnsweringHead(self.person, seed=self.seed, size=(480, 640), fps=fps), fps
        self.show(jpeg(self.head.frame()[1], 92))

    def answer(self, until, *, limit_s=110, does=None):
        """The head does each step when it is shown (or `does` instead), in the time of the clock on the wall.

        On a busy machine frames are left out: a head that moved in slow motion could follow no dot.
        """
        began, asked = time.monotonic(), 0
        while not until() and time.monotonic() - began < limit_s:
            prompt = next((t for t in reversed(self.told) if t.get("type") == "prompt"), None)
            if prompt and prompt["step"] and prompt["done"] == asked:
                self.head.ask(does or prompt["step"], prompt["dot"])
                asked += 1
            self.head.wait(time.monotonic() - began - 1 / self.fps)
            at_s, pixels = self.head.frame()
            self.show(jpeg(pixels, 92))
            ahead = at_s + 1 / self.fps - (time.monotonic() - began)
            self.page.wait_for_timeout(max(1, 1000 * ahead))

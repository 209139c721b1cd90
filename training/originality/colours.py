"""How much colour pages in colour and grey copies show: what the limits of `in_colour` are chosen by.

    python -m training.originality.colours ROWS.jsonl --split tuning [--count 60] [--first 6500000]

Draws documents of the split's templates in turn, each as it is and as a grey or toned copy, faded or on darker paper;
photographs both under usual and coloured lamps, in the dark, in shadows, in hands; takes each picture once more under
two lights, with other white balance, blotches of colour and hard compression, and shows each page through a camera of
another kind (`colour_cameras`). Adds to the file what the measures say of each.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from training.originality.colour_cameras import COPY_PX, through_a_camera
from training.originality.donors import Pixels, Rng

from fourcorners.specimens import Camera, capture, draw
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.effects.printing import grey_copied, toned_copied
from fourcorners.specimens.effects.sensor import decode, intra_coded, jpeg
from fourcorners.specimens.model import Document, Side
from fourcorners.vision.faces import find_faces
from fourcorners.vision.originality.colour import colour_copy, portrait_warmth, unexplained_colour
from fourcorners.vision.originality.lights import colour_beside_lights
from fourcorners.vision.page import rectify

KINDS = {
    "genuine": 0.4, "held": 0.1, "colour_cast": 0.2, "low_light": 0.1, "shadow": 0.1, "recompressed": 0.05,
    "glare": 0.05,
}  # fmt: skip
SIZES = ((1200, 900), (900, 1200), (1600, 1200))
BACKS, TONED, FADED = 0.35, 0.25, 0.4
"""How often a back is shown, a copy is toned, a copy is faded or on darker paper."""
TURNS = 2
FIRST_PERSON = 3000
OUTLINE_ERROR = 0.003
"""How far corners are off, in parts of the diagonal."""
DAYLIGHT = np.array([1.0, 0.12, -1.1])
"""How red, green and blue change from one daylight or lamp to a warmer one."""
GAMMA = 2.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", default="tuning")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--first", type=int, default=6_500_000)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    designs = designs_of(None, arguments.split)
    for number in range(arguments.count):
        seed, design = arguments.first + number, designs[number % len(designs)]
        rng = np.random.default_rng((seed, 11))
        document = draw(design.kind, seed=seed, portrait=FIRST_PERSON + seed % 1000, design=design.name)
        side = "back" if document.back is not None and rng.random() < BACKS else "front"
        for colour in (True, False):
            for turn in range(TURNS):
                shown = document if colour else _copied(document, side, rng)
                for row in _measured(shown, side, seed * 10 + turn, rng):
                    about = {"colour": colour, "template": design.name, "side": side, "seed": seed}
                    with arguments.out.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({**about, **row}) + "\n")


def _copied(document: Document, side: str, rng: Rng) -> Document:
    original: Side = getattr(document, side)
    if rng.random() < TONED:
        copy, _ = toned_copied(original, rng)
    else:
        copy = grey_copied(original, float(rng.uniform(0, 1)), rng)
    if rng.random() < FADED:
        low, high = rng.uniform(0, 110), rng.uniform(170, 255)
        paper = 1 + np.array([0.5, 0.2, -1]) * rng.uniform(-0.03, 0.09)
        faded = (low + copy.pixels / 255 * (high - low)) * paper
        copy = replace(copy, pixels=np.clip(faded, 0, 255).astype(np.uint8))
    return replace(document, back=copy) if side == "back" else replace(document, front=copy)


def _measured(document: Document, side: str, seed: int, rng: Rng) -> list[dict[str, object]]:
    """What is said of one photo as it was taken, under harder conditions, and of its page through another camera."""
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    severity = float(rng.uniform(0, 0.9 if kind in ("colour_cast", "held") else 0.5))
    camera, size = list(Camera)[int(rng.integers(len(Camera)))], SIZES[int(rng.integers(len(SIZES)))]
    taken = capture(document, kind, severity, seed=seed, size=size, side=side, camera=camera)
    corners = np.asarray(taken.truth.corners, dtype=np.float64)
    corners = corners + rng.normal(0, OUTLINE_ERROR * np.linalg.norm(corners[0] - corners[2]), (4, 2))
    rows = []
    pages = [rectify(photo, corners).pixels for photo in (taken.pixels, _under_two_lights(taken.pixels, rng))]
    faces = find_faces(pages[0])
    pages.append(_by_another_camera(pages[0], rng))
    for way, page in zip(("as taken", "harder", "another camera"), pages, strict=True):
        small = colour_copy(page)
        colour = unexplained_colour(page, small)
        rows.append({
            "kind": kind, "way": way, "local": colour.typical, "in_spots": colour.in_spots, "between": colour.between,
            "beside_lights": colour_beside_lights(small),
            "warmth": portrait_warmth(pages[0], faces[0].box, small) if faces else None,
        })  # fmt: skip
    return rows


def _by_another_camera(page: Pixels, rng: Rng) -> Pixels:
    height, width = page.shape[:2]
    share = min(1.0, COPY_PX / max(height, width))
    size = round(width * share), round(height * share)
    return through_a_camera(np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8), rng)


def _under_two_lights(pixels: Pixels, rng: Rng) -> Pixels:
    height, width = pixels.shape[:2]
    light = (pixels / 255) ** GAMMA
    if rng.random() < 0.6:
        amount = float(rng.choice([0.03, 0.08, 0.16], p=[0.4, 0.4, 0.2])) * rng.uniform(0.5, 1.5)
        hue = DAYLIGHT + rng.normal(0, 0.25, 3)
        light = light * np.exp(amount * _smooth(rng, height, width, int(rng.integers(2, 5)))[..., None] * hue)
    if rng.random() < 0.25:  # something coloured beside it is mirrored
        glow = np.clip(_smooth(rng, height, width, 4), 0, 3)
        light = light + glow[..., None] * np.abs(rng.normal(0, 0.012, 3))
    if rng.random() < 0.7:
        balance = np.exp(DAYLIGHT * rng.normal(0, 0.12) + rng.normal(0, 0.03, 3))
        light = light * (balance / balance.max()) * rng.uniform(0.6, 1.05)
    seen = np.clip(light, 0, 1) ** (1 / GAMMA)
    if rng.random() < 0.5:
        grey = seen.mean(axis=2, keepdims=True)
        seen = np.clip(grey + (seen - grey) * rng.uniform(0.75, 1.6), 0, 1) ** rng.uniform(0.93, 1.07, 3)
    levels = 255 * seen
    if rng.random() < 0.6:  # noise of colour that was smoothed into blotches
        grain = float(np.exp(rng.uniform(np.log(2), np.log(60))))
        amount = float(rng.choice([1, 2.5, 5], p=[0.5, 0.35, 0.15])) * rng.uniform(0.3, 1.2)
        coarse = rng.normal(0, amount, (max(2, int(height / grain)), max(2, int(width / grain)), 2))
        red, blue = cv2.split(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC))
        levels = levels + np.dstack([1.4 * red, -0.7 * red - 0.35 * blue, 1.77 * blue])
    photo = np.clip(np.rint(levels), 0, 255).astype(np.uint8)
    way = rng.random()
    if way < 0.25:
        return intra_coded(photo, int(rng.integers(12, 60)))
    return decode(jpeg(photo, int(rng.integers(30, 90)))) if way < 0.6 else photo


def _smooth(rng: Rng, height: int, width: int, knots: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    field = cv2.resize(rng.normal(0, 1, (knots, knots)), (width, height), interpolation=cv2.INTER_CUBIC)
    spread: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (field - field.mean()) / max(float(field.std()), 1e-3)
    return spread


if __name__ == "__main__":
    main()

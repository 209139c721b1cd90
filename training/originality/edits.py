"""What tells of edits: what the limits `portrait_saved_once`, `line_saved_once` and `line_set_anew` are chosen by.

    python -m training.originality.edits ROWS.jsonl --split tuning [--count 24] [--megapixels 12]

Photographs documents of the split's templates, and saves each photo again as it is, with a portrait pasted in, with a
line set anew as the attack "edited" does, and with one set anew in other ways (`donors.line_set_anew`); the first and
the last two also as a messenger sends them on, smaller. Adds to the file what is said of each place that is found, also
in the photo as it came from the camera. Seeds from `--first` on.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from training.originality.donors import LETTERS, Photo, Pixels, Rng, line_set_anew

from fourcorners.checks.document.lines_anew import line_signs
from fourcorners.checks.document.not_edited import places_of, saved_before
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation import drawn
from fourcorners.kit.geometry import Quad
from fourcorners.specimens import Specimen, file_bytes
from fourcorners.specimens.designs import design_named
from fourcorners.specimens.effects.sensor import jpeg
from fourcorners.specimens.effects.splice import portrait_pasted, text_replaced
from fourcorners.specimens.portraits import id_portrait
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.originality.noise_floor import find_quiet

QUALITIES = (70, 96)
SENT_SIDES_PX, SENT_QUALITIES = (1280, 1600, 2048), (65, 86)
LINES = ("birth_date", "expiry_date", "document_number")
FIRST_PERSON = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split", default="tuning")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--first", type=int, default=6_400_000)
    parser.add_argument("--megapixels", type=float)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    limits = limits_for("document", "not_edited")
    sizes = drawn.sizes_of(arguments.megapixels)
    listed = drawn.items(
        -(-arguments.count // drawn.GENUINE_FACTOR), ["genuine"],
        split=arguments.split, first_seed=arguments.first, sizes=sizes,
    )  # fmt: skip
    for item in listed[: arguments.count]:
        rng = np.random.default_rng((item["seed"], 17))
        taken = drawn.picture({**item, "side": "front"})
        font = design_named(item["template"]).fonts["value"]
        for edit, name, file in _files(rng, taken, font):
            frame = DocumentFrame(decode(file))
            smaller = frame.picture.pixels.shape[1] / taken.pixels.shape[1]
            where = None if name is None else taken.truth.regions[name] * smaller
            places, quads = places_of(frame, limits["places_most"])
            found = saved_before(frame, places, quads)
            once = [None] * len(places) if found is None else found.once
            signs = line_signs(frame, places, quads, find_quiet(frame.picture.pixels, quads), found, limits)
            row = {
                "edit": edit, "template": item["template"], "camera": item["camera"], "seed": item["seed"],
                "places": [
                    {"kind": place.kind, "pasted": _holds(where, quad), "once": told, "signs": signs.get(n)}
                    for n, (place, quad, told) in enumerate(zip(places, quads, once, strict=True))
                ],
            }  # fmt: skip
            with arguments.out.open("a", encoding="utf-8") as file_of_rows:
                file_of_rows.write(json.dumps(row) + "\n")


def _files(rng: Rng, taken: Specimen, font: str) -> Iterator[tuple[str, str | None, bytes]]:
    """(edit, the region that it changed, the file), beginning with the camera's own."""
    yield "none", None, file_bytes(taken)
    yield "saved again", None, _saved(rng, taken.pixels)
    severity, regions = float(rng.uniform(0, 1)), taken.truth.regions
    if "portrait" in regions:
        other = id_portrait(FIRST_PERSON + int(rng.integers(1000)), int(rng.integers(1000)))
        yield (
            "portrait",
            "portrait",
            _saved(rng, portrait_pasted(taken.pixels, other, regions["portrait"], severity, rng)),
        )
    lines = [name for name in LINES if name in taken.truth.printed]
    side = int(rng.choice(SENT_SIDES_PX))
    yield "sent on", None, _sent(rng, taken.pixels, side)
    if lines:
        name, also = (lines[int(n)] for n in rng.integers(len(lines), size=2))
        text = "".join(rng.choice(LETTERS, len(taken.truth.printed[name])))
        host = Photo(taken.pixels, taken.truth.corners, dict(regions), font)
        for way, edited in (
            ("line", text_replaced(taken.pixels, text, font, regions[name], severity, rng)),
            ("line otherwise", line_set_anew(rng, taken.pixels, regions[name], font, regions[also], [host])),
        ):
            yield way, name, _saved(rng, edited)
            yield f"{way}, sent on", name, _sent(rng, edited, side)


def _sent(rng: Rng, pixels: Pixels, side: int) -> bytes:
    share = side / max(pixels.shape[:2])
    smaller = cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return jpeg(np.asarray(smaller, np.uint8), int(rng.integers(*SENT_QUALITIES)))


def _saved(rng: Rng, pixels: Pixels) -> bytes:
    return jpeg(pixels, int(rng.integers(*QUALITIES)))


def _holds(where: Quad | None, found: Quad) -> bool:
    """Does one of two quads hold the middle of the other?"""
    if where is None:
        return False
    pairs = ((where, found.mean(axis=0)), (found, where.mean(axis=0)))
    return any(cv2.pointPolygonTest(quad.astype(np.float32), tuple(map(float, at)), False) >= 0 for quad, at in pairs)


if __name__ == "__main__":
    main()

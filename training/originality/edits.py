"""What an earlier saving tells of edits: what the limits `portrait_saved_once` and `line_saved_once` are chosen by.

    python -m training.originality.edits ROWS.jsonl --split tuning [--count 24] [--megapixels 12]

Photographs documents of the split's templates, and saves each photo again as it is, with a portrait pasted in and with
a line set anew, as the attack "edited" does. Adds to the file what is said of each place that is found, also in the
photo as it came from the camera. Seeds from `--first` on.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from training.originality.donors import LETTERS, Pixels, Rng

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

QUALITIES = (70, 96)
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
    most = limits_for("document", "not_edited")["places_most"]
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
            where = None if name is None else taken.truth.regions[name]
            places, quads = places_of(frame, most)
            found = saved_before(frame, places, quads)
            once = [None] * len(places) if found is None else found.once
            row = {
                "edit": edit, "template": item["template"], "camera": item["camera"], "seed": item["seed"],
                "places": [
                    {"kind": place.kind, "pasted": _holds(where, quad), "once": told}
                    for place, quad, told in zip(places, quads, once, strict=True)
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
    if lines:
        name = lines[int(rng.integers(len(lines)))]
        text = "".join(rng.choice(LETTERS, len(taken.truth.printed[name])))
        yield "line", name, _saved(rng, text_replaced(taken.pixels, text, font, regions[name], severity, rng))


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

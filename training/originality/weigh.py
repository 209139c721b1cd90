"""Weights for weak signs together, from photos of the tuning templates, and what phones and videos make of them.

    python -m training.originality.weigh SIGNS.jsonl [--count 200] [--first 6300000]

Draws photos of originals, displays and prints by turns and adds what the measures of originality say of each to the
file, so that a stopped run goes on; then prints the weights for `checks/document/limits.toml`, and where both kinds
come to lie.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from training.originality.phones import taken_by_phone
from training.originality.splices import SIZES
from training.originality.video import filmed

from fourcorners import specimens
from fourcorners.checks.document.not_screen_photo import sides_of
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation.topics.leave_one_out import fitted
from fourcorners.specimens import Camera
from fourcorners.specimens.designs import designs_of
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

ORIGINALS = ("genuine", "genuine", "genuine", "held", "glare")
DISPLAYS = ("monitor_screen", "monitor_screen", "screen_photo")
PRINTS = ("laser_print", "inkjet_print", "colour_copy")
KINDS = (*ORIGINALS, *DISPLAYS, *PRINTS)
ARRIVED = ("taken", "by phone", "filmed")
FRAME_PX = 1600
"""Longest side of a frame: its page is then about as large as that of a frame of 1920 px which it does not fill."""
FIRST_PERSON = 3000
CAREFUL = 0.5

Row = dict[str, float | str | bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--first", type=int, default=6_300_000)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    rows: list[Row] = []
    if arguments.out.exists():
        rows = [json.loads(line) for line in arguments.out.read_text(encoding="utf-8").splitlines()]
    for number in range(len(rows) // len(ARRIVED), arguments.count):
        new = _measured(KINDS[number % len(KINDS)], arguments.first + number)
        with arguments.out.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in new)
        rows += new
    for check, attacks in (("not_screen_photo", DISPLAYS), ("not_photocopy", PRINTS)):
        _weigh(check, attacks, rows)


def _measured(kind: str, seed: int) -> list[Row]:
    """The signs of one photo as it was taken, as it arrives, and as a frame of a video."""
    rng = np.random.default_rng((seed, 3))
    designs = designs_of(None, "tuning")
    design = designs[int(rng.integers(len(designs)))]
    document = specimens.draw(design.kind, seed=seed, portrait=FIRST_PERSON + seed % 1000, design=design.name)
    taken = specimens.capture(
        document, kind, float(rng.uniform(0, CAREFUL if kind == "genuine" else 1)), seed=seed,
        size=SIZES[int(rng.integers(len(SIZES)))], camera=list(Camera)[int(rng.integers(len(Camera)))],
    )  # fmt: skip
    picture = decode(specimens.file_bytes(taken))
    arrived, _ = taken_by_phone(rng, picture.pixels)
    frame = filmed(rng, picture.pixels, max(1.0, max(picture.pixels.shape) / FRAME_PX))
    seen = picture.pixels, arrived, frame
    signs = [_signs(DocumentFrame(replace(picture, pixels=pixels))) for pixels in seen]
    return [{"kind": kind, "arrived": way, **each} for way, each in zip(ARRIVED, signs, strict=True)]


def _signs(frame: DocumentFrame) -> Row:
    texture, windows, lattice = frame.page_texture, frame.recapture, frame.halftone
    hue = frame.turning_hue
    assert texture is not None
    assert windows is not None
    assert hue is not None
    return {
        "page": texture.display_evidence,
        "frame": 0.0 if frame.bezel is None else sides_of(frame.bezel, limits_for("document", "not_screen_photo")),
        "bands": frame.bands.clearness,
        "hue": hue.share,
        "page_printed": texture.print_evidence,
        "windows": windows.print_evidence,
        "lattice": 0.0 if lattice is None else lattice.clearness,
    }


def _weigh(check: str, attacks: Sequence[str], rows: Sequence[Row]) -> None:
    limits = limits_for("document", check)
    bounds = {name: weight[1:] for name, weight in limits["weights"].items() if name != "one"}
    used = [row for row in rows if row["kind"] in (*ORIGINALS, *attacks)]
    wanted = "page_printed" if check == "not_photocopy" else "page"
    table = [[row[wanted if name == "page" else name] for name in bounds] for row in used]
    signs: NDArray[np.float64] = np.clip(np.array(table, dtype=np.float64), *np.array(list(bounds.values())).T)
    is_attack = np.array([row["kind"] in attacks for row in used])
    weights = fitted(signs[~is_attack], signs[is_attack])
    print(check, {name: round(float(w), 2) for name, w in zip([*bounds, "one"], weights, strict=True)})
    odds = signs @ weights[:-1] + weights[-1]
    print("  originals, highest:", np.round(np.sort(odds[~is_attack])[::-1][:10], 2).tolist())
    print("  attacks, lowest:", np.round(np.sort(odds[is_attack])[:15], 2).tolist(), "of", int(is_attack.sum()))


if __name__ == "__main__":
    main()

"""How often machine-readable zones of specimens are read exactly, surely, and surely wrong; and how fast.

python -m bench.mrz --count 100
"""

import argparse
import time
from collections import Counter

import cv2
import numpy as np

from fourcorners.kit.stats import wilson_interval
from fourcorners.specimens import CaptureKind, Specimen, capture, draw
from fourcorners.vision.mrz import read_mrz
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture

FIRST_SEED = 20_000
"""Seeds below 1000 were looked at while the limits were chosen."""
DOCUMENTS = ("id_card", "passport", "id_card_td2")
MISHAPS = (
    CaptureKind.GENUINE,
    CaptureKind.BLUR,
    CaptureKind.MOTION_BLUR,
    CaptureKind.LOW_LIGHT,
    CaptureKind.NOISE,
    CaptureKind.COLOUR_CAST,
    CaptureKind.GLARE,
    CaptureKind.SHADOW,
    CaptureKind.RECOMPRESSED,
    CaptureKind.GREY_COPY,
    CaptureKind.COLOUR_COPY,
    CaptureKind.SCREEN_PHOTO,
    CaptureKind.SCAN,
)
CORNER_NOISE = 0.004
"""Standard deviation of the corners that the outline finder would give, as a share of the diagonal."""


def worn(seed: int, level: str) -> Specimen:
    """A picture of a zone: a careful photo, a mishap, or a gross one."""
    rng = np.random.default_rng((seed, 5))
    document = draw(DOCUMENTS[seed % len(DOCUMENTS)], seed=seed)
    side = "back" if document.back is not None and document.back.mrz else "front"
    kind, severity, size = {
        "careful": (CaptureKind.GENUINE, rng.uniform(0, 0.3), (1600, 1200)),
        "worn": (MISHAPS[int(rng.integers(len(MISHAPS)))], rng.uniform(0.2, 0.6), (1280, 960)),
        "badly worn": (MISHAPS[int(rng.integers(len(MISHAPS)))], rng.uniform(0.6, 1.0), (1024, 768)),
    }[level]
    return capture(document, kind, float(severity), seed=seed, size=size, side=side)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="pictures a level")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    for level in ("careful", "worn", "badly worn"):
        found, times = Counter[str](), []
        for seed in range(FIRST_SEED, FIRST_SEED + options.count):
            photo = worn(seed, level)
            if any(region.startswith("mrz") for region in photo.truth.hidden):
                found["covered"] += 1
                continue
            picture = Picture(photo.pixels, "JPEG", len(photo.encoded), "")
            corners = np.asarray(photo.truth.corners)
            diagonal = float(np.linalg.norm(corners[0] - corners[2]))
            noise = np.random.default_rng(seed).normal(0, CORNER_NOISE * diagonal, corners.shape)
            page = rectify(photo.pixels, corners + noise)
            began = time.process_time()
            reading = read_mrz(picture, page)
            times.append(time.process_time() - began)
            exact = reading is not None and reading.lines == photo.truth.mrz
            sure = reading is not None and reading.sure
            found.update(read=1, exact=exact, sure=sure, wrong=sure and not exact)
        low, high = wilson_interval(found["exact"], found["read"])
        print(
            f"{level:<11} n {found['read']} ({found['covered']} covered ones left out)  exact {found['exact']} "
            f"({low:.1%} to {high:.1%})  sure {found['sure']}  surely wrong {found['wrong']}  "
            f"{np.median(times) * 1e3:.0f} ms of one core, 95 % within {np.quantile(times, 0.95) * 1e3:.0f}"
        )


if __name__ == "__main__":
    main()

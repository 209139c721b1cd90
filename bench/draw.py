"""Draw the case that is timed: `python -m bench.draw FOLDER` writes document.jpg and selfie.jpg."""

import sys
from pathlib import Path

from fourcorners import specimens

SEED = 10_001
PHOTO = (3000, 4000)
"""12 megapixels, upright, as a phone takes them: width, height."""


def draw(folder: Path) -> None:
    """A genuine photo of a passport page and a selfie of its holder."""
    passport = specimens.draw("passport", seed=SEED, dpi=600)
    specimens.save(specimens.capture(passport, "genuine", 0.3, seed=SEED, size=PHOTO), folder / "document.jpg")
    specimens.save(specimens.selfie(0, seed=SEED, size=PHOTO), folder / "selfie.jpg")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))

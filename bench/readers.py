"""Who reads machine-readable zones exactly: ours, RapidOCR over the full page with the grammar, and Tesseract.

python -m bench.readers --count 20

All see the same drawn photos, whole. The others' lines are what is left of their text without spaces and of a format's
length; with RapidOCR a letter in a date or a digit in a name is put right as look-alikes go.
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from fourcorners.evaluation.topics.mrz_drawn import FIRST_SEED, LEVELS, photo
from fourcorners.formats.mrz import LAYOUTS
from fourcorners.formats.mrz.detect import format_of
from fourcorners.specimens import Specimen
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

Reader: TypeAlias = Callable[[Specimen], tuple[str, ...]]
LENGTHS = {layout.line_length for layout in LAYOUTS.values()}
TO_DIGIT = str.maketrans("OQDIZSB", "0001258")
TO_LETTER = str.maketrans("01258", "OIZSB")


def ours(shot: Specimen) -> tuple[str, ...]:
    """The whole way: decode, outline, zone."""
    reading = DocumentFrame(decode(shot.encoded)).mrz
    return reading.lines if reading else ()


def rapid() -> Reader:
    """RapidOCR's detection and recognition over the full page, then the grammar."""
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.INFO)
    engine: Any = RapidOCR()

    def read(shot: Specimen) -> tuple[str, ...]:
        found = engine(cv2.cvtColor(shot.pixels, cv2.COLOR_RGB2BGR)).txts
        return by_grammar(zone_lines(found or ()))

    return read


def tesseract(shot: Specimen) -> tuple[str, ...]:
    """Tesseract's own page segmentation, English."""
    grey: NDArray[np.uint8] = np.asarray(cv2.cvtColor(shot.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    coded = cv2.imencode(".png", grey)[1].tobytes()
    command = ["tesseract", "-", "-", "-l", "eng", "--psm", "3"]
    run = subprocess.run(command, input=coded, capture_output=True, check=False)
    return by_grammar(zone_lines(run.stdout.decode(errors="replace").splitlines()))


def zone_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """The last lines that could be a zone's: of a format's length, with fillers."""
    clean = ["".join(text.upper().replace("«", "<<").replace("‹", "<").split()) for text in texts]
    good = [line for line in clean if len(line) in LENGTHS and "<" in line]
    same = [line for line in good if len(line) == len(good[-1])]
    return tuple(same[-(3 if len(same[-1]) == 30 else 2) :]) if same else ()


def by_grammar(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Digits where the format wants digits, letters where it wants letters."""
    if not any((x.line_count, x.line_length) == (len(lines), len(lines[0] if lines else "")) for x in LAYOUTS.values()):
        return lines
    layout = LAYOUTS[format_of(lines)]
    fixed = []
    for line, allowed in zip(lines, layout.allowed, strict=True):
        fixed.append("".join(_fitting(c, usual) for c, usual in zip(line, allowed, strict=True)))
    return tuple(fixed)


def _fitting(character: str, usual: str) -> str:
    if character in usual:
        return character
    return character.translate(TO_DIGIT if "0" in usual else TO_LETTER)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="pictures a level")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    compare(options.count)


def compare(count: int) -> None:
    """A table: who reads how many of `count` pictures a level exactly, and in how much wall time."""
    readers: dict[str, Reader] = {"fourcorners": ours, "RapidOCR full page + grammar": rapid()}
    if shutil.which("tesseract"):
        readers["Tesseract full page + grammar"] = tesseract
    print(f"\n{'machine-readable zones read exactly':<36}" + "".join(f"{level:>14}" for level in LEVELS) + f"{'ms':>9}")
    shots = {level: [photo(level, FIRST_SEED + i) for i in range(count)] for level in LEVELS}
    for name, read in readers.items():
        exact, spent = dict.fromkeys(LEVELS, 0), []
        read(shots[LEVELS[0]][0])  # warms up
        for level, pictures in shots.items():
            for shot in pictures:
                began = time.perf_counter()
                lines = read(shot)
                spent.append(time.perf_counter() - began)
                exact[level] += lines == shot.truth.mrz
        cells = "".join(f"{f'{exact[level]} of {count}':>14}" for level in LEVELS)
        print(f"{name:<36}{cells}{1000 * median(spent):>9.0f}", flush=True)
    if "Tesseract full page + grammar" not in readers:
        print("Tesseract full page + grammar: not installed")


if __name__ == "__main__":
    main()

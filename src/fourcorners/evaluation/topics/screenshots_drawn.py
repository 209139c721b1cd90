"""Drawn screenshots of apps that nothing was tuned on, and honest files that have lost their camera's name."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fourcorners.checks.document import not_screenshot
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.specimens import capture, draw
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.model import Document, Pixels
from fourcorners.specimens.screens import ARRIVALS, PICTURE_ALONE, SAVED, honest_file, screenshot_file
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

__all__ = ["ABOUT", "COUNT", "FIRST_SEED", "LABELS", "NAME", "items", "measure", "summarise"]

NAME = "screenshots_drawn"
ABOUT = "screenshots of drawn apps, and honest files after cameras, messengers, scanners and converters"
LABELS: tuple[str, ...] = ()

FIRST_SEED = 9_800_000
"""Nothing was trained or tuned on seeds from here on."""
COUNT = 1000
"""Screenshots, and as many honest files."""
ALONE = 100
"""Screenshots of which only the picture was kept."""
HELD_OUT = "evaluation"
DOCUMENTS = 30
"""Different documents, each in photos of two shapes and flat: a new one for each file would take hours."""
SIZES = ((1024, 768), (768, 1024))
FIRST_PERSON = 8_000
BESIDE_LEAST = 0.005
"""With less of the screen beside the picture nothing of it is left."""


def items(root: Path) -> list[Item]:
    """Screenshots of all apps, saved in all ways; pictures cut out of such; honest files of all kinds by turns."""
    del root
    shots = [{"set": "screenshot", "seed": FIRST_SEED + n, "saved": None} for n in range(COUNT)]
    cut = [{"set": PICTURE_ALONE, "seed": FIRST_SEED + 10_000 + n, "saved": PICTURE_ALONE} for n in range(ALONE)]
    kinds = list(ARRIVALS)
    honest = [{"set": kinds[n % len(kinds)], "seed": FIRST_SEED + 20_000 + n, "saved": None} for n in range(COUNT)]
    return [*shots, *cut, *honest]


def measure(root: Path, item: Item) -> Row:
    """What the check says of the file, and for a screenshot the app and how it was saved."""
    del root
    seed = item["seed"]
    about: Row = {}
    if item["set"] in ARRIVALS:
        encoded = honest_file(_document(seed % DOCUMENTS), item["set"], seed=seed, split=HELD_OUT)
    else:
        shown = _pictures(seed % DOCUMENTS)[seed % 3]
        file = screenshot_file(shown, seed=seed, split=HELD_OUT, saved=item["saved"])
        encoded, about = file.encoded, {"app": file.app, "saved": file.saved, "beside": file.beside}
    finding = not_screenshot.check(DocumentFrame(decode(encoded)), limits_for("document", not_screenshot.NAME))
    return {**about, "outcome": finding.outcome.value, "raw": finding.raw}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Screenshots refused and not passed, by app and way of saving; honest files refused and doubted, by kind."""
    named = list(zip(items, rows, strict=True))
    shots = [row for item, row in named if item["set"] == "screenshot"]
    measures = _told("screenshots", shots)
    for what, left in (("with something of the screen in them", True), ("cropped to the picture", False)):
        measures += _told(what, [row for row in shots if (row.get("beside", 0.0) >= BESIDE_LEAST) == left])
    for key, values in (("app", {row.get("app") for row in shots}), ("saved", set(SAVED))):
        for value in sorted(str(v) for v in values):
            mine = [row for row in shots if row.get(key) == value]
            measures.append(share(f"refused: {key} {value}", _count(mine, "fail"), len(mine)))
    measures += _told(PICTURE_ALONE, [row for item, row in named if item["set"] == PICTURE_ALONE])
    honest = [(item, row) for item, row in named if item["set"] in ARRIVALS]
    measures.append(share("honest files refused", _count([row for _, row in honest], "fail"), len(honest)))
    for kind in ARRIVALS:
        mine = [row for item, row in honest if item["set"] == kind]
        measures.append(share(f"not passed: {kind}", len(mine) - _count(mine, "pass"), len(mine)))
    wrong = [
        f"{item['set']} {row.get('app', '')} {row.get('saved', '')}, seed {item['seed']}: {row.get('outcome')}"
        for item, row in named
        if row.get("outcome") != ("pass" if item["set"] in ARRIVALS else "fail") and item["set"] != PICTURE_ALONE
    ]
    return measures, wrong


def _told(what: str, rows: Sequence[Row]) -> list[Measure]:
    refused, passed = _count(rows, "fail"), _count(rows, "pass")
    return [
        share(f"{what} refused", refused, len(rows)),
        share(f"{what} refused or doubted", len(rows) - passed, len(rows)),
    ]


def _count(rows: Sequence[Row], outcome: str) -> int:
    return sum(row.get("outcome") == outcome for row in rows)


@cache
def _document(number: int) -> Document:
    designs = designs_of(None, HELD_OUT)
    design = designs[number % len(designs)]
    return draw(design.kind, seed=FIRST_SEED + number, portrait=FIRST_PERSON + number, design=design.name)


@cache
def _pictures(number: int) -> tuple[Pixels, ...]:
    """The document as it was photographed lying and upright, and flat."""
    document = _document(number)
    photos = [capture(document, "genuine", 0.3, seed=FIRST_SEED + number, size=size).pixels for size in SIZES]
    return (*photos, document.front.pixels)

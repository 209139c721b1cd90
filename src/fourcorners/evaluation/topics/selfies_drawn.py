"""Drawn selfies of held-out persons: is each covering and each recapture found, and are honest selfies left alone?"""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.limits import limits_for
from fourcorners.checks.selfie import CHECKS
from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.specimens import selfie
from fourcorners.vision.decode import decode
from fourcorners.vision.selfie import SelfieFrame

NAME = "selfies_drawn"
ABOUT = "drawn selfies: coverings, and photos of screens and prints (ISO/IEC 30107-3), by kind"
LABELS: tuple[str, ...] = ()

FIRST = 8_000_000
"""Nothing was trained or tuned on seeds and persons from here on."""

COUNT = 12
"""Selfies of each kind; three times as many honest ones."""

FOUND_BY = {
    "mask": "no_mask",
    "sunglasses": "no_sunglasses",
    "glasses": "no_glasses",
    "hat": "no_hat",
    "hand": "no_hand",
    "screen_photo": "looks_live",
    "print": "looks_live",
}


def items(root: Path) -> list[Item]:
    """The kinds, with severities from barely so to grossly so."""
    del root
    kinds = [*FOUND_BY, "genuine", "genuine", "genuine"]
    return [{"kind": kind, "seed": FIRST + place} for place, kind in enumerate(kinds * COUNT)]


def measure(root: Path, item: Item) -> Row:
    """Outcomes of the checks that find coverings and recaptures."""
    del root
    seed = item["seed"]
    taken = selfie(seed, item["kind"], 0.2 + 0.6 * (seed * 0.618 % 1), seed=seed, size=(720, 960))
    frame = SelfieFrame(decode(taken.encoded))
    wanted = set(FOUND_BY.values())
    findings = {m.NAME: m.check(frame, limits_for("selfie", m.NAME)) for m in CHECKS if m.NAME in wanted}
    return {name: finding.outcome.value for name, finding in findings.items()}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Share of each kind that its check does not pass, and of honest selfies that it does not pass either."""
    both = list(zip(items, rows, strict=True))
    measures, wrong = [], []
    for kind, check in FOUND_BY.items():
        outcomes = [row.get(check) for item, row in both if item["kind"] == kind]
        measures.append(share(f"{kind}: not passed by {check}", sum(o != "pass" for o in outcomes), len(outcomes)))
        wrong += [
            f"{kind} {item['seed']}: {row}" for item, row in both if item["kind"] == kind and row.get(check) == "pass"
        ]
    for check in dict.fromkeys(FOUND_BY.values()):
        outcomes = [row.get(check) for item, row in both if item["kind"] == "genuine"]
        measures.append(
            share(f"honest selfies not passed by {check}", sum(o != "pass" for o in outcomes), len(outcomes))
        )
    return measures, wrong

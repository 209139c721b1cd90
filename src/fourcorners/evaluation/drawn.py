"""Held-out pictures drawn on the spot: bona fide ones, mishaps, and every kind of attack, judged by all checks.

One pass over the pictures serves all topics that are told from them: see `DRAWN` in `run.py`. Held out are templates
(nations of the split "evaluation"), seeds (from `FIRST_SEED` on) and faces; attack kinds that were kept from training
and tuning are named by `new_attacks`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from fourcorners.checks.document import CHECKS
from fourcorners.checks.finding import Finding, Mark
from fourcorners.checks.registry import checks_for
from fourcorners.checks.run import run_group
from fourcorners.evaluation.topic import Item, Row
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.kit.geometry import quad_iou, rotate_quad
from fourcorners.specimens import Camera, CaptureKind, Specimen, capture, draw, file_bytes
from fourcorners.specimens.designs import design_named, designs_of
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame

__all__ = [
    "FIRST_SEED",
    "HELD_OUT",
    "attack_kinds",
    "checks_with_truth",
    "facts",
    "held_out",
    "items",
    "judge",
    "judge_alone",
    "new_attacks",
    "picture",
    "sizes_of",
]

FIRST_SEED = 7_000_000
"""Nothing that was trained or tuned used seeds from here on."""
SEEDS_A_KIND = 100_000
FIRST_PERSON = 7_000
GENUINE_FACTOR = 4
"""Genuine photos drawn for each one of an attack: a false alarm is rarer than an attack found."""
BACK_SHARE = 0.2
GENUINE_SEVERITY = 0.5
"""The greatest carelessness of a genuine photo that must pass."""
SIZES = ((1600, 1200), (1200, 1600), (2000, 1500))
HELD_OUT = "evaluation"


def facts(kind: str) -> Mapping[str, Any]:
    """What `captures.toml` says of a kind of capture."""
    table: Mapping[str, Any] = load_toml("fourcorners.specimens", "captures.toml")[kind]
    return table


def attack_kinds() -> list[str]:
    """The presentation attack instrument species (ISO/IEC 30107-3) that can be drawn."""
    return [kind.value for kind in CaptureKind if facts(kind)["attack"]]


def new_attacks() -> list[str]:
    """Kinds of attack that no training and no threshold has seen."""
    return [kind for kind in attack_kinds() if facts(kind)["split"] == HELD_OUT]


def held_out() -> str:
    """One sentence: what no training and no threshold has seen."""
    nations = dict.fromkeys(design.name.split("_")[0] for design in designs_of(None, HELD_OUT))
    return (
        f"Drawn pictures. Held out: {len(designs_of(None, HELD_OUT))} templates of {', '.join(nations)}; seeds from "
        f"{FIRST_SEED} on; the attacks {', '.join(new_attacks())}. All faces derive from one photograph, and the other "
        "kinds of attack are drawn by code that training and tuning also used."
    )


def items(
    count: int,
    kinds: Collection[str] = (),
    *,
    split: str = HELD_OUT,
    first_seed: int = FIRST_SEED,
    sizes: Sequence[tuple[int, int]] = SIZES,
) -> list[Item]:
    """`count` pictures of each kind of capture, `GENUINE_FACTOR` times as many genuine ones; severities even.

    Only of the `kinds` named, if any are: the same pictures as among all. `split`, `first_seed` and `sizes` (width,
    height) are for those who measure or tune on pictures of their own.
    """
    templates = designs_of(None, split)
    found: list[Item] = []
    for number, kind in enumerate(CaptureKind):
        if kinds and kind.value not in kinds:
            continue
        of = count * (GENUINE_FACTOR if kind is CaptureKind.GENUINE else 1)
        for turn in range(of):
            seed = first_seed + SEEDS_A_KIND * number + turn
            rng = np.random.default_rng((seed, 3))
            severity = (turn + float(rng.random())) / of
            template = templates[int(rng.integers(len(templates)))]
            may_turn = template.back is not None and kind is not CaptureKind.PORTRAIT_SWAP
            found.append(
                {
                    "kind": kind.value,
                    "template": template.name,
                    "seed": seed,
                    "severity": severity * (GENUINE_SEVERITY if kind is CaptureKind.GENUINE else 1.0),
                    "camera": list(Camera)[int(rng.integers(len(Camera)))].value,
                    "side": "back" if may_turn and rng.random() < BACK_SHARE else "front",
                    "size": sizes[int(rng.integers(len(sizes)))],
                }
            )
    return found


def sizes_of(megapixels: float | None) -> tuple[tuple[int, int], ...]:
    """Widths and heights of photos of so many megapixels, say 12 as of telephones; SIZES where none is given."""
    if megapixels is None:
        return SIZES
    scales = ((megapixels * 1e6 / (width * height)) ** 0.5 for width, height in SIZES)
    return tuple((round(w * scale), round(h * scale)) for (w, h), scale in zip(SIZES, scales, strict=True))


def picture(item: Item) -> Specimen:
    """The specimen that an item describes."""
    design = design_named(item["template"])
    person = FIRST_PERSON + item["seed"] % 1000
    document = draw(design.kind, seed=item["seed"], portrait=person, design=design.name)
    return capture(
        document,
        item["kind"],
        item["severity"],
        seed=item["seed"],
        size=tuple(item["size"]),
        side=item["side"],
        camera=item["camera"],
    )


def judge(item: Item) -> Row:
    """What all checks say of the picture, and how well its outline was found.

    `iou` is None where no document is shown, 0.0 where none was found; `upright` whether the first corner is right.
    """
    side = item["side"]
    return _row(item, lambda frame: run_group("document", checks_for(side), frame, frame.reading.kind, side))


def judge_alone(item: Item, checks: Sequence[ModuleType]) -> Row:
    """The same for those document checks alone that need not know what is printed on a document."""
    return _row(item, lambda frame: run_group("document", checks, frame, None, item["side"]))


def _row(item: Item, judged: Callable[[DocumentFrame], Sequence[Finding]]) -> Row:
    specimen = picture(item)
    truth = specimen.truth
    about = {
        "kind": item["kind"],
        "attack": truth.attack,
        "faults": list(truth.faults),
        "hidden_corners": list(truth.hidden_corners),
    }
    try:
        frame = DocumentFrame(decode(file_bytes(specimen)))
        findings = judged(frame)
    except Refusal as refusal:
        return {**about, "error": refusal.code}
    iou, upright = None, None
    if truth.corners is not None:
        iou, upright = _overlap(frame, truth.corners)
    told = {finding.check: _told(finding) for finding in findings}
    return {**about, "found": frame.quad is not None, "iou": iou, "upright": upright, "findings": told}


def _overlap(frame: DocumentFrame, corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, bool]:
    if frame.quad is None:
        return 0.0, False
    distances = [float(np.abs(rotate_quad(frame.quad, turns) - corners).sum()) for turns in range(4)]
    return quad_iou(frame.quad, corners), int(np.argmin(distances)) == 0


def _told(finding: Finding) -> dict[str, object]:
    labels = [mark.label for mark in finding.evidence if isinstance(mark, Mark)]
    return {
        "outcome": finding.outcome.value,
        "reason": finding.reason,
        "raw": finding.raw,
        "score": finding.score,
        "labels": labels,
    }


def checks_with_truth() -> list[str]:
    """Document checks whose failure the drawn truth can name, in the order shown to people."""
    named = {fault for kind in CaptureKind for fault in facts(kind)["faults"]}
    return [check.NAME for check in CHECKS if check.NAME in named]

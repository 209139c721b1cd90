"""From measures to the log odds of a covering: a logistic model a covering, few weights, all readable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.vision.faces.coverings.eyes import measure_eyes
from fourcorners.vision.faces.coverings.forehead import measure_forehead
from fourcorners.vision.faces.coverings.mouth import measure_mouth
from fourcorners.vision.faces.coverings.rims import measure_rims
from fourcorners.vision.faces.coverings.sides import measure_sides
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView

__all__ = ["COVERINGS", "Covering", "evidence_for", "measures"]

COVERINGS = ("mask", "sunglasses", "glasses", "hat", "hand")


@dataclass(frozen=True, slots=True)
class Covering:
    """Natural log of the odds that a covering is there (0: as likely as not), and the three measures that say most.

    `because` holds (measure, its value, what it added to the log odds over an average bare face).
    """

    log_odds: float
    because: tuple[tuple[str, float, float], ...]


def measures(view: FaceView, mesh: FaceMesh, covering: str) -> dict[str, float]:
    """Everything measured for `covering`, by name."""
    if covering == "mask":
        return measure_mouth(view, mesh)
    if covering == "sunglasses":
        return measure_eyes(view, mesh)
    if covering == "glasses":
        return {**measure_rims(view), **{n: v for n, v in measure_eyes(view, mesh).items() if n != "rim"}}
    if covering == "hat":
        return measure_forehead(view)
    return {**measure_sides(view, mesh), "skin": measure_eyes(view, mesh)["skin"]}


def evidence_for(view: FaceView, mesh: FaceMesh, covering: str) -> Covering | None:
    """How likely `covering` (one of COVERINGS) is on this face; None when where to look is out of the picture."""
    model: Mapping[str, Any] = load_toml("fourcorners.vision.faces.coverings", "coverings.toml")[covering]
    seen = measures(view, mesh, covering)
    if not seen:
        return None
    added = [(name, seen[name], w["weight"] * (seen[name] - w["bare"])) for name, w in model["measures"].items()]
    log_odds = model["bare_log_odds"] + sum(part for _, _, part in added)
    return Covering(log_odds, tuple(sorted(added, key=lambda a: -abs(a[2]))[:3]))

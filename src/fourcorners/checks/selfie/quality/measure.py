"""What a measure of quality is, and the curves that put raw values on 0..100."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, hypot

from fourcorners.kit.data import load_toml
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["Measure", "Measured", "distance_to_chin", "sigmoid", "sigmoid_curve"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A quality component: its name as in OFIQ, the reference implementation of ISO/IEC 29794-5, and its unit.

    `raw` measures it, None where it cannot be measured; `score` puts the raw value on 0..100, higher is better, by the
    standard's curve.
    """

    name: str
    unit: str
    raw: Callable[[SelfieFrame], float | None]
    score: Callable[[float], float]

    def of(self, frame: SelfieFrame) -> "Measured":
        """Raw value and score on one selfie."""
        raw = self.raw(frame)
        score = None if raw is None else min(100.0, max(0.0, self.score(raw)))
        return Measured(self.name, raw, self.unit, score)


@dataclass(frozen=True, slots=True)
class Measured:
    """A component of one selfie; `raw` and `score` are None where it could not be measured."""

    component: str
    raw: float | None
    unit: str
    score: float | None

    def to_dict(self) -> dict[str, object]:
        """The JSON form; the standard rounds scores to whole numbers."""
        raw = None if self.raw is None else float(f"{self.raw:.6g}")
        score = None if self.score is None else int(self.score + 0.5)
        return {"component": self.component, "raw": raw, "unit": self.unit, "score": score}


def sigmoid(x: float, middle: float, width: float) -> float:
    """The standard's logistic curve, 0..1."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, (x - middle) / width))))


def sigmoid_curve(name: str) -> Callable[[float], float]:
    """The curve of the component `name` in `curves.toml`: height * (offset + slope * sigmoid)."""

    def score(raw: float) -> float:
        curve = load_toml("fourcorners.checks.selfie.quality", "curves.toml")[name]
        height, offset, slope = curve["height"], curve.get("offset", 0.0), curve.get("slope", 1.0)
        return float(height * (offset + slope * sigmoid(raw, curve["middle"], curve["width"])))

    return score


def distance_to_chin(frame: SelfieFrame) -> float | None:
    """Pixels from the middle between the eyes to the chin, by which the standard measures heads."""
    if frame.mesh is None:
        return None
    x, y = frame.mesh.points[152, :2] - frame.mesh.eye_centres.mean(axis=0)
    return max(hypot(x, y), 1e-6)

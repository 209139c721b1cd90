"""NoHeadCoverings: how likely something covers the head (ISO/IEC 29794-5, 7.4.13).

The standard counts pixels of cloth; ours is the chance that the covering network gives a hat or a scarf.
"""

from fourcorners.checks.selfie.quality.measure import Measure, sigmoid
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _chance(frame: SelfieFrame) -> float | None:
    return None if frame.coverings is None else sigmoid(frame.coverings.log_odds["hat"], 0.0, 1.0)


MEASURES = (Measure("NoHeadCoverings", "chance", _chance, lambda raw: 100 * (1 - raw)),)

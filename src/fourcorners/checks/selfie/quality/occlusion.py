"""EyesVisible, MouthOcclusionPrevention, FaceOcclusionPrevention: what part is covered.

ISO/IEC 29794-5, 7.4.5 to 7.4.7.

Where something lies over the face says the covering network, in cells of about half the distance between the eyes: the
shares are coarse.
"""

from fourcorners.checks.selfie.quality.measure import Measure
from fourcorners.vision.faces.coverings import regions
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["MEASURES"]


def _eyes(frame: SelfieFrame) -> float | None:
    return None if frame.coverings is None else frame.coverings.covered_share(*regions.EYES)


def _mouth(frame: SelfieFrame) -> float | None:
    return None if frame.coverings is None else frame.coverings.covered_share(regions.LIPS)


def _face(frame: SelfieFrame) -> float | None:
    return None if frame.coverings is None else frame.coverings.covered_share(OVAL)


def _score(share: float) -> float:
    return 100 * (1 - share)


MEASURES = (
    Measure("EyesVisible", "share", _eyes, _score),
    Measure("MouthOcclusionPrevention", "share", _mouth, _score),
    Measure("FaceOcclusionPrevention", "share", _face, _score),
)

"""The quality components of ISO/IEC 29794-5: told with every selfie, whether a check stands on them or not."""

from fourcorners.checks.selfie.quality import (
    background_uniformity,
    compression_artifacts,
    expression_neutrality,
    eyes_open,
    face_crop,
    head_pose,
    head_size,
    illumination_uniformity,
    inter_eye_distance,
    luminance,
    mouth_closed,
    natural_colour,
    no_head_coverings,
    occlusion,
    sharpness,
    single_face_present,
)
from fourcorners.checks.selfie.quality.measure import Measure, Measured
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["COMPONENTS", "Measured", "measured"]

COMPONENTS: tuple[Measure, ...] = (
    *background_uniformity.MEASURES,
    *illumination_uniformity.MEASURES,
    *luminance.MEASURES,
    *sharpness.MEASURES,
    *compression_artifacts.MEASURES,
    *natural_colour.MEASURES,
    *single_face_present.MEASURES,
    *eyes_open.MEASURES,
    *mouth_closed.MEASURES,
    *occlusion.MEASURES,
    *inter_eye_distance.MEASURES,
    *head_size.MEASURES,
    *face_crop.MEASURES,
    *head_pose.MEASURES,
    *expression_neutrality.MEASURES,
    *no_head_coverings.MEASURES,
)
"""In the order of the standard."""


def measured(frame: SelfieFrame) -> tuple[Measured, ...]:
    """Every component of one selfie."""
    return tuple(component.of(frame) for component in COMPONENTS)

"""Evidence: what was handed in, the runs of the checks on it, and what they found."""

from fourcorners.evidence.models import FaceTemplate, LiveCheck, Run, Upload

__all__ = ["FaceTemplate", "LiveCheck", "Run", "Upload"]

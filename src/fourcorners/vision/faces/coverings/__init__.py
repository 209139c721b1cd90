"""What covers a face: evidence from measures that can be explained, weighed as `coverings.toml` says."""

from fourcorners.vision.faces.coverings.evidence import COVERINGS, Covering, evidence_for, measures
from fourcorners.vision.faces.coverings.eyes import eye_patterns

__all__ = ["COVERINGS", "Covering", "evidence_for", "eye_patterns", "measures"]

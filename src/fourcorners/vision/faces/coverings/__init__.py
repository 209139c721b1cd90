"""What covers a face, and where: a small network on what the first layers of dlib's network see."""

from fourcorners.vision.faces.coverings.eyes import eye_patterns
from fourcorners.vision.faces.coverings.network import COVERINGS, Coverings, find_coverings

__all__ = ["COVERINGS", "Coverings", "eye_patterns", "find_coverings"]

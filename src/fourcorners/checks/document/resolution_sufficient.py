"""The document is shown with enough pixels to be read and looked at (IDP6)."""

import numpy as np

from fourcorners.checks.finding import Fact, Finding, judge
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "resolution_sufficient"
VERSION = 1
REASONS = ("low_resolution",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Length of the document's longer side in pixels of the photo: a tiny card in a big photo fails."""
    page = frame.page.quad
    sides = np.linalg.norm(page - np.roll(page, -1, axis=0), axis=1)
    photo = f"{frame.picture.width} x {frame.picture.height} px"
    seen = [Fact("pixels", (("photo", photo), ("document's longer side", f"{sides.max():.0f} px")))]
    return judge(NAME, VERSION, float(sides.max()), limits.scale(), REASONS[0], seen)

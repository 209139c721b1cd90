"""The machine-readable zone: found at any rotation, read by our own networks, decoded under the rules of ICAO Doc 9303."""

from fourcorners.vision.mrz.reading import MrzReading
from fourcorners.vision.page import Page
from fourcorners.vision.picture import Picture

__all__ = ["MrzReading", "read_mrz"]


def read_mrz(picture: Picture, page: Page) -> MrzReading | None:
    """The zone on the page, else anywhere in the picture; None when there is none."""
    return None

"""A photo of a paper on a table."""

import numpy as np
import pypdfium2

from fourcorners.kit.geometry import Quad, apply_homography
from fourcorners.specimens.camera import lay, pose, side_corners
from fourcorners.specimens.effects.blur import soft_lens
from fourcorners.specimens.effects.light import lit, room_light
from fourcorners.specimens.effects.sensor import jpeg, noisy
from fourcorners.specimens.model import Side
from fourcorners.specimens.papers.model import PaperSpecimen
from fourcorners.specimens.surfaces import draw_surface

__all__ = ["photograph_paper"]

DPI = 150
PAPER_THICKNESS = 0.15  # of a card's


def photograph_paper(
    paper: PaperSpecimen | bytes, *, seed: int, severity: float = 0.3, size: tuple[int, int] = (1500, 2000)
) -> tuple[bytes, Quad]:
    """A JPEG of the first page of a paper, or of any PDF, on a table, and the page's corners in the photo.

    They go clockwise from the page's top left. `severity` 0..1 is how careless the photographer is.
    """
    rng = np.random.default_rng((seed, 63))
    bitmap = pypdfium2.PdfDocument(paper if isinstance(paper, bytes) else paper.pdf)[0].render(
        scale=DPI / 72, rev_byteorder=True
    )
    pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    h, w = pixels.shape[:2]
    side = Side(pixels, np.full((h, w), 255, np.uint8), np.zeros((h, w), np.uint8), DPI)
    matrix = pose(
        size,
        side,
        rng,
        tilt_deg=3 + 14 * severity,
        turn_deg=float(rng.normal(0, 1 + 5 * severity)),
        fill=float(rng.uniform(0.95 - 0.2 * severity, 0.98)),
    )
    scene = lay(draw_surface(size, rng), side, matrix, rng, height=PAPER_THICKNESS)
    picture = lit(scene.pixels, room_light(rng, severity))
    picture = noisy(soft_lens(picture, 0.5 + 0.5 * severity), 1.5 + 2 * severity, rng, 1.0)
    return jpeg(picture, int(rng.integers(84, 95))), apply_homography(matrix, side_corners(side))

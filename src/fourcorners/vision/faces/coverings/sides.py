"""Does something lie over part of the face? Then the landmark network doubts, and the two sides differ."""

import numpy as np

from fourcorners.vision.faces.coverings.regions import CHIN, FOREHEAD, LOWER_CHEEKS, UNDER_EYES
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView

__all__ = ["measure_sides"]

MIRROR_ROWS, MIRROR_COLUMNS = slice(60, 250), slice(38, 218)
"""The face without hair and shoulders, even about the view's middle column."""


def measure_sides(view: FaceView, mesh: FaceMesh) -> dict[str, float]:
    """`presence`: the landmark network's evidence. `likeness`: correlation of the face with its mirror image.

    `spread`: deviation of the lightness (L*) of cheeks and forehead among each other. `chin_edges`,
    `under_eye_edges`: mean edges where a bare face has few.
    """
    areas = [view.area(part) for part in (*LOWER_CHEEKS, *UNDER_EYES, FOREHEAD)]
    lightness = [float(np.median(view.light[a])) for a in areas if np.count_nonzero(a) > 10]
    face = view.light[MIRROR_ROWS, MIRROR_COLUMNS]
    likeness = np.corrcoef(face.ravel(), face[:, ::-1].ravel())[0, 1] if face.std() > 0 else 1.0
    chin = view.area(CHIN)
    return {
        "presence": mesh.presence,
        "likeness": float(likeness),
        "spread": float(np.std(lightness)) if lightness else 0.0,
        "chin_edges": float(view.edges[chin].mean()) if chin.any() else 0.0,
        "under_eye_edges": float(np.mean([view.edges[a].mean() for a in areas[2:4] if a.any()] or [0.0])),
    }

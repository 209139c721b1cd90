"""Can mouth and nose be seen? A mask has neither lips nor nostrils, and another colour than the skin above it."""

import numpy as np

from fourcorners.vision.faces.coverings.regions import (
    AROUND_MOUTH,
    BETWEEN_BROWS,
    EYES,
    LIPS,
    LIPS_MEET,
    LOWER_FACE,
    NOSE_TIP,
    UNDER_EYES,
)
from fourcorners.vision.faces.mesh import FaceMesh
from fourcorners.vision.faces.view import FaceView, median_colour, widened

__all__ = ["measure_mouth"]


def measure_mouth(view: FaceView, mesh: FaceMesh) -> dict[str, float]:
    """Measures of mouth and nose, each about higher on a bare face but `colour_change`.

    `mouth_edges`, `nose_edges`: log of the edges there over those of the eyes. `nostrils`, `mouth_line`: how much
    darker (L*) than around them. `colour_change`: distance in a*, b* of the lower face from the skin below the eyes.
    `presence`: the landmark network's evidence.
    """
    edges, light = view.edges, view.light
    lips, nose, eyes = view.area(LIPS), view.area(NOSE_TIP), view.area(*EYES)
    lid_edges = _mean(edges, widened(eyes, 4))
    upper = median_colour(view, view.area(*UNDER_EYES, BETWEEN_BROWS))
    lower = median_colour(view, view.area(LOWER_FACE) & ~lips)
    darkest = np.minimum(view.sample(light, LIPS_MEET[0]), view.sample(light, LIPS_MEET[1])).mean()
    return {
        "mouth_edges": float(np.log((_mean(edges, lips) + 1) / (lid_edges + 1))),
        "nose_edges": float(np.log((_mean(edges, nose) + 1) / (_mean(edges, eyes) + 1))),
        "nostrils": float(np.subtract(*np.percentile(light[nose], [50, 3]))) if nose.any() else 0.0,
        "mouth_line": float(np.median(view.sample(light, AROUND_MOUTH)) - darkest),
        "colour_change": float(np.hypot(*(lower - upper)[1:])),
        "presence": mesh.presence,
    }


def _mean(values: np.ndarray, where: np.ndarray) -> float:
    return float(values[where].mean()) if where.any() else 0.0

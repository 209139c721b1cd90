"""What lies above the brows: skin and hair, or a hat?"""

import numpy as np

from fourcorners.vision.faces.coverings.regions import BETWEEN_BROWS, BROWS, LOWER_CHEEKS
from fourcorners.vision.faces.view import INTER_EYE_PX, FaceView, median_colour

__all__ = ["measure_forehead"]

SKIN_CHROMA, SKIN_LIGHT = 10.0, 25.0
ABOVE_PX = int(0.42 * INTER_EYE_PX)
"""Height of the band above the landmarks' hair line that is looked at."""


def measure_forehead(view: FaceView) -> dict[str, float]:
    """`forehead_skin`: share of the forehead with the colour of the cheeks. Of the band above it: `top_light`, its
    lightness less that of the cheeks; `top_texture`, log of its fine contrast, which strands of hair have and cloth
    has less; `top_strands`, log of contrast across over along; `top_yellow`, b*; `top_spread`, deviation of L*.

    Empty when the forehead is out of the picture.
    """
    names = ("forehead_skin", "top_light", "top_texture", "top_strands", "top_yellow", "top_spread")
    brow = int(np.clip(view.points[list(BROWS), 1].min(), 40, 118))
    hair = int(np.clip(view.points[10, 1], 2, brow - 4))
    left, right = int(max(0, view.points[103, 0] - 6)), int(view.points[332, 0] + 6)
    columns = (view.columns >= left) & (view.columns < right) & view.inside
    forehead = columns & (view.rows >= hair) & (view.rows < brow)
    top = columns & (view.rows >= hair - ABOVE_PX) & (view.rows < hair)
    if np.count_nonzero(forehead) < 50 or np.count_nonzero(top) < 50:
        return {}
    skin = median_colour(view, view.area(*LOWER_CHEEKS, BETWEEN_BROWS))
    lab = view.lab
    near = (np.hypot(lab[..., 1] - skin[1], lab[..., 2] - skin[2]) < SKIN_CHROMA) & (
        np.abs(lab[..., 0] - skin[0]) < SKIN_LIGHT
    )
    light = lab[..., 0]
    across = np.abs(light[:, 2:] - light[:, :-2])[top[:, 1:-1]].mean()
    along = np.abs(light[2:] - light[:-2])[top[1:-1]].mean()
    values = (
        near[forehead].mean(),
        np.median(light[top]) - skin[0],
        np.log(across + 0.5),
        np.log((across + 0.5) / (along + 0.5)),
        np.median(lab[..., 2][top]),
        light[top].std(),
    )
    return {name: float(value) for name, value in zip(names, values, strict=True)}

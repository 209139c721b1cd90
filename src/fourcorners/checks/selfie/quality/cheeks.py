"""The squares on the cheeks that ISO/IEC 29794-5 looks at for light and colour; not a measure itself."""

import numpy as np

from fourcorners.vision.faces import FaceView

__all__ = ["cheek_squares"]

SIDE_BY_EYES = 0.3


def cheek_squares(view: FaceView) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Rows and columns of the squares below the right and the left eye, half way down to the mouth."""
    right, left = (view.points[list(corners)].mean(axis=0) for corners in ((33, 133), (362, 263)))
    mouth = view.points[[13, 14]].mean(axis=0)
    side = int(SIDE_BY_EYES * float(np.hypot(*(left - right))))
    top = int((right[1] + left[1]) / 2 + (mouth[1] - (right[1] + left[1]) / 2) / 2)
    rows = slice(max(0, top), max(0, top + side))
    return (rows, _columns(right[0] - side, side)), (rows, _columns(left[0], side))


def _columns(left: float, side: int) -> slice:
    return slice(max(0, int(left)), max(0, int(left) + side))

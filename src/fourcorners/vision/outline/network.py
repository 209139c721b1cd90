"""Our outline network: a window of the photo to maps of documents, their sides and their corners."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.networks.onnx import onnx_session
from fourcorners.vision.picture import Pixels

__all__ = ["CELL_PX", "Maps", "run_network"]

CELL_PX = 4
Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """What the network says of each cell of 4 x 4 window pixels; every map is (64, 64).

    `document`, `side` and `corner` are probabilities. Where a side is near, `normal` (2, 64, 64) is its outward normal
    (x, y) and `depth` how many cells the cell's centre lies inside the side's line.
    """

    document: Map
    side: Map
    corner: Map
    normal: Map
    depth: Map


def run_network(window: Pixels) -> Maps:
    """The maps of a window (256, 256, 3)."""
    (maps,) = onnx_session("outline").run(None, {"window": window[None]})
    document, side, corner, nx, ny, depth = maps[0]
    return Maps(document, side, corner, np.stack([nx, ny]), depth)

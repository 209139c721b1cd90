"""What a network that makes no mistakes would say."""

import cv2
import numpy as np

from fourcorners.vision.outline.network import CELL_PX, Maps

CELLS = 64


def perfect_maps(*quads, sides=(0, 1, 2, 3)):
    """Maps of clockwise quads in window px; only `sides` of each are marked."""
    document, side, corner, depth = (np.zeros((CELLS, CELLS), np.float32) for _ in range(4))
    normal = np.zeros((2, CELLS, CELLS), np.float32)
    y, x = np.mgrid[:CELLS, :CELLS]
    for quad in quads:
        cells = (np.asarray(quad, dtype=float) + 0.5) / CELL_PX - 0.5
        cv2.fillConvexPoly(document, np.round(cells).astype(np.int32), 1.0)
        for i in sides:
            start, end = cells[i], cells[(i + 1) % 4]
            length = np.linalg.norm(end - start)
            along = (end - start) / length
            reach = (x - start[0]) * along[0] + (y - start[1]) * along[1]
            inward = -(x - start[0]) * along[1] + (y - start[1]) * along[0]
            ridge = np.exp(-(inward**2) / 1.5) * ((reach > 0) & (reach < length))
            mine = ridge > side
            side[mine], depth[mine] = ridge[mine], inward[mine]
            normal[0][mine], normal[1][mine] = along[1], -along[0]
        for cx, cy in cells:
            corner[:] = np.maximum(corner, np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 2))
    return Maps(document, side, corner, normal, depth)

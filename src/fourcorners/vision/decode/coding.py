"""The steps of a JPEG's frequencies, and how its blocks lie in the upright picture (ITU-T T.81 annexes A and B)."""

import numpy as np

from fourcorners.vision.picture import Coding

__all__ = ["LOSSLESS", "quantisation_tables", "upright_coding"]

BLOCK_PX, FREQUENCIES = 8, 64
LOSSLESS = (1,) * FREQUENCIES

ZIGZAG = sorted(
    ((row, column) for row in range(BLOCK_PX) for column in range(BLOCK_PX)),
    key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]),
)
"""The order in which a file lists frequencies: along diagonals, by turns downwards and upwards (T.81 figure A.6)."""

LEFT_IS_FAR, TOP_IS_FAR = {2, 3}, {3, 4}
TURNED_LEFT_IS_FAR, TURNED_TOP_IS_FAR = {6, 7}, {7, 8}
"""Exif orientations at which the upright picture's left or upper edge is the right or lower one of the file."""
TURNED = {5, 6, 7, 8}


def quantisation_tables(body: bytes) -> dict[int, tuple[int, ...]]:
    """The tables of a DQT segment by number, each 64 steps row by row; what is cut short or zero is left out."""
    tables: dict[int, tuple[int, ...]] = {}
    at = 0
    while at < len(body):
        wide, number = body[at] >> 4, body[at] & 15
        size = FREQUENCIES * (2 if wide else 1)
        listed = np.frombuffer(body[at + 1 : at + 1 + size].ljust(size, b"\0"), ">u2" if wide else np.uint8)
        steps = np.zeros((BLOCK_PX, BLOCK_PX), np.int64)
        steps[tuple(np.transpose(ZIGZAG))] = listed
        if steps.all():
            tables[number] = tuple(steps.ravel().tolist())
        at += 1 + size
    return tables


def upright_coding(steps: tuple[int, ...], size: tuple[int, int], orientation: int) -> Coding | None:
    """The coding of a file of (width, height) with these steps, turned as Exif `orientation` says; None without any."""
    if not steps:
        return None
    across, down = (side % BLOCK_PX for side in size)
    if orientation in TURNED:
        turned = np.reshape(steps, (BLOCK_PX, BLOCK_PX)).T.ravel()
        return Coding(
            tuple(turned.tolist()),
            down if orientation in TURNED_LEFT_IS_FAR else 0,
            across if orientation in TURNED_TOP_IS_FAR else 0,
        )
    return Coding(tuple(steps), across if orientation in LEFT_IS_FAR else 0, down if orientation in TOP_IS_FAR else 0)

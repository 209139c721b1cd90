"""A face as a short vector: close for one person, apart for two."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.faces.crop import Affine, cut, similarity_transform
from fourcorners.vision.faces.embedders import embedder
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.mesh import FaceMesh, fit_mesh
from fourcorners.vision.picture import Pixels

__all__ = ["Embedding", "distance", "embed", "similarity"]

Embedding: TypeAlias = NDArray[np.float64]

LANDMARKS = (263, 362, 33, 133, 2)
"""Mesh points of an embedder's template: left eye outer and inner, right eye outer and inner, base of the nose."""


def embed(pixels: Pixels, face: Face | FaceMesh) -> Embedding:
    """The vector, of length 1, of a face in RGB `pixels`, in whose pixels `face` is; about 20 ms.

    Mean over the embedder's views and their mirror images: small errors of the landmarks and turns of the head count
    for less. Brought to length 1, because poor pictures give shorter vectors, which are closer to everybody's.
    Raises EmbedderRefused, WeightsMissing, WeightsTampered.
    """
    with_ = embedder()
    mesh = face if isinstance(face, FaceMesh) else fit_mesh(pixels, face)
    to_photo = similarity_transform(with_.template, mesh.points[list(LANDMARKS), :2])
    chips = [cut(pixels, _joined(to_photo, _view(view, with_.chip_px)), with_.chip_px) for view in with_.views]
    both = np.stack([turned for chip in chips for turned in (chip, chip[:, ::-1])])
    vector: Embedding = with_.network(both).astype(np.float64).mean(axis=0)
    return vector / max(float(np.linalg.norm(vector)), 1e-12)


def distance(a: Embedding, b: Embedding) -> float:
    """Euclidean distance of two vectors of length 1: 0 for the same picture, 2 at most."""
    return float(np.linalg.norm(a - b))


def similarity(a: Embedding, b: Embedding) -> float:
    """1 minus the distance: higher is more alike, 1 for the same picture."""
    return 1.0 - distance(a, b)


def _view(view: NDArray[np.float64], size: int) -> Affine:
    """From the pixels of a view (magnification, right, down, degrees) to the plain chip's."""
    magnification, right, down, degrees = view
    c, s = np.cos(np.radians(degrees)) / magnification, np.sin(np.radians(degrees)) / magnification
    turn = np.array([[c, -s], [s, c]])
    middle = np.full(2, (size - 1) / 2)
    return np.column_stack([turn, middle - turn @ middle + [right, down]])


def _joined(outer: Affine, inner: Affine) -> Affine:
    """First `inner`, then `outer`."""
    return np.column_stack([outer[:, :2] @ inner[:, :2], outer[:, :2] @ inner[:, 2] + outer[:, 2]])

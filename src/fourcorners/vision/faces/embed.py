"""A face as a short vector: close for one person, apart for two."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.kit.geometry import Points
from fourcorners.vision.faces.crop import cut, similarity_transform
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.mesh import FaceMesh, fit_mesh
from fourcorners.vision.networks.dlib_resnet import dlib_resnet_session
from fourcorners.vision.picture import Pixels

__all__ = [
    "Embedder",
    "Embedding",
    "UnknownEmbedder",
    "distance",
    "embed",
    "embedder",
    "register",
    "similarity",
    "unregister",
]

Embedding: TypeAlias = NDArray[np.float64]

LANDMARKS = (263, 362, 33, 133, 2)
"""Mesh points of an embedder's template: left eye outer and inner, right eye outer and inner, base of the nose."""


class UnknownEmbedder(Refusal):
    """No embedder of that name is registered."""

    code = "embedder_unknown"


class Network(Protocol):
    """Turns aligned chips (n, side, side, 3) uint8 RGB into vectors (n, dimensions)."""

    def __call__(self, chips: NDArray[np.uint8]) -> NDArray[np.floating[Any]]: ...


@dataclass(frozen=True, slots=True)
class Embedder:
    """A network and what it wants: five landmarks at `template` (5, 2) in a chip of `chip_px` pixels.

    `same_at_fmr_1e4` is the distance with a false match rate of 1 in 10,000.
    """

    name: str
    card: str
    dimensions: int
    chip_px: int
    template: Points
    same_at_fmr_1e4: float
    licence: str
    commercial: bool
    network: Network


def _dlib(chips: NDArray[np.uint8]) -> NDArray[np.floating[Any]]:
    answer: NDArray[np.float32] = dlib_resnet_session().run(None, {"chips": chips.astype(np.float32)})[0]
    return answer


_networks: dict[str, Network] = {"dlib": _dlib}
_added: dict[str, Mapping[str, Any]] = {}


def register(name: str, entry: Mapping[str, Any], network: Network) -> None:
    """Add an embedder under `name`; `entry` has the keys of a table of `embedders.toml`."""
    _networks[name], _added[name] = network, entry
    embedder.cache_clear()


def unregister(name: str) -> None:
    """Take away an embedder that was added."""
    del _networks[name], _added[name]
    embedder.cache_clear()


@cache
def embedder(name: str | None = None) -> Embedder:
    """The embedder called `name`, or the default one.

    Raises UnknownEmbedder.
    """
    table = {**load_toml("fourcorners.vision.faces", "embedders.toml"), **_added}
    name = table["default"] if name is None else name
    if name not in _networks:
        raise UnknownEmbedder(f"There is no face embedder called {name}.", known=sorted(_networks))
    entry = dict(table[name])
    template = np.array(entry.pop("template"), dtype=np.float64)
    return Embedder(name=name, template=template, network=_networks[name], **entry)


def embed(pixels: Pixels, face: Face | FaceMesh, using: str | None = None) -> Embedding:
    """The vector of a face in RGB `pixels`, in whose pixels `face` is; about 10 ms.

    Mean of the aligned chip's vector and its mirror image's: a face turned left and one turned right come closer.
    Raises UnknownEmbedder, WeightsMissing, WeightsTampered.
    """
    with_ = embedder(using)
    mesh = face if isinstance(face, FaceMesh) else fit_mesh(pixels, face)
    to_photo = similarity_transform(with_.template, mesh.points[list(LANDMARKS), :2])
    chip = cut(pixels, to_photo, with_.chip_px)
    both = np.stack([chip, chip[:, ::-1]])
    vector: Embedding = with_.network(both).astype(np.float64).mean(axis=0)
    return vector


def distance(a: Embedding, b: Embedding) -> float:
    """Euclidean distance, the measure that dlib's network was trained for; 0 for the same picture."""
    return float(np.linalg.norm(a - b))


def similarity(a: Embedding, b: Embedding) -> float:
    """1 minus the distance: higher is more alike, 1 for the same picture."""
    return 1.0 - distance(a, b)

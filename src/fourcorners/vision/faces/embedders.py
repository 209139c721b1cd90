"""The networks that turn a face into numbers: the default one, and one that a file plugs in."""

import hashlib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.kit.geometry import Points
from fourcorners.vision.networks.dlib_resnet import dlib_resnet_session
from fourcorners.vision.networks.onnx import session_of

__all__ = ["EMBEDDER_FILE", "Embedder", "EmbedderRefused", "embedder"]

EMBEDDER_FILE = "FOURCORNERS_EMBEDDER"
"""The environment variable that names the file of another embedder."""

Network: TypeAlias = Callable[[NDArray[np.uint8]], NDArray[np.floating[Any]]]
"""Turns aligned chips (n, side, side, 3) uint8 RGB into vectors (n, dimensions)."""


class EmbedderRefused(Refusal):
    """The file of a face embedder is missing, incomplete, or its weights are not those that it names."""

    code = "embedder_refused"


@dataclass(frozen=True, slots=True)
class Embedder:
    """A network and what it wants: five landmarks at `template` (5, 2) in a chip of `chip_px` pixels.

    `views` (n, 4) are magnification, shift in pixels and turn in degrees of the crops that a vector is the mean of.
    `limits` are the limits of the check face_matches for this embedder; none for the default one, whose limits stand
    with those of all checks.
    """

    name: str
    dimensions: int
    chip_px: int
    template: Points
    views: Points
    licence: str
    commercial: bool
    network: Network
    sha256: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name and licence, as shown beside every comparison."""
        return f"{self.name}, {self.licence}{'' if self.commercial else ', NOT for commercial use'}"


def embedder() -> Embedder:
    """The embedder in force: that of the file named by FOURCORNERS_EMBEDDER, or the default one.

    Raises EmbedderRefused, WeightsMissing, WeightsTampered.
    """
    path = os.environ.get(EMBEDDER_FILE)
    return _plugged(Path(path)) if path else _default()


@cache
def _default() -> Embedder:
    entry = {k: v for k, v in load_toml("fourcorners.vision.faces", "dlib.toml").items() if k != "card"}
    return _embedder(entry, _dlib)


def _dlib(chips: NDArray[np.uint8]) -> NDArray[np.floating[Any]]:
    answer: NDArray[np.float32] = dlib_resnet_session().run(None, {"chips": chips.astype(np.float32)})[0]
    return answer


@cache
def _plugged(path: Path) -> Embedder:
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        weights, form = path.parent / entry.pop("weights"), entry.pop("input")
        data = weights.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest != entry["sha256"]:
            raise EmbedderRefused(f"{weights.name} is not the file named in {path} (SHA-256 {digest}).")
        if not {"scale", "genuine", "impostor"} <= set(entry["limits"]):
            raise EmbedderRefused(f"{path}: limits need scale, genuine and impostor.")
        return _embedder(entry, _onnx(data, form))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EmbedderRefused(f"The embedder {path} cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise EmbedderRefused(f"The embedder {path} lacks or has a wrong entry: {error}") from error


def _embedder(entry: Mapping[str, Any], network: Network) -> Embedder:
    template = np.array(entry["template"], dtype=np.float64)
    views = np.array(entry.get("views", [[1.0, 0.0, 0.0, 0.0]]), dtype=np.float64)
    if template.shape != (5, 2) or views.ndim != 2 or views.shape[1] != 4:
        raise ValueError("template wants five points, views four numbers each")
    return Embedder(**{**entry, "template": template, "views": views}, network=network)


def _onnx(data: bytes, form: Mapping[str, Any]) -> Network:
    """An ONNX file's network. `form`: layout NCHW or NHWC, colour RGB or BGR, and (chip - mean) / scale."""
    layout, colour, mean, scale = form["layout"], form["colour"], float(form["mean"]), float(form["scale"])
    if layout not in ("NCHW", "NHWC") or colour not in ("RGB", "BGR") or not scale:
        raise ValueError("input wants layout NCHW or NHWC, colour RGB or BGR, a mean, and a scale that is not 0")
    session = session_of(data)
    name = session.get_inputs()[0].name

    def network(chips: NDArray[np.uint8]) -> NDArray[np.floating[Any]]:
        ordered = chips if colour == "RGB" else chips[..., ::-1]
        tensor = (ordered.astype(np.float32) - mean) / scale
        if layout == "NCHW":
            tensor = tensor.transpose(0, 3, 1, 2)
        # one at a time: many exported networks fix the batch to one
        rows = [session.run(None, {name: np.ascontiguousarray(t[None])})[0] for t in tensor]
        answer: NDArray[np.floating[Any]] = np.concatenate(rows)
        return answer

    return network

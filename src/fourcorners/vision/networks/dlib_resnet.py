"""dlib's face-recognition ResNet, read from its own weights file and run by ONNX Runtime.

The same arithmetic runs many times faster in ONNX Runtime than in dlib itself (docs/decisions, page 3), and dlib's
library is not needed. The file format is dlib's serialisation: layer names in clear, tensors as a version, four
dimensions and little-endian float32. The architecture is `anet_type` of dlib's `dnn_face_recognition_ex.cpp`
(King 2017): 29 convolutions, each followed by a scale and offset per channel.
"""

import re
from functools import cache
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import TensorProto

from fourcorners.vision.networks.graph import Graph
from fourcorners.vision.networks.onnx import session_of
from fourcorners.vision.networks.weights import weights_path

__all__ = [
    "CHIP_SIDE_PX",
    "DIMENSIONS",
    "FEATURES_SIDE",
    "dlib_resnet_session",
    "features_model",
]

CHIP_SIDE_PX = 150
DIMENSIONS = 128
FEATURES_SIDE = 8

NAME = "dlib_face_resnet"
CHIPS = ("chips", TensorProto.FLOAT, ("n", CHIP_SIDE_PX, CHIP_SIDE_PX, 3))

_MEAN_RGB = (122.782, 117.001, 104.298)
_FEATURE_LEVELS = 3
_LEVELS = ((32, (1, 1, 1)), (64, (2, 1, 1, 1)), (128, (2, 1, 1)), (256, (2, 1, 1)), (256, (2,)))
"""Channels and the stride of each residual block, from the input on; stride 2 halves the picture."""


@cache
def dlib_resnet_session(name: str = "dlib_face_resnet") -> ort.InferenceSession:
    """Session with input `chips` (n, 150, 150, 3) RGB 0..255 float32 and output `descriptors` (n, 128) float32."""
    return session_of(_graph(weights_path(name)).SerializeToString())


def features_model(name: str = "dlib_face_resnet") -> onnx.ModelProto:
    """The first three levels with the same input, and their maps `features` (n, 128, 8, 8) as output.

    They say what is seen where on the face, before it is condensed into who it is; the covering network began as they.
    """
    return _graph(weights_path(name), features_only=True)


def _graph(path: Path, *, features_only: bool = False) -> onnx.ModelProto:
    data = path.read_bytes()
    convolutions = iter(_tensors(data, b"con_4"))
    scales = iter(_tensors(data, b"affine_"))
    (last,) = _tensors(data, b"fc_2", integers_before=2)  # it states its outputs and inputs first
    build = _Builder()
    x = build.add("Sub", "chips", build.constant(np.array(_MEAN_RGB, dtype=np.float32)))
    x = build.add("Mul", x, build.constant(np.array(1 / 256, dtype=np.float32)))
    x = build.add("Transpose", x, perm=[0, 3, 1, 2])
    channels = 32
    x = build.convolve(x, next(convolutions), next(scales), (32, 3, 7), stride=2)
    x = build.add("Relu", x)
    x = build.add("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2])
    for width, strides in _LEVELS[:_FEATURE_LEVELS] if features_only else _LEVELS:
        for stride in strides:
            y = build.convolve(x, next(convolutions), next(scales), (width, channels, 3), stride)
            y = build.add("Relu", y)
            y = build.convolve(y, next(convolutions), next(scales), (width, width, 3), 1)
            if stride == 2:
                x = build.add("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
            x = build.add_padded(x, channels, y, width, halved=stride == 2)
            x = build.add("Relu", x)
            channels = width
    if features_only:
        build.add("Identity", x, output="features")
        return build.model(NAME, [CHIPS], ("features", ["n", channels, FEATURES_SIDE, FEATURES_SIDE]))
    x = build.add("GlobalAveragePool", x)
    x = build.add("Flatten", x)
    build.add("MatMul", x, build.constant(last.reshape(256, DIMENSIONS)), output="descriptors")
    return build.model(NAME, [CHIPS], ("descriptors", ["n", DIMENSIONS]))


class _Builder(Graph):
    """Adds what this network is made of."""

    def convolve(
        self, x: str, filters: NDArray[np.float32], scale: NDArray[np.float32], shape: tuple[int, int, int], stride: int
    ) -> str:
        """Convolution with the scale and offset of the layer after it folded in. dlib pads only at stride 1."""
        out, inputs, side = shape
        weights, bias = filters[:-out].reshape(out, inputs, side, side), filters[-out:]
        gain, offset = scale[:out], scale[out:]
        folded = self.constant(weights * gain[:, None, None, None])
        pads = [side // 2 if stride == 1 else 0] * 4
        strides = [stride, stride]
        return self.add(
            "Conv",
            x,
            folded,
            self.constant(bias * gain + offset),
            kernel_shape=[side, side],
            strides=strides,
            pads=pads,
        )

    def add_padded(self, x: str, x_channels: int, y: str, y_channels: int, *, halved: bool) -> str:
        """Sum of two tensors; dlib's add_prev fills the smaller one with zeros, in channels and in size.

        An unpadded stride-2 convolution may end one pixel short of the pooled shortcut.
        """
        if x_channels < y_channels:
            pads = np.array([0, 0, 0, 0, 0, y_channels - x_channels, 0, 0], dtype=np.int64)
            x = self.add("Pad", x, self.constant(pads))
        if halved:
            y = self._grown_to(y, x)
        return self.add("Add", x, y)

    def _grown_to(self, small: str, large: str) -> str:
        missing = self.add("Sub", self.add("Shape", large), self.add("Shape", small))
        pads = self.add("Concat", self.constant(np.zeros(4, dtype=np.int64)), missing, axis=0)
        return self.add("Pad", small, pads)


def _tensors(data: bytes, layer: bytes, integers_before: int = 0) -> list[NDArray[np.float32]]:
    """The parameter tensors of all layers called `layer`, in the file's order (from the input on).

    A layer's name may be followed by a few integers of its own before its tensor (a version, four dimensions, values).
    """
    found = []
    for match in re.finditer(re.escape(bytes([1, len(layer)]) + layer), data):
        at = match.end()
        for _ in range(integers_before + 1):
            _, at = _integer(data, at)
        size = 1
        for _ in range(4):
            dimension, at = _integer(data, at)
            size *= dimension
        found.append(np.frombuffer(data, dtype="<f4", count=size, offset=at))
    return found


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """An integer as dlib writes it: a byte count, then little-endian bytes. Returns the value and the next place."""
    count = data[at] & 0x0F
    return int.from_bytes(data[at + 1 : at + 1 + count], "little"), at + 1 + count

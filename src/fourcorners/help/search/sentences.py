"""The network of universal-sentence-encoder-multilingual v3 as a graph for ONNX Runtime, in whole numbers.

Its weights take 16 MB, and a short question is over before they have come from memory: that is its time. As whole
numbers of eight bits, two where one is too coarse (in the first layer and the last four), they take 4.8 MB; most of it
stays in the processor's cache. Vectors lie at a cosine of 0.9997 (median; 0.998 at least, over 500 queries) to those in
floating point. With one number a weight throughout it would be 0.9992 and a little faster, but queries were lost by it.
Weights use seven of the eight bits, for in eight processors without VNNI would overflow.

Vectors of word pieces (n, 512) pass a dense layer and three branches that each look at 2, 3 or 5 neighbours, twice;
what they say is added up over the pieces, and passes four dense layers to 512 numbers of length 1.
"""

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto

from fourcorners.vision.networks.graph import Graph

__all__ = ["SIZE", "sentence_network"]

SIZE = 512
"""Numbers a piece, and a sentence."""
BRANCHES = ((2, 0), (3, 1), (5, 2))
"""How many neighbouring pieces a branch looks at, and how many of them stand before the piece."""
LARGEST = 64
"""The largest whole number of a weight."""
FINE = 2
"""So many whole numbers a weight, where one is too coarse."""
FLOAT = TensorProto.FLOAT

Weights = Mapping[str, NDArray[np.float32]]


def sentence_network(weights: Weights) -> onnx.ModelProto:
    """From one sentence's pieces to its `sentence` (1, 512).

    A piece's vector is given as the table has it: `numbers` (n, 512) from 0 to 255, of `scale` (n, 1) and from `least`
    (n, 1) on.
    """
    build = _Builder()
    sides = [order for order, _ in BRANCHES]
    bias = np.concatenate([weights[f"proj_b{n}"] for n in sides])
    x = build.dense_of_table(np.concatenate([weights[f"proj{n}"] for n in sides], axis=1), FINE)
    x = build.add("Add", x, build.constant(bias))
    epsilon = float(weights["eps"])
    gain, offset = (np.concatenate([weights[f"{name}{n}"] for n in sides]) for name in ("ln_g", "ln_b"))
    x = build.normal(x, gain, offset, epsilon)
    parts = build.constant(np.full(len(sides), len(bias) // len(sides), np.int64))
    pieces = build.add("Mul", build.add("Cast", "numbers", to=FLOAT), "scale")
    told = [build.add("Add", pieces, "least")]
    for branch, (order, before) in zip(build.add_many("Split", len(sides), x, parts, axis=1), BRANCHES, strict=True):
        y = branch
        for layer in ("1", "2"):
            seen = build.neighbours(y, order, before)
            inner = build.dense(seen, weights[f"w{layer}_{order}"])
            inner = build.add("Add", inner, build.constant(weights[f"b{layer}_{order}"]))
            y = build.add("Add", build.add("Relu", inner), y)
        told.append(y)
    x = build.normal(build.add("Concat", *told, axis=1), weights["ln_g"], weights["ln_b"], epsilon)
    given = [("numbers", TensorProto.UINT8, ("n", SIZE)), ("scale", FLOAT, ("n", 1)), ("least", FLOAT, ("n", 1))]
    return build.model("sentences", given, (build.sentence(x, weights), (1, SIZE)))


class _Builder(Graph):
    """Adds what this network is made of."""

    def dense(self, x: str, weights: NDArray[np.float32], parts: int = 1) -> str:
        """x W in whole numbers: W by columns, x as a whole, each with a scale."""
        whole, scales = _whole(weights, parts)
        numbers, scale, zero = self.add_many("DynamicQuantizeLinear", 3, x)
        scaled = self.add("Mul", scale, self.constant(scales))
        return self._together(self.add("Mul", self._product(numbers, zero, whole), scaled), parts)

    def dense_of_table(self, weights: NDArray[np.float32], parts: int) -> str:
        """The same of what the table gives, where each row has a scale and a least of its own."""
        whole, scales = _whole(weights, parts)
        product = self._product("numbers", self.constant(np.zeros((), np.uint8)), whole)
        scaled = self.add("Mul", product, self.add("Mul", "scale", self.constant(scales)))
        lifted = self.add("Mul", "least", self.constant((whole * scales).sum(axis=0, keepdims=True)))
        return self._together(self.add("Add", scaled, lifted), parts)

    def _product(self, numbers: str, zero: str, whole: NDArray[np.int8]) -> str:
        none = self.constant(np.zeros(whole.shape[1], np.int8))
        return self.add("Cast", self.add("MatMulInteger", numbers, self.constant(whole), zero, none), to=FLOAT)

    def _together(self, x: str, parts: int) -> str:
        """The sum of the parts that lie side by side."""
        if parts == 1:
            return x
        apart = self.add("Reshape", x, self.constant(np.array([0, parts, -1], np.int64)))
        return self.add("ReduceSum", apart, self.constant(np.ones(1, np.int64)), keepdims=0)

    def normal(self, x: str, gain: NDArray[np.float32], offset: NDArray[np.float32], epsilon: float) -> str:
        """Each row with mean 0 and variance 1, then scaled (Ba, Kiros and Hinton 2016)."""
        return self.add("LayerNormalization", x, self.constant(gain), self.constant(offset), axis=-1, epsilon=epsilon)

    def neighbours(self, x: str, order: int, before: int) -> str:
        """Each row with the rows about it side by side; beyond the ends of the sentence lie zeros."""
        after = order - 1 - before
        padded = self.add("Pad", x, self.constant(np.array([before, 0, after, 0], np.int64)))
        axis = self.constant(np.zeros(1, np.int64))
        rows = []
        for first in range(order):
            end = np.iinfo(np.int64).max if first == order - 1 else first - order + 1
            bounds = (self.constant(np.array([n], np.int64)) for n in (first, end))
            rows.append(self.add("Slice", padded, *bounds, axis))
        return self.add("Concat", *rows, axis=1)

    def sentence(self, x: str, weights: Weights) -> str:
        """What the pieces (n, k) say together, by the square root of their number, through four layers; of length 1."""
        first, second = (self.constant(np.array([n], np.int64)) for n in (0, 1))
        number = self.add("Cast", self.add("Slice", self.add("Shape", x), first, second), to=FLOAT)
        total = self.dense(self.add("ReduceSum", x, first, keepdims=1), weights["cnn_W"])
        total = self.add("Add", total, self.add("Mul", number, self.constant(weights["cnn_b"])))
        mean = self.add("Div", total, self.add("Sqrt", number))
        one = self.add("Relu", self.dense(mean, weights["d0"], FINE))
        two = self.add(
            "Relu", self.add("Add", self.dense(mean, weights["p1"], FINE), self.dense(one, weights["d1"], FINE))
        )
        three = self.add("Relu", self.dense(two, weights["d2"], FINE))
        last = self.add(
            "Tanh", self.add("Add", self.dense(two, weights["p3"], FINE), self.dense(three, weights["d3"], FINE))
        )
        return self.add("Div", last, self.add("ReduceL2", last, second, keepdims=1))


def _whole(weights: NDArray[np.float32], parts: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers, and the scale of each column; parts side by side, each what those before it left."""
    whole, scales, left = [], [], weights
    for _ in range(parts):
        scale = np.maximum(np.abs(left).max(axis=0), 1e-9).astype(np.float32) / LARGEST
        numbers = np.round(left / scale)
        whole.append(numbers.astype(np.int8))
        scales.append(scale)
        left = left - numbers * scale
    return np.concatenate(whole, axis=1), np.concatenate(scales)

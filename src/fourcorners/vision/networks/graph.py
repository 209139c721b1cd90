"""Puts an ONNX network together by hand, for weights that come in another form."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

__all__ = ["Graph"]

OPSET = 18
FORMAT = 9
Shape = Sequence[str | int]


class Graph:
    """Collects nodes and constants; every method returns the name of what it computed."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[np.generic]) -> str:
        """A tensor that is part of the network."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, operation: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:  # noqa: ANN401
        """A node with one output; `output` names it."""
        name = output or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [name], **attributes))
        return name

    def add_many(self, operation: str, count: int, *inputs: str, **attributes: Any) -> list[str]:  # noqa: ANN401
        """A node with as many outputs."""
        names = [f"n{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(helper.make_node(operation, list(inputs), names, **attributes))
        return names

    def model(self, name: str, given: Sequence[tuple[str, int, Shape]], told: tuple[str, Shape]) -> onnx.ModelProto:
        """The network; `given` are its inputs, each with ONNX's number of its type; `told` is the output, float32."""
        inputs = [helper.make_tensor_value_info(*one) for one in given]
        output = helper.make_tensor_value_info(told[0], TensorProto.FLOAT, told[1])
        graph = helper.make_graph(self._nodes, name, inputs, [output], self._constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)

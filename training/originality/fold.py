"""Fold the laying of two by two pixels side by side into the next layer: `python -m training.originality.fold FILE...`.

`PixelUnshuffle(2)` before a convolution of 3 x 3 is a convolution of 6 x 6 with a stride of 2, number for number. As it
is exported, ONNX Runtime spends a third of a network's time on moving pixels. Writes the files anew where it finds any.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

SIDE = 2
"""Pixels that are laid side by side, each way."""
PERMUTED = [0, 1, 3, 5, 2, 4]


def folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network without the moving; as it was, where no such layers stand in it."""
    graph = model.graph
    by_output = {name: node for node in graph.node for name in node.output}
    weights = {tensor.name: tensor for tensor in graph.initializer}
    for conv in [node for node in graph.node if node.op_type == "Conv"]:
        moved = _moved_before(conv, by_output)
        if moved is None:
            continue
        kernel = numpy_helper.to_array(weights[conv.input[1]])
        weights[conv.input[1]].CopyFrom(numpy_helper.from_array(_spread(kernel), conv.input[1]))
        conv.input[0] = moved
        for attribute in [a for a in conv.attribute if a.name in ("kernel_shape", "pads", "strides")]:
            conv.attribute.remove(attribute)
        side = SIDE * kernel.shape[2]
        pad = SIDE * (kernel.shape[2] // 2)
        conv.attribute.extend([
            helper.make_attribute("kernel_shape", [side, side]),
            helper.make_attribute("pads", [pad] * 4),
            helper.make_attribute("strides", [SIDE, SIDE]),
        ])  # fmt: skip
    _without_unused(graph)
    onnx.checker.check_model(model)
    return model


def _moved_before(conv: onnx.NodeProto, by_output: dict[str, onnx.NodeProto]) -> str | None:
    """What goes into the moving before a convolution: reshaped, transposed and reshaped again, perhaps in steps."""
    node = by_output.get(conv.input[0])
    transposed = False
    while node is not None and node.op_type in ("Reshape", "Squeeze", "Unsqueeze", "Transpose"):
        if node.op_type == "Transpose":
            if list(node.attribute[0].ints) != PERMUTED:
                return None
            transposed = True
        name = str(node.input[0])
        node = by_output.get(name)
    return name if transposed else None


def _spread(kernel: np.ndarray) -> np.ndarray:
    """Weights (out, in * 4, 3, 3) of what was laid side by side as (out, in, 6, 6) of the pixels themselves."""
    out, inward, height, width = kernel.shape
    apart = kernel.reshape(out, inward // SIDE**2, SIDE, SIDE, height, width)
    whole = apart.transpose(0, 1, 4, 2, 5, 3).reshape(out, inward // SIDE**2, SIDE * height, SIDE * width)
    return np.ascontiguousarray(whole)


def _without_unused(graph: onnx.GraphProto) -> None:
    while True:
        used = {name for node in graph.node for name in node.input} | {output.name for output in graph.output}
        unused = [node for node in graph.node if not used & set(node.output)]
        if not unused:
            return
        for node in unused:
            graph.node.remove(node)


def fold(files: list[Path]) -> None:
    """Write files anew, folded, and say what stands on their cards."""
    for file in files:
        file.write_bytes(folded(onnx.load(file)).SerializeToString())
        print(f'{file}: sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    fold([Path(name) for name in sys.argv[1:]])

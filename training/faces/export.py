"""Write a learned network as ONNX: python -m training.faces.export OUT.pt TRUNK.npz coverings.onnx [--net free].

`window` (n, 150, 150, 3) RGB 0..255 float32 in; `worn` (n, 8) and `covered` (n, 8, 8), both log odds, out.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from training.faces.model import Head, Whole
from training.faces.trunk import Trunk

__all__ = ["Deployed", "halved", "learned"]

SMALL = 1000
"""Constants of fewer numbers stay as they are."""


class Deployed(nn.Module):
    """The network on windows as a photo has them: colours last."""

    def __init__(self, net: Whole) -> None:
        super().__init__()
        self.net = net

    def forward(self, window: Tensor) -> tuple[Tensor, Tensor]:
        worn: tuple[Tensor, Tensor] = self.net(window.permute(0, 3, 1, 2))
        return worn


def learned(kept: Path, trunk: Path, name: str) -> Whole:
    """The network `name` ("frozen" or "free") of what `training.faces.learn` wrote."""
    net = Whole(Trunk().read(trunk), Head())
    state = torch.load(kept)[name]
    (net if name == "free" else net.head).load_state_dict(state)
    return net.eval()


def halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same with its large constants kept in half precision, and made whole when it is loaded."""
    for kept in [c for c in model.graph.initializer if c.data_type == TensorProto.FLOAT]:
        values = numpy_helper.to_array(kept)
        if values.size < SMALL:
            continue
        name = kept.name
        kept.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        model.graph.node.insert(0, helper.make_node("Cast", [kept.name], [name], to=TensorProto.FLOAT))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept", type=Path)
    parser.add_argument("trunk", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--net", choices=("free", "frozen"), default="free")
    arguments = parser.parse_args()
    torch.onnx.export(
        Deployed(learned(arguments.kept, arguments.trunk, arguments.net)),
        (torch.zeros(1, 150, 150, 3),),
        str(arguments.out),
        input_names=["window"],
        output_names=["worn", "covered"],
        dynamic_axes={"window": {0: "n"}, "worn": {0: "n"}, "covered": {0: "n"}},
        dynamo=False,
        opset_version=17,
    )
    onnx.save(halved(onnx.load(arguments.out)), arguments.out)


if __name__ == "__main__":
    main()

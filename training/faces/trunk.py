"""The first layers of dlib's face network as a module that can be trained, and a small file of their weights."""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

__all__ = ["Trunk"]

MEAN_RGB = (122.782, 117.001, 104.298)
LEVELS = ((32, (1, 1, 1)), (64, (2, 1, 1, 1)), (128, (2, 1, 1)))


class Block(nn.Module):
    """Two convolutions beside a shortcut; where they halve the picture, the shortcut is averaged and filled with 0."""

    def __init__(self, inward: int, outward: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(inward, outward, 3, stride, padding=1 if stride == 1 else 0)
        self.second = nn.Conv2d(outward, outward, 3, padding=1)
        self.stride, self.more = stride, outward - inward

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.second(torch.relu(self.first(x)))
        if self.stride == 2:
            x = nn.functional.avg_pool2d(x, 2)
        if self.more:
            x = nn.functional.pad(x, (0, 0, 0, 0, 0, self.more))
        return torch.relu(x + y)


class Trunk(nn.Module):
    """Windows (n, 3, 150, 150) RGB 0..255 to the inner maps (n, 64, 17, 17) and (n, 128, 8, 8)."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN_RGB).view(1, 3, 1, 1), persistent=False)
        self.stem = nn.Conv2d(3, 32, 7, 2)
        inward, levels = 32, []
        for outward, strides in LEVELS:
            level = []
            for stride in strides:
                level.append(Block(inward, outward, stride))
                inward = outward
            levels.append(nn.Sequential(*level))
        self.levels = nn.ModuleList(levels)

    def forward(self, windows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = torch.relu(self.stem((windows - self.mean) / 256))
        x = self.levels[0](nn.functional.max_pool2d(x, 3, 2))
        finer = self.levels[1](x)
        return finer, self.levels[2](finer)

    def read(self, file: Path) -> "Trunk":
        """With dlib's weights from the file that `main` writes."""
        kept = np.load(file)
        layers = [layer for layer in self.modules() if isinstance(layer, nn.Conv2d)]
        for number, layer in enumerate(layers):
            layer.weight.data = torch.from_numpy(kept[f"weight_{number}"].astype(np.float32))
            layer.bias.data = torch.from_numpy(kept[f"bias_{number}"].astype(np.float32))
        return self


def main() -> None:
    """Write the weights of the convolutions, from the input on, in half precision."""
    from onnx import numpy_helper

    from fourcorners.vision.networks.dlib_resnet import features_model

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    model = features_model()
    values = {kept.name: numpy_helper.to_array(kept) for kept in model.graph.initializer}
    layers = [node for node in model.graph.node if node.op_type == "Conv"]
    found = {}
    for number, layer in enumerate(layers):
        found[f"weight_{number}"] = values[layer.input[1]].astype(np.float16)
        found[f"bias_{number}"] = values[layer.input[2]].astype(np.float32)
    np.savez_compressed(arguments.file, **found)


if __name__ == "__main__":
    main()

"""Write a checkpoint as the ONNX file that the package carries.

    python -m training.outline.export CHECKPOINT FILE [CORNERS]

CORNERS is the file of the other network, which only a checkpoint of `together.py` has.

The file takes uint8 RGB (n, 256, 256, 3) and gives (n, 6, 64, 64), the first three maps as probabilities.
"""

import hashlib
import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from training.outline.corners import CornerNet
from training.outline.corners import write as write_corners
from training.outline.model import OutlineNet, prepared


class Deployed(nn.Module):
    def __init__(self, net: OutlineNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, window: Tensor) -> Tensor:
        maps = self.net(prepared(window))
        return torch.cat([torch.sigmoid(maps[:, :3]), maps[:, 3:]], 1)


def main(checkpoint: Path, file: Path, corners: Path | None = None) -> None:
    state = torch.load(checkpoint, map_location="cpu")
    if corners is not None:
        judge = CornerNet()
        judge.load_state_dict(state["corners"]["mean"])
        write_corners(judge, corners)
    state = state.get("outline", state)
    net = OutlineNet()
    net.load_state_dict(state.get("mean", state["net"]))
    deployed = Deployed(net).eval()
    window = torch.zeros((1, 256, 256, 3), dtype=torch.uint8)
    torch.onnx.export(
        deployed, (window,), str(file), input_names=["window"], output_names=["maps"], dynamo=False, opset_version=17
    )
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {file.stat().st_size} bytes")
    print(f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))

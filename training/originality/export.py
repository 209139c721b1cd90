"""Write a checkpoint as the ONNX file that the package carries: python -m training.originality.export CHECKPOINT FILE.

The file takes uint8 RGB (n, 96, 96, 3) and gives the chances of neither, display, print (n, 3).
"""

import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from training.originality.fold import fold
from training.originality.model import RecaptureNet, prepared


class Deployed(nn.Module):
    def __init__(self, net: RecaptureNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, window: Tensor) -> Tensor:
        return torch.softmax(self.net(prepared(window)), 1)


def main(checkpoint: Path, file: Path) -> None:
    net = RecaptureNet()
    net.load_state_dict(torch.load(checkpoint))
    deployed = Deployed(net).eval()
    window = torch.zeros((2, 96, 96, 3), dtype=torch.uint8)
    torch.onnx.export(
        deployed,
        (window,),
        str(file),
        input_names=["window"],
        output_names=["chances"],
        dynamic_axes={"window": {0: "n"}, "chances": {0: "n"}},
        dynamo=False,
        opset_version=17,
    )
    fold([file])
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write the page and the splice network as ONNX: python -m training.originality.write NETS.pt PAGE.onnx SPLICE.onnx.

The first takes windows of one page, uint8 RGB (n, 96, 96, 3) and (m, 96, 96, 3) at half the resolution, and gives the
chances of neither, display, print for the page (3,) and for the first windows (n, 3). The second takes windows
(n, 64, 64, 3), and for each of p places how much each window counts in it, beside it and around it (p, n), and 1 where
it is a line of print (p,); it gives the chances (p,) that they were pasted in.
"""

import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from training.originality.fold import fold
from training.originality.page_model import PageNet
from training.originality.splice_model import SpliceNet

OPSET = 17


class Page(nn.Module):
    def __init__(self, net: PageNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, near: Tensor, far: Tensor) -> tuple[Tensor, Tensor]:
        page, windows = self.net(near[None], far[None])
        return torch.softmax(page[0], 0), torch.softmax(windows[0], 1)


class Places(nn.Module):
    def __init__(self, net: SpliceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, windows: Tensor, inside: Tensor, beside: Tensor, around: Tensor, line: Tensor) -> Tensor:
        told = self.net.features(windows)
        return torch.sigmoid(self.net.unlike(inside @ told, beside @ told, around @ told, line))


def main(checkpoint: Path, page_file: Path, splice_file: Path) -> None:
    nets = nn.ModuleDict({"page": PageNet(), "splice": SpliceNet()})
    nets.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    windows = torch.randint(0, 255, (24, 96, 96, 3), dtype=torch.uint8)
    _export(
        Page(nets["page"]), (windows, windows[:8]), page_file,  # type: ignore[arg-type]
        {"near": {0: "n"}, "far": {0: "m"}}, {"page": {}, "windows": {0: "n"}},
    )  # fmt: skip
    shares = torch.full((3, 24), 1 / 24)
    places = windows[:, :64, :64].contiguous(), shares, shares, shares, torch.tensor([0.0, 1.0, 1.0])
    roles = {name: {0: "p", 1: "n"} for name in ("inside", "beside", "around")}
    _export(
        Places(nets["splice"]), places, splice_file,  # type: ignore[arg-type]
        {"windows": {0: "n"}, **roles, "line": {0: "p"}}, {"chances": {0: "p"}},
    )  # fmt: skip


def _export(
    net: nn.Module, shown: tuple[Tensor, ...], file: Path, inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
) -> None:  # fmt: skip
    torch.onnx.export(
        net.eval(), shown, str(file), input_names=list(inputs), output_names=list(outputs),
        dynamic_axes={**inputs, **outputs}, dynamo=False, opset_version=OPSET,
    )  # fmt: skip
    fold([file])
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))

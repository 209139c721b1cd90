"""Train the splice network on the CPU, and write it as ONNX.

    python -m training.originality.splice_train EXAMPLES.npz... FILE.onnx [--steps N] [--seed S]

One in ten examples is held out and measured on. One thread; seeded; half a minute.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from training.originality.splice_model import SpliceNet
from training.originality.splices import AROUND, INSIDE

BATCH = 128
HELD_OUT = 10
JITTER = 0.05
"""Of the spread of each trace: no network should hang on the last digit of one."""


class Deployed(nn.Module):
    def __init__(self, net: SpliceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, inside: Tensor, around: Tensor) -> Tensor:
        return torch.sigmoid(self.net(inside, around))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="examples, then the file to write")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4e-3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    *examples, out = arguments.files
    files = [np.load(file) for file in examples]
    traces = torch.from_numpy(np.concatenate([file["traces"] for file in files]))
    labels = torch.from_numpy(np.concatenate([file["labels"] for file in files])).float()
    held = torch.arange(len(labels)) % HELD_OUT == 0
    net = SpliceNet()
    net.middle.copy_(traces.mean((0, 1)))
    net.spread.copy_(traces.std((0, 1)))
    optimiser = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, arguments.rate, total_steps=arguments.steps)
    learn = torch.where(~held)[0]
    for step in range(arguments.steps):
        chosen = learn[torch.randint(len(learn), (BATCH,))]
        shown = traces[chosen] + JITTER * net.spread * torch.randn_like(traces[chosen])
        said = net(_some(shown[:, :INSIDE]), _some(shown[:, INSIDE:]))
        loss = nn.functional.binary_cross_entropy_with_logits(said, labels[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 400 == 399:
            print(f"{step + 1} loss {loss.item():.3f} held out: {_told(net, traces[held], labels[held])}", flush=True)
    export(net, out)


def _some(traces: Tensor) -> Tensor:
    """A few of the windows, others each time."""
    count = traces.shape[1]
    return traces[:, torch.randperm(count)[: int(torch.randint(3, count + 1, ()))]]


def _told(net: SpliceNet, traces: Tensor, labels: Tensor) -> str:
    """Shares of pasted places that are found where 5 % and 2 % of the others would be; and the loss."""
    net.eval()
    with torch.no_grad():
        said = net(traces[:, :INSIDE], traces[:, INSIDE:])
    net.train()
    found = [(said[labels > 0] > torch.quantile(said[labels == 0], share)).float().mean() for share in (0.95, 0.98)]
    loss = nn.functional.binary_cross_entropy_with_logits(said, labels).item()
    return f"found {found[0]:.2f} at 5 %, {found[1]:.2f} at 2 % of others, loss {loss:.3f}"


def export(net: SpliceNet, file: Path) -> None:
    """Write the network with a chance instead of a logit; prints its SHA-256."""
    shapes = (torch.zeros((2, INSIDE, len(net.middle))), torch.zeros((2, AROUND, len(net.middle))))
    names = {"inside": {0: "n"}, "around": {0: "n"}, "chance": {0: "n"}}
    torch.onnx.export(
        Deployed(net).eval(), shapes, str(file), input_names=["inside", "around"], output_names=["chance"],
        dynamic_axes=names, dynamo=False, opset_version=17,
    )  # fmt: skip
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {file.stat().st_size} bytes")
    print(f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main()

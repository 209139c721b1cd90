"""Train the network that says whether a document's corner can be seen whole, and write it as ONNX.

    python -m training.outline.corners BANK FILE [--patches N] [--rounds N] [--seed S]

The file takes uint8 RGB patches (n, 72, 72, 3) as `corner_patches.py` draws them and gives (n,) probabilities.
"""

import argparse
import hashlib
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from training.outline import corner_patches
from training.outline.bank_file import Bank
from training.outline.corner_patches import FATES, SIDE

BATCH = 64
HELD_OUT = 1500


class CornerNet(nn.Module):
    """Convolutions at three scales, and a linear layer that knows where in the patch it looks."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inward, outward, kernel, stride in (
            (3, 24, 5, 2),
            (24, 48, 3, 2),
            (48, 48, 3, 1),
            (48, 80, 3, 2),
            (80, 80, 3, 1),
            (80, 80, 3, 1),
            (80, 16, 1, 1),
        ):
            layers += [nn.Conv2d(inward, outward, kernel, stride, kernel // 2, bias=False)]
            layers += [nn.BatchNorm2d(outward), nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.2), nn.Linear(16 * (SIDE // 8) ** 2, len(FATES)))

    def forward(self, patch: Tensor) -> Tensor:
        """Logits (n, 5) of FATES, for patches (n, 72, 72, 3) 0..255, each taken at its own mean and contrast."""
        x = patch.permute(0, 3, 1, 2).float()
        middle = x.mean(dim=(1, 2, 3), keepdim=True)
        spread = ((x - middle) ** 2).mean(dim=(1, 2, 3), keepdim=True).sqrt()
        out: Tensor = self.head(self.features((x - middle) / (spread + 8)))
        return out


class Deployed(nn.Module):
    """The chance that the corner is whole, the first of FATES."""

    def __init__(self, net: CornerNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, patch: Tensor) -> Tensor:
        return torch.softmax(self.net(patch), 1)[:, 0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--patches", type=int, default=14000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    cv2.setNumThreads(1)
    patches, fates = drawn(arguments.bank, (0.0, 0.9), arguments.patches, arguments.seed)
    held, held_fates = drawn(arguments.bank, (0.9, 1.0), HELD_OUT, arguments.seed + 1)
    net = CornerNet()
    optimizer = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=0.02)
    steps = arguments.rounds * (len(patches) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, arguments.rate, steps, pct_start=0.1)
    for around in range(arguments.rounds):
        net.train()
        order = torch.randperm(len(patches))
        for start in range(0, len(patches) - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            batch = patches[some]
            batch = batch.transpose(1, 2) if torch.rand(()) < 0.5 else batch  # a corner in a mirror is a corner
            batch = batch[..., torch.randperm(3)] if torch.rand(()) < 0.3 else batch
            value = nn.functional.cross_entropy(net(batch), fates[some])
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            optimizer.step()
            schedule.step()
        net.eval()
        print(f"round {around + 1} held out: {told(net, held, held_fates)}", flush=True)
    write(net, arguments.file)


def told(net: CornerNet, patches: Tensor, fates: Tensor) -> str:
    """How many of each hidden fate are less whole than all but 2 % of the whole ones."""
    with torch.no_grad():
        whole = torch.cat([torch.softmax(net(part), 1)[:, 0] for part in patches.split(256)])
    at = torch.quantile(whole[fates == 0], 0.02)
    shares = [f"{name} {(whole[fates == i] < at).float().mean():.3f}" for i, name in enumerate(FATES) if i]
    return f"below {at:.3f} are 2 % of the whole and " + ", ".join(shares)


def write(net: CornerNet, file: Path) -> None:
    """Write the network as ONNX and say its SHA-256."""
    torch.onnx.export(
        Deployed(net).eval(),
        (torch.zeros((4, SIDE, SIDE, 3), dtype=torch.uint8),),
        str(file),
        input_names=["patch"],
        output_names=["whole"],
        dynamic_axes={"patch": {0: "n"}, "whole": {0: "n"}},
        dynamo=False,
        opset_version=17,
    )
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {file.stat().st_size} bytes")
    print(f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')


def drawn(bank: Path, part: tuple[float, float], count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Patches (count, 72, 72, 3) and their fates (count,)."""
    source = Bank.load(bank, part)
    pairs = [corner_patches.draw(np.random.default_rng((seed, i)), source) for i in range(count)]
    return torch.from_numpy(np.stack([p for p, _ in pairs])), torch.tensor([fate for _, fate in pairs])


if __name__ == "__main__":
    main()

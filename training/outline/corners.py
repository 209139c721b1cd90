"""Train the network that says whether a document's corner can be seen whole, and write it as ONNX.

    python -m training.outline.corners BANK FILE [--patches N] [--rounds N] [--seed S]

The file takes uint8 RGB patches (n, 56, 56, 3) as `corner_patches.py` draws them and gives (n,) probabilities.
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

BATCH = 64
HELD_OUT = 1500


class CornerNet(nn.Module):
    """Four convolutions and a linear layer."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inward, outward, kernel, stride in ((3, 16, 5, 2), (16, 32, 3, 2), (32, 48, 3, 2), (48, 48, 3, 1)):
            layers += [nn.Conv2d(inward, outward, kernel, stride, kernel // 2, bias=False)]
            layers += [nn.BatchNorm2d(outward), nn.ReLU()]
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(0.2), nn.Linear(48 * 7 * 7, 1))

    def forward(self, patch: Tensor) -> Tensor:
        """Logits (n,) of uint8 patches (n, 56, 56, 3), each taken at its own mean and contrast."""
        x = patch.permute(0, 3, 1, 2).float()
        middle = x.mean(dim=(1, 2, 3), keepdim=True)
        spread = ((x - middle) ** 2).mean(dim=(1, 2, 3), keepdim=True).sqrt()
        out: Tensor = self.head(self.features((x - middle) / (spread + 8)))[:, 0]
        return out


class Deployed(nn.Module):
    def __init__(self, net: CornerNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, patch: Tensor) -> Tensor:
        return torch.sigmoid(self.net(patch))


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
    patches, whole = drawn(arguments.bank, (0.0, 0.9), arguments.patches, arguments.seed)
    held, held_whole = drawn(arguments.bank, (0.9, 1.0), HELD_OUT, arguments.seed + 1)
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
            value = nn.functional.binary_cross_entropy_with_logits(net(batch), whole[some])
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            optimizer.step()
            schedule.step()
        net.eval()
        with torch.no_grad():
            score = torch.sigmoid(net(held))
        at = torch.quantile(score[held_whole > 0.5], 0.02)
        print(
            f"round {around + 1} held out: right {((score > 0.5) == (held_whole > 0.5)).float().mean():.4f},",
            f"hidden found at 2 % false alarms {(score[held_whole < 0.5] < at).float().mean():.4f} (below {at:.3f})",
            flush=True,
        )
    torch.onnx.export(
        Deployed(net).eval(),
        (held[:4],),
        str(arguments.file),
        input_names=["patch"],
        output_names=["whole"],
        dynamic_axes={"patch": {0: "n"}, "whole": {0: "n"}},
        dynamo=False,
        opset_version=17,
    )
    print(f"{sum(p.numel() for p in net.parameters())} parameters, {arguments.file.stat().st_size} bytes")
    print(f'sha256 = "{hashlib.sha256(arguments.file.read_bytes()).hexdigest()}"')


def drawn(bank: Path, part: tuple[float, float], count: int, seed: int) -> tuple[Tensor, Tensor]:
    source = Bank.load(bank, part)
    pairs = [corner_patches.draw(np.random.default_rng((seed, i)), source) for i in range(count)]
    return torch.from_numpy(np.stack([p for p, _ in pairs])), torch.tensor([float(w) for _, w in pairs])


if __name__ == "__main__":
    main()

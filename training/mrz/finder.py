"""Trains the finder: where lines of machine-readable zones run in a reduced page, how turned and how high they are.

python -m training.mrz.finder --out out/mrz_finder
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from training.mrz.glyphs import faces
from training.mrz.pages import SIDE_PX, PagePart, other_print, part

BATCH = 16
POOL = 96
USES = 2
"""So often each drawn square is seen, as it is: a mirrored line is no line."""


class Finder(nn.Module):
    """(n, 1, h, w) -> score (n, 1, h / 2, w / 2), a logit, and place (n, 3, h / 4, w / 4): cos, sin, log height.

    h and w must be multiples of 16.
    """

    def __init__(self) -> None:
        super().__init__()
        self.to4 = nn.Sequential(*_full(1, 12, 2), *_thin(12, 24, 2), *_thin(24, 24))
        self.to8 = nn.Sequential(*_thin(24, 48, 2), *_thin(48, 48), *_thin(48, 48))
        self.to16 = nn.Sequential(*_thin(48, 72, 2), *_thin(72, 72, 1, 1), *_thin(72, 72, 1, 2), *_thin(72, 72, 1, 4))
        self.down16, self.down8, self.down4 = nn.Conv2d(72, 32, 1), nn.Conv2d(48, 32, 1), nn.Conv2d(24, 24, 1)
        self.mix8 = nn.Sequential(*_thin(32, 24))
        self.mix4 = nn.Sequential(*_thin(24, 24))
        self.score = nn.Conv2d(24, 4, 1)
        self.place = nn.Conv2d(24, 3, 1)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        four = self.to4(pictures)
        eight = self.to8(four)
        sixteen = self.to16(eight)
        eight = self.mix8(self.down8(eight) + _twice(self.down16(sixteen)))
        four = self.mix4(self.down4(four) + _twice(eight))
        return nn.functional.pixel_shuffle(self.score(four), 2), self.place(four)


def _full(inside: int, outside: int, stride: int = 1) -> list[nn.Module]:
    return [nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]


def _thin(inside: int, outside: int, stride: int = 1, dilation: int = 1) -> list[nn.Module]:
    return [
        nn.Conv2d(inside, inside, 3, stride, dilation, dilation, groups=inside, bias=False),
        nn.BatchNorm2d(inside),
        nn.Conv2d(inside, outside, 1, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(),
    ]


def _twice(x: Tensor) -> Tensor:
    return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")


def loss(score: Tensor, place: Tensor, batch: list[PagePart]) -> tuple[Tensor, dict[str, float]]:
    target = torch.from_numpy(np.stack([p.score for p in batch]))[:, None]
    wanted = torch.from_numpy(np.stack([p.place for p in batch]))
    near = torch.from_numpy(np.stack([p.near for p in batch]))
    each = nn.functional.binary_cross_entropy_with_logits(score, target, reduction="none")
    entropy = each.mean() + 0.3 * (each * (target > 0.5)).sum() / (target > 0.5).sum().clamp(min=1)
    chance = torch.sigmoid(score)
    overlap = 1 - (2 * (chance * target).sum() + 1) / (chance.square().sum() + target.square().sum() + 1)
    error = nn.functional.smooth_l1_loss(place, wanted, reduction="none", beta=0.1).sum(1)
    where = (error * near).sum() / near.sum().clamp(min=1)
    figures = {"entropy": entropy.item(), "overlap": overlap.item(), "place": where.item()}
    return 4 * entropy + overlap + where, figures


def export(model: Finder, path: Path) -> None:
    model.eval()
    dynamic = {
        "pictures": {0: "n", 2: "h", 3: "w"},
        "score": {0: "n", 2: "h2", 3: "w2"},
        "place": {0: "n", 2: "h4", 3: "w4"},
    }
    torch.onnx.export(
        model,
        (torch.zeros(1, 1, SIDE_PX, SIDE_PX),),
        str(path),
        input_names=["pictures"],
        output_names=["score", "place"],
        dynamic_axes=dynamic,
        opset_version=17,
        dynamo=False,
    )
    model.train()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--out", type=Path, default=Path("out/mrz_finder"))
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(given.seed)
    drawn, prints = faces(rng), other_print(rng)
    shares = np.array([face.share for face in drawn])
    shares /= shares.sum()
    model = Finder()
    if given.start:
        model.load_state_dict(torch.load(given.start))
    optimiser = torch.optim.AdamW(model.parameters(), given.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, given.steps, pct_start=0.05)
    pool: list[PagePart] = []
    began, sums = time.monotonic(), dict[str, float]()
    for step in range(1, given.steps + 1):
        while len(pool) < POOL:
            pool += [part(rng, drawn, shares, prints)] * USES
        chosen = sorted(rng.choice(len(pool), BATCH, replace=False), reverse=True)
        batch = [pool.pop(i) for i in chosen]
        score, place = model(torch.from_numpy(np.stack([p.picture for p in batch]))[:, None])
        total, figures = loss(score, place, batch)
        optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        for name, value in figures.items():
            sums[name] = sums.get(name, 0.0) * 0.98 + value * 0.02
        if step % 50 == 0:
            shown = " ".join(f"{name} {value / (1 - 0.98**step):.4f}" for name, value in sums.items())
            print(f"{step} {time.monotonic() - began:.0f}s {shown}", flush=True)
        if step % 250 == 0 or step == given.steps:
            torch.save(model.state_dict(), given.out / "finder.pt")
            export(model, given.out / "mrz_finder.onnx")


if __name__ == "__main__":
    main()

"""Trains the reader: what stands in each column of a strip, and where the characters' middles are.

    python -m training.mrz.reader --minutes 60 --out out/mrz_reader

Supervised column by column (we draw the lines, so we know where every character is): no alignment has to be learnt.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from training.mrz.glyphs import faces
from training.mrz.pages import other_print
from training.mrz.scenes import draw
from training.mrz.texts import ALPHABET
from training.mrz.windows import COLUMNS, IGNORED, WIDTH_PX, Window, nothing, windows

from fourcorners.vision.mrz.strips import STRIP_PX

CLASSES = len(ALPHABET)
BATCH = 48
POOL = 1500
NOTHING = 0.04
"""Share of strips without a line."""


class Reader(nn.Module):
    """(n, 1, 32, w) -> (n, 41, w / 4): 37 characters, how central, offset x, offset y, log height."""

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Sequential(
            *_conv(1, 24, (3, 3), (2, 2)),
            *_conv(24, 24, (3, 3), (1, 1)),
            *_conv(24, 40, (3, 3), (2, 1)),
            *_conv(40, 64, (3, 3), (2, 2)),
            *_conv(64, 64, (3, 3), (2, 1)),
            nn.Conv2d(64, 96, (2, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(96),
            nn.ReLU(),
        )
        self.along = nn.ModuleList(
            nn.Sequential(nn.Conv1d(96, 96, 3, padding=d, dilation=d, bias=False), nn.BatchNorm1d(96), nn.ReLU())
            for d in (1, 2, 4)
        )
        self.head = nn.Conv1d(96, CLASSES + 4, 1)

    def forward(self, strips: Tensor) -> Tensor:
        x = self.look(strips).squeeze(2)
        for layer in self.along:
            x = x + layer(x)
        return self.head(x)


def _conv(inside: int, outside: int, size: tuple[int, int], stride: tuple[int, int]) -> list[nn.Module]:
    padding = (size[0] // 2, size[1] // 2)
    return [nn.Conv2d(inside, outside, size, stride, padding, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]


def stream(seed: int) -> Iterator[list[Window]]:
    """Shuffled batches without end."""
    rng = np.random.default_rng(seed)
    drawn, prints = faces(rng), other_print(rng)
    shares = np.array([face.share for face in drawn])
    shares /= shares.sum()
    pool: list[Window] = []
    while True:
        while len(pool) < POOL + BATCH:
            shown = windows(rng, draw(rng, drawn, shares, 20))
            pool += shown if rng.random() > NOTHING * len(shown) else [*shown, nothing(rng, prints)]
        picked = []
        for _ in range(BATCH):
            i = int(rng.integers(len(pool)))
            pool[i], pool[-1] = pool[-1], pool[i]
            picked.append(pool.pop())
        yield picked


def loss(out: Tensor, batch: list[Window]) -> tuple[Tensor, dict[str, float]]:
    label = torch.from_numpy(np.stack([w.label for w in batch]))
    central = torch.from_numpy(np.stack([w.central for w in batch]))
    place = torch.from_numpy(np.stack([w.place for w in batch]))
    near = torch.from_numpy(np.stack([w.near for w in batch]))
    character = nn.functional.cross_entropy(out[:, :CLASSES], label, ignore_index=IGNORED)
    centre = nn.functional.binary_cross_entropy_with_logits(out[:, CLASSES], central)
    error = nn.functional.smooth_l1_loss(out[:, CLASSES + 1 :], place, reduction="none", beta=0.1).sum(1)
    where = (error * near).sum() / near.sum().clamp(min=1)
    with torch.no_grad():
        known = label != IGNORED
        wrong = (out[:, :CLASSES].argmax(1) != label)[known].float().mean()
    figures = {"char": character.item(), "centre": centre.item(), "place": where.item(), "wrong": wrong.item()}
    return character + 2 * centre + 0.3 * where, figures


def export(model: Reader, path: Path) -> None:
    model.eval()
    example = torch.zeros(1, 1, STRIP_PX, WIDTH_PX)
    dynamic = {"strips": {0: "n", 3: "w"}, "columns": {0: "n", 2: "c"}}
    names = {"input_names": ["strips"], "output_names": ["columns"]}
    torch.onnx.export(model, (example,), str(path), dynamic_axes=dynamic, opset_version=17, dynamo=False, **names)
    model.train()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--out", type=Path, default=Path("out/mrz_reader"))
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    model = Reader()
    if given.start:
        model.load_state_dict(torch.load(given.start))
    optimiser = torch.optim.AdamW(model.parameters(), given.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, given.steps, pct_start=0.05)
    batches, began, sums = stream(given.seed), time.monotonic(), dict[str, float]()
    for step in range(1, given.steps + 1):
        batch = next(batches)
        out = model(torch.from_numpy(np.stack([w.strip for w in batch]))[:, None])
        total, figures = loss(out, batch)
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
        if step % 500 == 0 or step == given.steps:
            torch.save(model.state_dict(), given.out / "reader.pt")
            export(model, given.out / "mrz_reader.onnx")


if __name__ == "__main__":
    assert COLUMNS * 4 == WIDTH_PX
    main()

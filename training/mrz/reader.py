"""Trains the reader: what stands in each column of a strip, and where the characters' middles are.

python -m training.mrz.reader --out out/mrz_reader

Supervised column by column (we draw the lines, so we know where every character is): no alignment has to be learnt.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from training.mrz.glyphs import faces
from training.mrz.loop import Task, shares, shuffled, stacked, train
from training.mrz.pages import other_print
from training.mrz.scenes import draw
from training.mrz.texts import ALPHABET
from training.mrz.windows import IGNORED, WIDTH_PX, Window, nothing, windows

from fourcorners.vision.mrz.strips import STRIP_PX

CLASSES = len(ALPHABET)
BATCH = 48
POOL = 3000
LINE_LENGTH = 20
NOTHING = 0.04
"""Share of strips without a line."""
DILATIONS = (1, 2, 4, 2, 1)


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
        self.along = nn.ModuleList(_along(96, dilation) for dilation in DILATIONS)
        self.head = nn.Conv1d(96, CLASSES + 4, 1)

    def forward(self, strips: Tensor) -> Tensor:
        x = self.look(strips).squeeze(2)
        for layer in self.along:
            x = x + layer(x)
        return self.head(x)


def _conv(inside: int, outside: int, size: tuple[int, int], stride: tuple[int, int]) -> list[nn.Module]:
    padding = (size[0] // 2, size[1] // 2)
    return [nn.Conv2d(inside, outside, size, stride, padding, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]


def _along(width: int, dilation: int) -> nn.Sequential:
    """A residual layer; it starts with little say, so that it can be put into a trained network."""
    norm = nn.BatchNorm1d(width)
    nn.init.constant_(norm.weight, 0.1)
    return nn.Sequential(nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation, bias=False), norm, nn.ReLU())


def batches(rng: np.random.Generator) -> Iterator[list[Window]]:
    """Strips of all kinds, shuffled, without end."""
    drawn, prints = faces(rng), other_print(rng)
    chances = shares([face.share for face in drawn])

    def more() -> list[Window]:
        shown = windows(rng, draw(rng, drawn, chances, LINE_LENGTH))
        return shown if rng.random() > NOTHING * len(shown) else [*shown, nothing(rng, prints)]

    return shuffled(more, rng, POOL, BATCH)


def loss(model: nn.Module, batch: list[Window]) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy of the characters, and of where they are."""
    out = model(stacked(batch, "strip")[:, None])
    label, near = stacked(batch, "label"), stacked(batch, "near")
    character = nn.functional.cross_entropy(out[:, :CLASSES], label, ignore_index=IGNORED)
    centre = nn.functional.binary_cross_entropy_with_logits(out[:, CLASSES], stacked(batch, "central"))
    places = out[:, CLASSES + 1 :]
    error = nn.functional.smooth_l1_loss(places, stacked(batch, "place"), reduction="none", beta=0.1).sum(1)
    where = (error * near).sum() / near.sum().clamp(min=1)
    with torch.no_grad():
        known = label != IGNORED
        wrong = (out[:, :CLASSES].argmax(1) != label)[known].float().mean()
    figures = {"char": character.item(), "centre": centre.item(), "place": where.item(), "wrong": wrong.item()}
    return character + 2 * centre + 0.3 * where, figures


TASK = Task(
    name="mrz_reader",
    about=__doc__,
    steps=7000,
    rate=2e-3,
    network=Reader,
    batches=batches,
    loss=loss,
    size=(STRIP_PX, WIDTH_PX),
    inputs={"strips": {0: "n", 3: "w"}},
    outputs={"columns": {0: "n", 2: "c"}},
)

if __name__ == "__main__":
    train(TASK)

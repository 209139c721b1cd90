"""Trains the finder: where lines of machine-readable zones run in a reduced page, how turned and how high they are.

python -m training.mrz.finder --out out/mrz_finder
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor, nn
from training.mrz.glyphs import faces
from training.mrz.loop import Task, shares, shuffled, stacked, train
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


def batches(rng: np.random.Generator) -> Iterator[list[PagePart]]:
    """Squares of pages, shuffled, without end."""
    drawn, prints = faces(rng), other_print(rng)
    chances = shares([face.share for face in drawn])
    return shuffled(lambda: [part(rng, drawn, chances, prints)] * USES, rng, POOL, BATCH)


def loss(model: nn.Module, batch: list[PagePart]) -> tuple[Tensor, dict[str, float]]:
    """Cross-entropy and overlap of the marks, and how far off direction and size are."""
    score, place = model(stacked(batch, "picture")[:, None])
    target, near = stacked(batch, "score")[:, None], stacked(batch, "near")
    each = nn.functional.binary_cross_entropy_with_logits(score, target, reduction="none")
    entropy = each.mean() + 0.3 * (each * (target > 0.5)).sum() / (target > 0.5).sum().clamp(min=1)
    chance = torch.sigmoid(score)
    overlap = 1 - (2 * (chance * target).sum() + 1) / (chance.square().sum() + target.square().sum() + 1)
    error = nn.functional.smooth_l1_loss(place, stacked(batch, "place"), reduction="none", beta=0.1).sum(1)
    where = (error * near).sum() / near.sum().clamp(min=1)
    figures = {"entropy": entropy.item(), "overlap": overlap.item(), "place": where.item()}
    return 4 * entropy + overlap + where, figures


TASK = Task(
    name="mrz_finder",
    about=__doc__,
    steps=4000,
    rate=3e-3,
    network=Finder,
    batches=batches,
    loss=loss,
    size=(SIDE_PX, SIDE_PX),
    inputs={"pictures": {0: "n", 2: "h", 3: "w"}},
    outputs={"score": {0: "n", 2: "h2", 3: "w2"}, "place": {0: "n", 2: "h4", 3: "w4"}},
)

if __name__ == "__main__":
    train(TASK)

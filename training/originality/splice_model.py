"""The splice network: does a place have the noise and the compression of what lies around it?

`Trace` takes windows (n, 64, 64, 3) to traces (n, 24) of what a camera and a codec leave; `Unlike` compares the mean
trace of a place with that around it.
"""

import torch
from torch import Tensor, nn
from training.originality.model import Separable

TRACE = 24


class Trace(nn.Module):
    """Sees only what differs from the mean of 3 x 3 pixels, so that it learns no contents."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(12, 24, 3, padding=1, bias=False),
            nn.BatchNorm2d(24),
            nn.ReLU(),
            Separable(24, 32, kernel=3),
            Separable(32, 32, 2, 5),
            Separable(32, 32),
            Separable(32, 48, 2),
            Separable(48, 48),
        )
        self.head = nn.Linear(96, TRACE)

    def forward(self, window: Tensor) -> Tensor:
        x = self.layers(residual(window))
        out: Tensor = self.head(torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], 1))
        return out


class Unlike(nn.Module):
    """Mean traces (n, 24) in a place and around it to the logit that the place was pasted in (n,)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4 * TRACE, 48), nn.ReLU(), nn.Dropout(0.1), nn.Linear(48, 1))

    def forward(self, inside: Tensor, around: Tensor) -> Tensor:
        both = torch.cat([inside, around, (inside - around).abs(), inside * around], 1)
        out: Tensor = self.layers(both)[:, 0]
        return out


class SpliceNet(nn.Module):
    def __init__(self, inside: int) -> None:
        super().__init__()
        self.trace, self.unlike, self.inside = Trace(), Unlike(), inside

    def forward(self, windows: Tensor) -> Tensor:
        """Windows (n, k, 64, 64, 3), the first `inside` of each k in the place, to logits (n,)."""
        n, k = windows.shape[:2]
        traces = self.trace(windows.flatten(0, 1)).view(n, k, TRACE)
        return self.unlike(traces[:, : self.inside].mean(1), traces[:, self.inside :].mean(1))


def residual(window: Tensor) -> Tensor:
    """uint8 RGB (n, 64, 64, 3) to what its surroundings do not explain (n, 3, 64, 64); edges hardly count."""
    x = window.permute(0, 3, 1, 2).float()
    mean = nn.functional.avg_pool2d(nn.functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    return torch.tanh((x - mean) / 8)

"""The splice network: does a place have the traces of camera and codec that lie beside and around it?

Each window is told by two things: its traces in the frequencies of JPEG's blocks, as logarithms over the quieter half
of the blocks (they hardly depend on what it shows), and what a few layers see in it at full resolution. Means over a
place, beside and around it, and how these differ, give the logit that it was pasted in.
"""

import numpy as np
import torch
from torch import Tensor, nn
from training.originality.model import Separable

__all__ = ["SpliceNet"]

BLOCK = 8
QUIET_SHARE = 0.5
FLOOR = 0.05
COLOUR_KEPT = 4
TRACES = 2 * 63 + 2 * (COLOUR_KEPT**2 - 1)
SEEN, TOLD = 64, 64
TO_YCC = ((0.299, 0.587, 0.114), (0.5, -0.4187, -0.0813), (-0.1687, -0.3313, 0.5))
"""Luma, red and blue difference (JFIF)."""


class Traces(nn.Module):
    """Windows (n, 3, 64, 64) as luma and two colour differences to their traces (n, TRACES)."""

    def __init__(self) -> None:
        super().__init__()
        k, x = np.mgrid[:BLOCK, :BLOCK]
        basis = np.cos((2 * x + 1) * k * np.pi / (2 * BLOCK)) * np.sqrt(2 / BLOCK)
        basis[0] /= np.sqrt(2)
        waves = np.einsum("ua,vb->uvab", basis, basis).reshape(64, 1, BLOCK, BLOCK)
        self.register_buffer("waves", torch.tensor(waves, dtype=torch.float32))
        low = [u * BLOCK + v for u in range(COLOUR_KEPT) for v in range(COLOUR_KEPT)]
        self.low = low[1:]

    def forward(self, ycc: Tensor) -> Tensor:
        on = self._sizes(ycc[:, :1], self.waves)
        between = self._sizes(ycc[:, :1, 4:-4, 4:-4], self.waves)
        quiet = self._quiet(on)
        parts = [self._typical(on, quiet), self._typical(between, self._quiet(between))]
        low = self.waves[self.low]
        parts += [self._typical(self._sizes(ycc[:, c : c + 1], low), quiet) for c in (1, 2)]
        return torch.cat([parts[0][:, 1:], parts[1][:, 1:], *parts[2:]], 1)

    def _sizes(self, plane: Tensor, waves: Tensor) -> Tensor:
        """Sizes (n, waves, blocks)."""
        return nn.functional.conv2d(plane, waves, stride=BLOCK).abs().flatten(2)

    def _quiet(self, sizes: Tensor) -> Tensor:
        kept = int(QUIET_SHARE * sizes.shape[2])
        return sizes[:, 1:].sum(1).topk(kept, dim=1, largest=False).indices

    def _typical(self, sizes: Tensor, quiet: Tensor) -> Tensor:
        chosen = sizes.gather(2, quiet[:, None].expand(-1, sizes.shape[1], -1))
        return (chosen.mean(2) + FLOOR).log()


class SpliceNet(nn.Module):
    """One head for portraits and other large places, one for lines of print."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("to_ycc", torch.tensor(TO_YCC).view(3, 3, 1, 1))
        self.traces = Traces()
        self.normal = nn.BatchNorm1d(TRACES, affine=False)
        self.of_traces = nn.Sequential(nn.Linear(TRACES, 64), nn.ReLU())
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(12, 16, 3, padding=1, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            Separable(16, 32, 2, 5),
            Separable(32, 48),
            Separable(48, SEEN, 2, 5),
            Separable(SEEN, SEEN),
        )
        self.told = nn.Sequential(nn.Dropout(0.1), nn.Linear(64 + 2 * SEEN, TOLD), nn.ReLU())
        self.heads = nn.ModuleList(
            nn.Sequential(nn.Dropout(0.25), nn.Linear(6 * TOLD, 64), nn.ReLU(), nn.Linear(64, 1)) for _ in range(2)
        )

    def forward(self, windows: Tensor, roles: tuple[int, int, int], line: Tensor) -> Tensor:
        """Logits (b,) of places whose windows (b, n, 64, 64, 3) uint8 come in the order inside, beside, around."""
        b, n = windows.shape[:2]
        told = self.features(windows.flatten(0, 1)).view(b, n, -1)
        parts = [part.mean(1) for part in told.split(roles, 1)]
        return self.unlike(*parts, line)

    def features(self, windows: Tensor) -> Tensor:
        """What each of the windows (n, 64, 64, 3) is told by, (n, TOLD)."""
        x = windows.permute(0, 3, 1, 2).float()
        ycc = nn.functional.conv2d(x, self.to_ycc)
        traces = self.of_traces(self._normal(self.traces(ycc)))
        ycc = (ycc - ycc.mean(dim=(2, 3), keepdim=True)) / 16
        y = self.layers(ycc)
        return self.told(torch.cat([traces, y.mean(dim=(2, 3)), y.amax(dim=(2, 3))], 1))

    def _normal(self, traces: Tensor) -> Tensor:
        """Of mean 0 and deviation 1; written out, for exporters want to know how many there are."""
        if self.training:
            return torch.as_tensor(self.normal(traces))
        return (traces - self.normal.running_mean) / (self.normal.running_var + self.normal.eps).sqrt()

    def unlike(self, inside: Tensor, beside: Tensor, around: Tensor, line: Tensor) -> Tensor:
        """Logits (b,) from the means over a place, beside it and around it; `line` (b,) is 1 for lines of print."""
        pooled = torch.cat(
            [inside, beside, around, (inside - around).abs(), (beside - around).abs(), (inside - beside).abs()], 1
        )
        both = torch.cat([head(pooled) for head in self.heads], 1)
        return both[:, 0] * (1 - line) + both[:, 1] * line

"""The splice network: does a place have the traces of camera and codec that lie around it?

Takes traces (n, INSIDE, TRACES) in a place and (n, AROUND, TRACES) around it to the logit (n,) that it was pasted in.
"""

import torch
from torch import Tensor, nn

TRACES = 156
KEPT = 32


class SpliceNet(nn.Module):
    """Each window's traces to a few numbers; their means in a place and around it, and how these differ, to a logit."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("middle", torch.zeros(TRACES))
        self.register_buffer("spread", torch.ones(TRACES))
        self.window = nn.Sequential(nn.Linear(TRACES, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, KEPT))
        self.unlike = nn.Sequential(nn.Linear(3 * KEPT, 48), nn.ReLU(), nn.Dropout(0.25), nn.Linear(48, 1))

    def forward(self, inside: Tensor, around: Tensor) -> Tensor:
        a, b = (self.window((x - self.middle) / self.spread).mean(1) for x in (inside, around))
        out: Tensor = self.unlike(torch.cat([a, b, (a - b).abs()], 1))[:, 0]
        return out

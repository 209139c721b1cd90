"""The covering network: what is worn and where the face is covered, from the inner maps of dlib's first layers."""

import torch
from torch import Tensor, nn
from training.faces.labels import LABELS
from training.faces.trunk import Trunk

__all__ = ["Head", "Whole"]


class Head(nn.Module):
    """Maps (n, 64, 17, 17) and (n, 128, 8, 8) to the log odds of each label (n, 8), and of each place being covered
    (n, 8, 8)."""

    def __init__(self, channels: int = 64, hidden: int = 64) -> None:
        super().__init__()
        self.register_buffer("finer_spread", torch.ones(1, 64, 1, 1))
        self.register_buffer("spread", torch.ones(1, 128, 1, 1))
        self.finer = nn.Conv2d(64, 24, 3, 2)
        self.narrow = nn.Conv2d(128, 40, 1)
        self.together = nn.Conv2d(64, channels, 3, padding=1)
        self.few = nn.Conv2d(channels, 32, 1)
        self.mix = nn.Linear(32 * 64, hidden)
        self.out = nn.Linear(hidden, len(LABELS))
        self.places = nn.Conv2d(channels, 1, 3, padding=1)
        self.lost, self.dropped = nn.Dropout2d(0.1), nn.Dropout(0.3)

    def forward(self, finer: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """A few channels a place, each with its neighbours; then all places together."""
        near = self.finer(self.lost(finer / self.finer_spread))
        seen = torch.relu(torch.cat([near, self.narrow(self.lost(features / self.spread))], 1))
        seen = torch.relu(self.together(seen))
        few = torch.relu(self.few(seen))
        worn = self.out(self.dropped(torch.relu(self.mix(self.dropped(few.flatten(1))))))
        return worn, self.places(seen)[:, 0]


class Whole(nn.Module):
    """Windows (n, 3, 150, 150) RGB 0..255 to what the head says."""

    def __init__(self, trunk: Trunk, head: Head) -> None:
        super().__init__()
        self.trunk, self.head = trunk, head

    def forward(self, windows: Tensor) -> tuple[Tensor, Tensor]:
        worn: tuple[Tensor, Tensor] = self.head(*self.trunk(windows))
        return worn

    @torch.no_grad()
    def scale(self, windows: Tensor) -> None:
        """Take the maps' usual size from some windows."""
        finer, features = self.trunk(windows)
        self.head.finer_spread.copy_(finer.pow(2).mean(dim=(0, 2, 3), keepdim=True).sqrt() + 1e-3)
        self.head.spread.copy_(features.pow(2).mean(dim=(0, 2, 3), keepdim=True).sqrt() + 1e-3)

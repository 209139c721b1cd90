"""The page network: windows of a page at full and at half resolution to neither, display, print.

Takes uint8 RGB windows (b, n, 96, 96, 3) and (b, m, 96, 96, 3) of b pages. What it sees of each window is pooled over
the page before it decides: a lattice that is a little doubtful everywhere says more than one sure window.
"""

import torch
from torch import Tensor, nn
from training.originality.model import Separable

__all__ = ["CLASSES", "PageNet"]

CLASSES, FEATURES, TOLD = 3, 128, 64
FAINT, MOST = 4.0, 1.5
"""Fine structure is shown once more by itself, this many grey levels for 1, and edges cut off: dots are faint."""


class PageNet(nn.Module):
    """The same layers look at both resolutions; what they found is weighed apart."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(16, 24, 3, padding=1, bias=False),
            nn.BatchNorm2d(24),
            nn.ReLU(),
            Separable(24, 48, 2, 5),
            Separable(48, 48),
            Separable(48, 96, 2, 5),
            Separable(96, 96, kernel=5),
            Separable(96, FEATURES, 2),
            Separable(FEATURES, FEATURES, kernel=5),
        )
        self.window = nn.Linear(2 * FEATURES, CLASSES)
        self.of_near = nn.Sequential(nn.Linear(2 * FEATURES, TOLD), nn.ReLU())
        self.of_far = nn.Sequential(nn.Linear(2 * FEATURES, TOLD), nn.ReLU())
        self.page = nn.Sequential(
            nn.Dropout(0.3), nn.Linear(4 * TOLD, TOLD), nn.ReLU(), nn.Dropout(0.2), nn.Linear(TOLD, CLASSES)
        )

    def forward(self, full: Tensor, half: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the pages (b, 3) and of the windows at full resolution (b, n, 3)."""
        b, n = full.shape[:2]
        m = half.shape[1]
        seen = self.seen(torch.cat([full.flatten(0, 1), half.flatten(0, 1)]))
        near, far = seen[: b * n].view(b, n, -1), seen[b * n :].view(b, m, -1)
        windows = self.window(near)
        a, c = self.of_near(near), self.of_far(far)
        pooled = torch.cat([a.mean(1), a.amax(1), c.mean(1), c.amax(1)], 1)
        return self.page(pooled) + windows.mean(1), windows

    def seen(self, windows: Tensor) -> Tensor:
        """Features (n, 2 FEATURES) of uint8 windows (n, 96, 96, 3): mean and greatest over each."""
        x = windows.permute(0, 3, 1, 2).float()
        light = x.mean(1, keepdim=True)
        smooth = nn.functional.avg_pool2d(light, 5, 1, 2, count_include_pad=False)
        fine = ((light - smooth) / FAINT).clamp(-MOST, MOST)
        x = self.layers(torch.cat([(x - x.mean(dim=(2, 3), keepdim=True)) / 32, fine], 1))
        return torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], 1)

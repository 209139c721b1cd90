"""The recapture network: windows (n, 3, 96, 96) of a photo at full resolution to neither, display, print (n, 3)."""

import torch
from torch import Tensor, nn

__all__ = ["RecaptureNet", "prepared"]


class Separable(nn.Module):
    """Depthwise then pointwise, with a shortcut where the shape stays."""

    def __init__(self, inward: int, outward: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.through = nn.Sequential(
            nn.Conv2d(inward, inward, kernel, stride, kernel // 2, groups=inward, bias=False),
            nn.BatchNorm2d(inward),
            nn.ReLU(),
            nn.Conv2d(inward, outward, 1, bias=False),
            nn.BatchNorm2d(outward),
        )
        self.short = stride == 1 and inward == outward

    def forward(self, x: Tensor) -> Tensor:
        y = self.through(x)
        return torch.relu(x + y if self.short else y)


class RecaptureNet(nn.Module):
    """No pixel is averaged away before the first layer has seen it: two by two are laid side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(12, 24, 3, padding=1, bias=False),
            nn.BatchNorm2d(24),
            nn.ReLU(),
            Separable(24, 32, 2, 5),
            Separable(32, 32),
            Separable(32, 48, 2, 5),
            Separable(48, 48, kernel=5),
            Separable(48, 64, 2),
            Separable(64, 64, kernel=5),
        )
        self.head = nn.Linear(128, 3)

    def forward(self, window: Tensor) -> Tensor:
        x = self.layers(window)
        out: Tensor = self.head(torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], 1))
        return out


def prepared(window: Tensor) -> Tensor:
    """uint8 RGB (n, 96, 96, 3) as the network's input: what differs from the window's own colour."""
    x = window.permute(0, 3, 1, 2).float()
    return (x - x.mean(dim=(2, 3), keepdim=True)) / 32

"""The outline network, a small U-shaped net of depthwise separable convolutions.

It takes windows (n, 3, 256, 256) to maps (n, 6, 64, 64). Some stages end in blocks that are told to do nothing at
first: so a trained network without them can be given them, and learn on from what it knew.
"""

import torch
from torch import Tensor, nn

LATER = (2, 3, 1, 1, 1)


def _norm(channels: int) -> nn.Module:
    return nn.BatchNorm2d(channels, momentum=0.03)


class Separable(nn.Module):
    """Depthwise then pointwise, with a shortcut where the shape stays."""

    def __init__(self, inward: int, outward: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.depth = nn.Conv2d(inward, inward, kernel, stride, kernel // 2, groups=inward, bias=False)
        self.depth_norm = _norm(inward)
        self.point = nn.Conv2d(inward, outward, 1, bias=False)
        self.point_norm = _norm(outward)
        self.short = stride == 1 and inward == outward

    def forward(self, x: Tensor) -> Tensor:
        y = torch.relu(self.depth_norm(self.depth(x)))
        y = self.point_norm(self.point(y))
        return torch.relu(x + y if self.short else y)


def _later(channels: int, count: int) -> list[Separable]:
    """Blocks that hand on what they get until they have learnt better."""
    blocks = [Separable(channels, channels, kernel=5) for _ in range(count)]
    for block in blocks:
        nn.init.zeros_(block.point_norm.weight)
    return blocks


class Context(nn.Module):
    """What the whole window looks like, added everywhere."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.through = nn.Sequential(nn.Linear(channels, channels // 2), nn.ReLU(), nn.Linear(channels // 2, channels))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.through(x.mean(dim=(2, 3)))[:, :, None, None]


class OutlineNet(nn.Module):
    """Maps as in `targets.py`: logits for 0..2, plain values for 3..5."""

    def __init__(self, later: tuple[int, int, int, int, int] = LATER) -> None:
        """`later` is how many blocks end the stages down16, down32, up16, up8 and up4."""
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 2, 1, bias=False), _norm(16), nn.ReLU())
        self.down4 = nn.Sequential(Separable(16, 32, 2), Separable(32, 32), Separable(32, 32))
        self.down8 = nn.Sequential(Separable(32, 64, 2), Separable(64, 64), Separable(64, 64))
        at16, at32, up16, up8, up4 = later
        self.down16 = nn.Sequential(
            Separable(64, 112, 2), *(Separable(112, 112, kernel=5) for _ in range(3)), *_later(112, at16)
        )
        self.down32 = nn.Sequential(
            Separable(112, 160, 2),
            *(Separable(160, 160, kernel=5) for _ in range(3)),
            *_later(160, at32),
            Context(160),
        )
        self.up16 = nn.Sequential(Separable(160 + 112, 112), Separable(112, 112, kernel=5), *_later(112, up16))
        self.up8 = nn.Sequential(Separable(112 + 64, 64), Separable(64, 64, kernel=5), *_later(64, up8))
        self.up4 = nn.Sequential(
            Separable(64 + 32, 48), Separable(48, 48, kernel=5), Separable(48, 48), *_later(48, up4)
        )
        self.head = nn.Conv2d(48, 6, 1)

    def forward(self, window: Tensor) -> Tensor:
        at4 = self.down4(self.stem(window))
        at8 = self.down8(at4)
        at16 = self.down16(at8)
        at32 = self.down32(at16)
        y = self.up16(torch.cat([_twice(at32), at16], 1))
        y = self.up8(torch.cat([_twice(y), at8], 1))
        y = self.up4(torch.cat([_twice(y), at4], 1))
        out: Tensor = self.head(y)
        return out


def grown(state: dict[str, Tensor]) -> OutlineNet:
    """The network with the weights of one that lacks some of its last blocks: it says what that one says."""
    net = OutlineNet()
    known = {name.replace("down32.4.through", f"down32.{4 + LATER[1]}.through"): value for name, value in state.items()}
    missing, unknown = net.load_state_dict(known, strict=False)
    blocks = ("down16.4", "down16.5", "down32.4", "down32.5", "down32.6", "up16.2", "up8.2", "up4.3")
    if unknown or not all(name.startswith(blocks) for name in missing):
        raise ValueError(f"no weights of this network: {unknown or missing}")
    return net


def _twice(x: Tensor) -> Tensor:
    return nn.functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def loss(out: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy for mask, sides and corners; absolute error of normal and distance where a side is near."""
    bce = nn.functional.binary_cross_entropy_with_logits
    mask, side, corner = out[:, 0], out[:, 1], out[:, 2]
    near = 1 + 6 * target[:, 1]
    rare = 1 + 15 * target[:, 2]
    total = (
        bce(mask, target[:, 0]) + 1.5 * bce(side, target[:, 1], weight=near) + bce(corner, target[:, 2], weight=rare)
    )
    weight = target[:, 6]
    scale = weight.sum() + 1
    normal = ((out[:, 3:5] - target[:, 3:5]).abs().sum(1) * weight).sum() / scale
    distance = ((out[:, 5] - target[:, 5]).abs() * weight).sum() / scale
    return total + normal + distance


def prepared(window: Tensor) -> Tensor:
    """uint8 RGB (n, 256, 256, 3) as the network's input."""
    return (window.permute(0, 3, 1, 2).float() - 128) / 64

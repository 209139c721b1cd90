"""Scenes shown again, on the device that learns: turned, mirrored, nearer or farther, cut off, in another light."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional
from training.outline.targets import BAND, CELL, CELLS, SIGMA, WINDOW

MIDDLE = (WINDOW - 1) / 2
SIDE_SHOWN, SIDE_CLEAR_PX = 0.15, 1.2
PAD = 128.0


@dataclass(frozen=True)
class Scenes:
    """What `drawers.stacked` gives, as tensors: one row a scene."""

    windows: Tensor
    quads: Tensor
    visible: Tensor
    sides: Tensor
    there: Tensor
    bounds: Tensor
    is_scan: Tensor

    def at(self, rows: Tensor) -> "Scenes":
        """Some of the scenes."""
        return Scenes(*(value[rows] for value in vars(self).values()))

    def put(self, rows: Tensor, new: "Scenes") -> None:
        """Overwrite some of the scenes."""
        for mine, theirs in zip(vars(self).values(), vars(new).values(), strict=True):
            mine[rows] = theirs


def moved(scenes: Scenes) -> tuple[Tensor, Scenes]:
    """Each scene turned or mirrored, most of them nearer, farther or aside, some cut: floats (n, 3, 256, 256)."""
    n, device = len(scenes.windows), scenes.windows.device
    turn = torch.randint(4, (n,), device=device) * (torch.pi / 2)
    mirror = torch.where(torch.rand(n, device=device) < 0.5, -1.0, 1.0)
    still = torch.rand(n, device=device) < 0.4
    scale = torch.where(still, 1.0, torch.exp(torch.empty(n, device=device).uniform_(-0.2, 0.2)))
    shift = torch.where(still[:, None], 0.0, torch.randn(n, 2, device=device) * 6)
    cos, sin = torch.cos(turn).round(), torch.sin(turn).round()
    spin = torch.stack([torch.stack([cos * mirror, -sin], 1), torch.stack([sin * mirror, cos], 1)], 1)
    inverse = spin.transpose(1, 2) / scale[:, None, None]
    theta = torch.cat([inverse, -(inverse @ shift[..., None]) / (WINDOW / 2)], 2)
    grid = functional.affine_grid(theta, [n, 3, WINDOW, WINDOW], align_corners=False)
    light = scenes.windows.permute(0, 3, 1, 2).float() - PAD
    windows = functional.grid_sample(light, grid, mode="bilinear", align_corners=False) + PAD

    def placed(points: Tensor) -> Tensor:
        return ((points - MIDDLE) @ (spin * scale[:, None, None]).transpose(1, 2)) + MIDDLE + shift[:, None]

    quads = placed(scenes.quads.flatten(1, 2)).unflatten(1, (-1, 4))
    flipped = (mirror < 0)[:, None, None]
    visible = torch.where(flipped, scenes.visible.flip(2), scenes.visible)
    quads = torch.where(flipped[..., None], quads.flip(2), quads)  # clockwise again
    ends = placed(scenes.bounds.clamp(-0.5, WINDOW - 0.5).unflatten(1, (2, 2)))
    bounds = torch.cat([ends.amin(1), ends.amax(1)], 1)
    bounds = _cut(bounds, quads[:, 0], scenes.there[:, 0] & ~scenes.is_scan)
    shown = replace(scenes, quads=quads, visible=visible, bounds=bounds)
    return padded(windows, bounds), _seen(shown)


def _cut(bounds: Tensor, quad: Tensor, may: Tensor) -> Tensor:
    """Sometimes a nearer edge of the photo, across the document."""
    n, device = len(bounds), bounds.device
    low, high = quad.amin(1), quad.amax(1)
    lost = torch.empty(n, 1, device=device).uniform_(0.01, 0.4) * (high - low)
    nearer = torch.cat([torch.maximum(bounds[:, :2], low + lost), torch.minimum(bounds[:, 2:], high - lost)], 1)
    side = functional.one_hot(torch.randint(4, (n,), device=device), 4).bool()
    return torch.where(side & (may & (torch.rand(n, device=device) < 0.18))[:, None], nearer, bounds)


def _seen(scenes: Scenes) -> Scenes:
    """What is left to see of corners and sides within the bounds."""
    low = scenes.bounds[:, None, None, :2].clamp(min=0)
    high = scenes.bounds[:, None, None, 2:].clamp(max=WINDOW - 1)
    inside = ((scenes.quads > low) & (scenes.quads < high)).all(3)
    t = torch.linspace(0, 1, 33, device=low.device)[:, None]
    start, end = scenes.quads[..., None, :], scenes.quads.roll(-1, 2)[..., None, :]
    points = start + t * (end - start)
    clear = ((points > low[..., None, :] + SIDE_CLEAR_PX) & (points < high[..., None, :] - SIDE_CLEAR_PX)).all(4)
    shown = (clear.float().mean(3) > SIDE_SHOWN).any(2)
    sides = scenes.sides & (shown | scenes.is_scan[:, None])
    return replace(scenes, visible=scenes.visible & inside, sides=sides)


def padded(windows: Tensor, bounds: Tensor) -> Tensor:
    """Grey outside of the photo."""
    at = torch.arange(WINDOW, device=windows.device, dtype=torch.float32)
    x = (at >= bounds[:, :1] - 0.5) & (at <= bounds[:, 2:3] - 0.5)
    y = (at >= bounds[:, 1:2] - 0.5) & (at <= bounds[:, 3:] - 0.5)
    return torch.where((x[:, None] & y[:, :, None])[:, None], windows, PAD)


def relit(pictures: Tensor) -> Tensor:
    """Pictures (n, 3, h, w) 0..255 in another light, and by another camera."""
    n, device = len(pictures), pictures.device

    def some(share: float) -> Tensor:
        return (torch.rand(n, 1, 1, 1, device=device) < share).float()

    def between(low: float, high: float, channels: int = 1) -> Tensor:
        return torch.empty(n, channels, 1, 1, device=device).uniform_(low, high)

    x = (pictures / 255).clamp(1e-4, 1) ** torch.where(some(0.6) > 0, between(0.75, 1.35), 1.0)
    x = x * torch.where(some(0.6) > 0, between(0.8, 1.25) * (1 + 0.07 * torch.randn(n, 3, 1, 1, device=device)), 1.0)
    grey = x.mean(1, keepdim=True)
    x = torch.lerp(grey.expand_as(x), x, torch.where(some(0.3) > 0, between(0.0, 1.4), 1.0))
    x = torch.where(some(0.05) > 0, x[:, torch.randperm(3, device=device)], x)
    x = torch.where(some(0.25) > 0, _blurred(x), x)
    noisy = torch.randn_like(x) * between(0, 8 / 255)
    coarse = functional.interpolate(torch.randn(n, 3, x.shape[2] // 2, x.shape[3] // 2, device=device), x.shape[2:])
    x = x + some(0.2) * noisy + some(0.1) * coarse * between(0, 8 / 255)
    dim = between(0.04, 0.25)  # taken in the dark, and made bright again
    dark = (x * dim * 255 + torch.randn_like(x) * between(0.3, 1.5)).round() / 255 / dim
    x = torch.where(some(0.07) > 0, dark, x)
    return x.clamp(0, 1) * 255


def _blurred(x: Tensor) -> Tensor:
    """Out of focus, or moved."""
    n, device, reach = len(x), x.device, 4
    at = torch.arange(-reach, reach + 1, device=device, dtype=torch.float32)
    way = torch.empty(n, 1, 1, device=device).uniform_(0, torch.pi)
    along = at[None, None] * torch.cos(way) + at[None, :, None] * torch.sin(way)
    across = at[None, :, None] * torch.cos(way) - at[None, None] * torch.sin(way)
    wide = torch.empty(n, 1, 1, device=device).uniform_(0.4, 1.6)
    narrow = torch.where(torch.rand(n, 1, 1, device=device) < 0.5, wide, 0.4)
    kernel = torch.exp(-((along / wide) ** 2 + (across / narrow) ** 2) / 2)
    kernel = (kernel / kernel.sum((1, 2), keepdim=True)).repeat_interleave(3, 0)[:, None]
    flat = functional.pad(x, (reach,) * 4, mode="replicate").reshape(1, n * 3, x.shape[2] + 8, x.shape[3] + 8)
    return functional.conv2d(flat, kernel, groups=n * 3).reshape(x.shape)


def maps(scenes: Scenes) -> Tensor:
    """The targets (n, 7, 64, 64) as `targets.maps` draws them."""
    n, device = len(scenes.quads), scenes.quads.device
    at = torch.arange(CELLS, device=device, dtype=torch.float32)
    x, y = at[None, None, :], at[None, :, None]
    out = torch.zeros(n, 7, CELLS, CELLS, device=device)
    taken = torch.zeros(n, CELLS, CELLS, device=device, dtype=torch.bool)
    cells = (scenes.quads + 0.5) / CELL - 0.5
    for k in range(scenes.quads.shape[1]):
        quad = cells[:, k]
        is_there, has_sides = scenes.there[:, k, None, None], (scenes.there & scenes.sides)[:, k, None, None]
        free = ~taken & has_sides
        nearest = torch.full_like(out[:, 0], torch.inf)
        depth = torch.full_like(nearest, torch.inf)
        for i in range(4):
            start, step = quad[:, i], quad[:, (i + 1) % 4] - quad[:, i]
            length = step.norm(dim=1, keepdim=True).clamp(min=1e-6)
            (ax, ay), (sx, sy) = (v[..., None, None].unbind(1) for v in (step / length, start))
            reach = (x - sx) * ax + (y - sy) * ay
            distance = -((x - sx) * ay - (y - sy) * ax)
            depth = torch.minimum(depth, distance)
            beyond = torch.maximum(-reach, reach - length[..., None]).clamp(min=0)
            ridge = torch.exp(-(distance**2 + beyond**2) / (2 * SIGMA**2))
            out[:, 1] = torch.maximum(out[:, 1], ridge * free)
            far = torch.hypot(distance, beyond)
            mine = (far < nearest) & free & (distance.abs() < BAND) & (beyond < 0.5)
            nearest = torch.where(mine, far, nearest)
            for index, value in ((3, ay), (4, -ax), (5, distance), (6, torch.ones_like(ax))):
                out[:, index] = torch.where(mine, value, out[:, index])
            spot = torch.exp(-((x - sx) ** 2 + (y - sy) ** 2) / 2) * scenes.visible[:, k, i, None, None]
            out[:, 2] = torch.maximum(out[:, 2], spot * free)
        inside = (depth + 0.5).clamp(0, 1) * is_there
        out[:, 0] = torch.maximum(out[:, 0], inside)
        taken |= inside > 0.5
    return out

"""The camera, the file and the finder's bad aim, on many canvases at once, anew for every look at them."""

import math

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d, conv2d, grid_sample, interpolate, pad

from fourcorners.vision.faces.coverings.window import BELOW_EYES_UNITS, SIDE_PX, WINDOW_UNITS

__all__ = ["windows_of"]

CHUNK = 32
"""So many share one lens, one size and one quality of the file."""
EDGE_SHARE = 0.2
LOOSE_SHARE = 0.5
SPOILED_SHARE = 0.1
LUMA = ((16, 11, 10, 16, 24, 40, 51, 61), (12, 12, 14, 19, 26, 58, 60, 55), (14, 13, 16, 24, 40, 57, 69, 56),
        (14, 17, 22, 29, 51, 87, 80, 62), (18, 22, 37, 56, 68, 109, 103, 77), (24, 35, 55, 64, 81, 104, 113, 92),
        (49, 64, 78, 87, 103, 121, 120, 101), (72, 92, 95, 98, 112, 100, 103, 99))  # fmt: skip
"""The table of JPEG's annex K; colours are quantised by the same here."""
YCC = ((0.299, 0.587, 0.114), (-0.1687, -0.3313, 0.5), (0.5, -0.4187, -0.0813))


def windows_of(canvases: Tensor, covered: Tensor, eyes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Windows (n, 3, 150, 150) 0..255, covered shares (n, 8, 8), and whether there is still a face in each (n,).

    `canvases` (n, h, w, 3) uint8, `covered` (n, h', w') uint8 of the same extent, `eyes` (n, 2, 2) in its pixels.
    """
    n, device = len(canvases), canvases.device
    grid, face = _aim(eyes, canvases.shape[1:3])
    pixels = grid_sample(canvases.permute(0, 3, 1, 2).float(), grid, padding_mode="border", align_corners=False)
    shares = grid_sample(covered[:, None].float() / 255, grid, align_corners=False)
    mirrored = torch.rand(n, device=device) < 0.5
    pixels = torch.where(mirrored[:, None, None, None], pixels.flip(3), pixels)
    shares = torch.where(mirrored[:, None, None, None], shares.flip(3), shares)
    taken = torch.cat([_taken(part) for part in pixels.split(CHUNK)])
    places = interpolate(shares, (8, 8), mode="area")[:, 0] * face[:, None, None]
    return _edged(taken), places, face


def _aim(eyes: Tensor, size: tuple[int, int]) -> tuple[Tensor, Tensor]:
    """Sampling grids (n, 150, 150, 2) about as badly placed as landmarks are, some of them beside the face."""
    n, device = len(eyes), eyes.device
    along = eyes[:, 1] - eyes[:, 0]
    unit = along.norm(dim=1)
    loose = (torch.rand(n, device=device) < LOOSE_SHARE).float()
    angle = torch.atan2(along[:, 1], along[:, 0]) + torch.randn(n, device=device) * math.radians(2.5)
    angle = angle + loose * torch.randn(n, device=device) * math.radians(6)
    side = WINDOW_UNITS * unit * torch.exp(torch.randn(n, device=device) * (0.06 + 0.09 * loose))
    down = torch.stack([-torch.sin(angle), torch.cos(angle)], 1)
    centre = eyes.mean(1) + down * (unit * BELOW_EYES_UNITS)[:, None]
    centre = centre + torch.randn(n, 2, device=device) * (unit * (0.05 + 0.12 * loose))[:, None]
    fate = torch.rand(n, device=device)
    turned, pushed = fate < SPOILED_SHARE / 2, (fate >= SPOILED_SHARE / 2) & (fate < SPOILED_SHARE)
    angle = angle + turned * torch.randint(1, 4, (n,), device=device) * (math.pi / 2)
    way, far = torch.rand(n, device=device) * 2 * math.pi, side * (0.42 + 0.28 * torch.rand(n, device=device))
    centre = centre + (pushed * far)[:, None] * torch.stack([torch.cos(way), torch.sin(way)], 1)
    steps = (torch.arange(SIDE_PX, device=device) - (SIDE_PX - 1) / 2) / SIDE_PX
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    cos, sin = (f(angle)[:, None, None] * side[:, None, None] for f in (torch.cos, torch.sin))
    place = torch.stack([cos * x - sin * y, sin * x + cos * y], 3) + centre[:, None, None]
    scale = torch.tensor([size[1], size[0]], device=device)
    return (place + 0.5) / scale * 2 - 1, (~(turned | pushed)).float()


def _taken(light: Tensor) -> Tensor:
    """A few windows through one lens and one file: exposure, hue, blur, fewer pixels, noise, compression."""
    n, device = len(light), light.device
    draw = torch.rand(12).tolist()

    def each(low: float, high: float, channels: int = 1) -> Tensor:
        return low + (high - low) * torch.rand(n, channels, 1, 1, device=device)

    grey = light.mean(1, keepdim=True).expand_as(light)
    light = torch.where(each(0, 1) < 0.1, grey, light)
    light = light * each(0.6, 1.3) * each(0.88, 1.12, 3)
    light = 255 * (light.clamp(0, 255) / 255) ** each(0.75, 1.3)
    scale = math.exp(math.log(0.3) * draw[0]) if draw[1] < 0.75 else 1.0
    if draw[2] < 0.5:
        light = _blurred(light, 0.3 + 1.6 * draw[3])
    if draw[11] < 0.06:
        light = _blurred(light, 1 + 4 * draw[10], along=draw[9] < 0.5)
    small = interpolate(light, scale_factor=scale, mode="bilinear", antialias=True) if scale < 1 else light
    small = small + torch.randn_like(small) * each(0, 7)
    if draw[4] < 0.85:
        small = _compressed(small, 25 + 70 * draw[5], halved=draw[6] < 0.7)
    if draw[7] < 0.25:
        small = (small + (0.3 + draw[8]) * (small - _blurred(small, 1.0))).clamp(0, 255)
    return interpolate(small.clamp(0, 255), (SIDE_PX, SIDE_PX), mode="bilinear").round()


def _blurred(x: Tensor, sigma: float, along: bool | None = None) -> Tensor:
    reach = max(1, round(2.5 * sigma))
    steps = torch.arange(-reach, reach + 1, device=x.device, dtype=x.dtype)
    kernel = torch.exp(-(steps**2) / (2 * sigma**2))
    kernel = (kernel / kernel.sum()).view(1, 1, -1)
    y = x.flatten(0, 1)[:, None]
    if along is not False:
        y = conv2d(pad(y, (reach, reach, 0, 0), mode="replicate"), kernel[:, :, None])
    if along is not True:
        y = conv2d(pad(y, (0, 0, reach, reach), mode="replicate"), kernel[..., None])
    return y.view_as(x)


def _compressed(x: Tensor, quality: float, *, halved: bool) -> Tensor:
    """JPEG's loss: blocks of eight by eight, cosines, rounding."""
    h, w = x.shape[2:]
    colours = torch.tensor(YCC, device=x.device)
    y = torch.einsum("kc,nchw->nkhw", colours, x.clamp(0, 255))
    y = pad(y, (0, -w % 16, 0, -h % 16), mode="replicate")
    factor = (5000 / quality if quality < 50 else 200 - 2 * quality) / 100
    table = (torch.tensor(LUMA, device=x.device) * factor).clamp(min=1)
    bright = _quantised(y[:, :1] - 128, table) + 128
    tint = y[:, 1:]
    if halved:
        tint = interpolate(_quantised(avg_pool2d(tint, 2), table * 1.4), scale_factor=2, mode="bilinear")
    else:
        tint = _quantised(tint, table * 1.4)
    both = torch.cat([bright, tint], 1)[:, :, :h, :w]
    return torch.einsum("ck,nkhw->nchw", torch.linalg.inv(colours), both).clamp(0, 255)


def _quantised(x: Tensor, table: Tensor) -> Tensor:
    k = torch.arange(8, device=x.device, dtype=x.dtype)
    cosines = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) / 2
    cosines[0] = math.sqrt(1 / 8)
    n, c, h, w = x.shape
    blocks = x.reshape(n, c, h // 8, 8, w // 8, 8).transpose(3, 4)
    waves = cosines @ blocks @ cosines.T
    waves = (waves / table).round() * table
    return (cosines.T @ waves @ cosines).transpose(3, 4).reshape(n, c, h, w)


def _edged(windows: Tensor) -> Tensor:
    """Some with the photo's edge in them, beyond which all is black, white, or grey."""
    n, device = len(windows), windows.device
    steps = torch.arange(SIDE_PX, device=device) - SIDE_PX / 2
    angle = torch.randn(n, 1, 1, device=device) * math.radians(8)
    shift = torch.randn(2, n, 1, 1, device=device) * 5
    half = SIDE_PX * (0.36 + 0.29 * torch.rand(2, n, 1, 1, device=device))
    x, y = steps[None, None] - shift[0], steps[None, :, None] - shift[1]
    u, v = x * torch.cos(angle) + y * torch.sin(angle), y * torch.cos(angle) - x * torch.sin(angle)
    beyond = ((u.abs() > half[0]) | (v.abs() > half[1])) & (torch.rand(n, 1, 1, device=device) < EDGE_SHARE)
    fill = torch.rand(n, 1, 1, 1, device=device)
    fill = torch.where(fill < 0.6, torch.zeros_like(fill), torch.where(fill < 0.8, 255 * torch.ones_like(fill),
                                                                       255 * (fill - 0.8) * 5))  # fmt: skip
    return torch.where(beyond[:, None], fill, windows)

"""Train both networks at once, on a graphics card if there is one, while other processes draw.

    python -m training.outline.together SPECIMENS RESULTS --seconds S [--cores N] [--start CHECKPOINT]

SPECIMENS is a file of `specimens_file.py`. Nothing waits for a fixed set: what is drawn goes into a pool, and both
networks learn from the pool, each picture in another light and place each time. The rate falls with the time that is
left, so what comes out depends on the machine. RESULTS/outline.pt is written again and again: `export.py` reads it.
"""

import argparse
import copy
import multiprocessing
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from training.outline import again, drawers
from training.outline.again import Scenes
from training.outline.corner_patches import FATES, SIDE
from training.outline.corners import CornerNet
from training.outline.drawers import Drawn, draw_on
from training.outline.model import OutlineNet, grown, loss
from training.outline.targets import WINDOW

HELD_SCENES, HELD_PATCHES = 512, 2000
WARM_STEPS = 200
MEAN_KEEPS = 0.9993
VIEWS_MAX = 40
"""How often a scene may be shown on average: early on, learning waits for drawing."""
SETTLES_AT = 0.3
"""From this share of the full rate on, normalisations keep what they have seen, as they will when used."""
PARTS = ("windows", "quads", "visible", "sides", "there", "bounds", "is_scan")


@dataclass
class Pool:
    """The latest scenes and patches that were drawn, and some kept apart to measure on."""

    scenes: Scenes
    patches: Tensor
    fates: Tensor
    held: list[Drawn]
    scenes_drawn: int = 0
    patches_drawn: int = 0
    failed: int = 0

    @staticmethod
    def empty(scenes: int, patches: int, device: torch.device) -> "Pool":
        """A pool with room for so many."""

        def zeros(*shape: int, kind: torch.dtype) -> Tensor:
            return torch.zeros(shape, dtype=kind, device=device)

        n = drawers.DOCUMENTS_MAX
        room = Scenes(
            zeros(scenes, WINDOW, WINDOW, 3, kind=torch.uint8),
            zeros(scenes, n, 4, 2, kind=torch.float32),
            zeros(scenes, n, 4, kind=torch.bool),
            zeros(scenes, n, kind=torch.bool),
            zeros(scenes, n, kind=torch.bool),
            zeros(scenes, 4, kind=torch.float32),
            zeros(scenes, kind=torch.bool),
        )
        return Pool(room, zeros(patches, SIDE, SIDE, 3, kind=torch.uint8), zeros(patches, kind=torch.int64), held=[])

    def take(self, drawn: Drawn, held: bool) -> None:
        """Put in what came from a process that draws, over the oldest when full."""
        if held:
            self.held.append(drawn)
            return
        device = self.patches.device
        new = Scenes(*(torch.from_numpy(drawn[part]).to(device) for part in PARTS))
        rows = (torch.arange(len(new.windows), device=device) + self.scenes_drawn) % len(self.scenes.windows)
        self.scenes.put(rows, new)
        self.scenes_drawn += len(rows)
        rows = (torch.arange(len(drawn["fates"]), device=device) + self.patches_drawn) % len(self.patches)
        self.patches[rows] = torch.from_numpy(drawn["patches"]).to(device)
        self.fates[rows] = torch.from_numpy(drawn["fates"]).to(device)
        self.patches_drawn += len(rows)
        self.failed = max(self.failed, int(drawn["failed"]))

    def some_scenes(self, count: int) -> Scenes:
        """Scenes drawn by lot."""
        most = min(self.scenes_drawn, len(self.scenes.windows))
        return self.scenes.at(torch.randint(most, (count,), device=self.patches.device))

    def some_patches(self, count: int) -> tuple[Tensor, Tensor]:
        """Patches drawn by lot, and their fates."""
        most = min(self.patches_drawn, len(self.patches))
        rows = torch.randint(most, (count,), device=self.patches.device)
        return self.patches[rows], self.fates[rows]


class Learner:
    """A network, its running mean, and how it learns."""

    def __init__(self, net: nn.Module, rate: float, decay: float) -> None:
        self.net, self.mean, self.rate = net, copy.deepcopy(net).eval(), rate
        self.optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
        self.steps, self.value = 0, 0.0

    def learn(self, value: Tensor, pace: float) -> None:
        """One step down, at a share of the full rate."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate * pace * min(1.0, (self.steps + 1) / WARM_STEPS)
        self.optimizer.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimizer.step()
        self.steps += 1
        keeps = min(MEAN_KEEPS, self.steps / (self.steps + 10))
        with torch.no_grad():
            states = zip(self.mean.state_dict().values(), self.net.state_dict().values(), strict=True)
            pairs = [(held, now) for held, now in states if held.is_floating_point()]
            torch._foreach_lerp_([held for held, _ in pairs], [now for _, now in pairs], 1 - keeps)

    def state(self) -> dict[str, object]:
        """What a checkpoint keeps."""
        return {"net": self.net.state_dict(), "mean": self.mean.state_dict(), "step": self.steps}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("specimens", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--seconds", type=float, required=True, help="stop after so long, all in all")
    parser.add_argument("--began", type=float, default=time.time(), help="when that time began, in seconds since 1970")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--batch", type=int, default=128)
    arguments = parser.parse_args()
    began = time.monotonic() - (time.time() - arguments.began)
    context = multiprocessing.get_context("spawn")
    queue = context.Queue(maxsize=24)
    drawing = [
        context.Process(target=draw_on, args=(queue, arguments.specimens, arguments.seed, worker), daemon=True)
        for worker in range(max(1, arguments.cores - 1))
    ]
    for process in drawing:
        process.start()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    torch.backends.cudnn.benchmark = True
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net = grown(torch.load(arguments.start, map_location="cpu")["net"]) if arguments.start else OutlineNet()
    outline = Learner(net.to(device, memory_format=torch.channels_last), arguments.rate, 0.01)  # type: ignore[call-overload]
    corners = Learner(CornerNet().to(device), 2e-3, 0.02)
    large = device.type == "cuda"
    pool = Pool.empty(40_000 if large else 2_000, 90_000 if large else 8_000, device)
    arguments.results.mkdir(parents=True, exist_ok=True)
    try:
        learn(pool, queue, outline, corners, arguments, began)
    finally:
        for process in drawing:
            process.terminate()
    save(arguments.results / "outline.pt", outline, corners)


def learn(
    pool: Pool,
    queue: "multiprocessing.Queue[Drawn]",
    outline: Learner,
    corners: Learner,
    arguments: argparse.Namespace,
    began: float,
) -> None:
    """Learn until the time is over; every half minute measure, say and save."""
    batch, many = arguments.batch, 4 * arguments.batch
    started: float | None = None
    said = began
    until = began + arguments.seconds
    while (now := time.monotonic()) < until:
        for _ in range(4):
            try:
                pool.take(queue.get(block=started is None, timeout=5.0), held=_is_held(pool))
            except Empty:
                break
        if pool.scenes_drawn < 2 * batch or outline.steps * batch > VIEWS_MAX * pool.scenes_drawn:
            time.sleep(0.01)
            continue
        if started is None:
            started = now
            print(f"{now - began:.0f} s: begins", flush=True)
        pace = 0.5 * (1 + float(np.cos(np.pi * min(1.0, (now - started) / (until - 12 - started)))))
        if pace < SETTLES_AT:
            settle(outline.net)
            settle(corners.net)
        outline.learn(outline_loss(outline.net, pool.some_scenes(batch)), pace)
        corners.learn(corners_loss(corners.net, *pool.some_patches(many)), pace)
        if now - said > 30:
            said = now
            save(arguments.results / "outline.pt", outline, corners)
            print(f"{now - began:.0f} s: {outline.steps} steps, {pool.scenes_drawn} scenes,", end=" ")
            print(f"{pool.patches_drawn} patches, {pool.failed} failed; held out:", end=" ")
            print(measured(pool.held, outline, corners), flush=True)


def settle(net: nn.Module) -> None:
    """Normalise by what was seen up to now, no longer by each batch."""
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()


def _is_held(pool: Pool) -> bool:
    return len(pool.held) * drawers.SCENES < min(HELD_SCENES, pool.scenes_drawn // 4)


def outline_loss(net: nn.Module, scenes: Scenes) -> Tensor:
    """The loss on scenes, each shown in another way."""
    with torch.no_grad():
        windows, shown = again.moved(scenes)
        windows = again.padded(again.relit(windows), shown.bounds)
        target = again.maps(shown)
    return loss(_said(net, windows), target)


def _said(net: nn.Module, windows: Tensor) -> Tensor:
    with torch.autocast(windows.device.type, dtype=torch.bfloat16):
        out: Tensor = net(((windows - 128) / 64).contiguous(memory_format=torch.channels_last))
    return out.float()


def corners_loss(net: nn.Module, patches: Tensor, fates: Tensor) -> Tensor:
    """The loss on patches, each shown in another way: a corner in a mirror is a corner."""
    with torch.no_grad():
        n, device = len(patches), patches.device
        angle, zoom = torch.randn(n, device=device) * 0.02, 1 + torch.randn(n, device=device) * 0.03
        cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
        shift = torch.randn(n, 2, 1, device=device) * 0.02
        theta = torch.cat([torch.stack([torch.stack([cos, -sin], 1), torch.stack([sin, cos], 1)], 1), shift], 2)
        theta = torch.where(torch.rand(n, 1, 1, device=device) < 0.5, theta[:, [1, 0]], theta)
        grid = functional.affine_grid(theta, [n, 3, SIDE, SIDE], align_corners=False)
        light = patches.permute(0, 3, 1, 2).float()
        turned = functional.grid_sample(light, grid, padding_mode="border", align_corners=False)
        shown = again.relit(turned).permute(0, 2, 3, 1)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        out = net(shown)
    return functional.cross_entropy(out.float(), fates)


@torch.no_grad()
def measured(held: list[Drawn], outline: Learner, corners: Learner) -> str:
    """The loss of the running mean on scenes that nothing learnt from; how many hidden corners it tells."""
    device = next(outline.net.parameters()).device
    values, whole, fates = [], [], []
    for drawn in held[: HELD_SCENES // drawers.SCENES]:
        scenes = Scenes(*(torch.from_numpy(drawn[part]).to(device) for part in PARTS))
        windows = scenes.windows.permute(0, 3, 1, 2).float()
        values.append(float(loss(_said(outline.mean, windows), again.maps(scenes))))
        whole.append(torch.softmax(corners.mean(torch.from_numpy(drawn["patches"]).to(device)).float(), 1)[:, 0].cpu())
        fates.append(torch.from_numpy(drawn["fates"]))
    if not held:
        return "nothing yet"
    chance, fate = torch.cat(whole), torch.cat(fates)
    limit = torch.quantile(chance[fate == 0], 0.02)
    shares = [f"{name} {float((chance[fate == i] < limit).float().mean()):.3f}" for i, name in enumerate(FATES) if i]
    return f"loss {np.mean(values):.4f}; below {float(limit):.3f}: {', '.join(shares)}"


def save(path: Path, outline: Learner, corners: Learner) -> None:
    """Write both; a file that is cut short does not take the place of the last."""
    torch.save({"outline": outline.state(), "corners": corners.state()}, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


if __name__ == "__main__":
    main()

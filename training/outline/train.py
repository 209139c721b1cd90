"""Train the outline network on the CPU.

    python -m training.outline.train BANK OUT [--minutes M] [--steps N] [--seed S] [--start CHECKPOINT]

One process draws scenes, one learns. Goes on from the last checkpoint in OUT if there is one. A checkpoint also holds
the running mean of the weights, which is what `export.py` writes: it needs no slow end of the run to settle. The result
of a run that was not interrupted depends on the seed, the start and the number of steps alone; --minutes only stops
early.
"""

import argparse
import copy
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset
from training.outline.bank_file import Bank
from training.outline.model import OutlineNet, grown, loss, prepared
from training.outline.scenes import scene
from training.outline.targets import turned

FRESH, AGAIN = 8, 8
"""Scenes of a step drawn for it, and shown again from those drawn before: drawing costs as much as learning."""
KEPT = 3000
WARM_STEPS = 200
MEAN_KEEPS = 0.997
"""How much of the running mean of the weights a step leaves."""

Example = tuple[NDArray[np.uint8], NDArray[np.float32]]


class Scenes(Dataset):  # type: ignore[type-arg]
    """Scene i of a seed, and an older one in another light, each turned and mirrored at random."""

    def __init__(self, bank: Path, seed: int, first: int, count: int, part: tuple[float, float]) -> None:
        self.bank, self.seed, self.first, self.count = Bank.load(bank, part), seed, first, count
        self.kept: list[Example] = []

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Example:
        """Windows (2, 256, 256, 3) and targets (2, 7, 64, 64)."""
        cv2.setNumThreads(1)
        rng = np.random.default_rng((self.seed, self.first + index))
        window, target, _ = scene(rng, self.bank)
        if len(self.kept) < KEPT:
            self.kept.append((window, target))
        older, known = self.kept[int(rng.integers(len(self.kept)))]
        self.kept[index % KEPT] = window, target
        pair = [_turned(rng, window, target), _turned(rng, _relit(rng, older), known)]
        return np.stack([w for w, _ in pair]), np.stack([t for _, t in pair])


def _turned(rng: np.random.Generator, window: NDArray[np.uint8], target: NDArray[np.float32]) -> Example:
    return turned(window, target, int(rng.integers(4)), bool(rng.integers(2)))


def _relit(rng: np.random.Generator, window: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The window with other exposure, contrast and colours of light."""
    grey = np.linspace(0, 1, 256)[:, None]
    curve = (grey ** rng.uniform(0.75, 1.35) * rng.uniform(0.8, 1.25)) * (1 + rng.normal(0, 0.07, 3))
    return np.asarray(cv2.LUT(window, (curve * 255).clip(0, 255).astype(np.uint8)[None]), dtype=np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to begin with")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    net = grown(torch.load(arguments.start)["net"]) if arguments.start else OutlineNet()
    net = net.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=0.01)
    settled = copy.deepcopy(net)
    first = resume(arguments.out / "last.pt", net, optimizer, settled)
    data = Scenes(arguments.bank, arguments.seed, first * FRESH, (arguments.steps - first) * FRESH, (0.0, 0.95))
    start, mean = time.monotonic(), 0.0
    for step, (window, target) in enumerate(DataLoader(data, FRESH, num_workers=1, prefetch_factor=4), first + 1):
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * _pace(step, arguments.steps)
        value = learn(net, optimizer, window.flatten(0, 1), target.flatten(0, 1))
        follow(settled, net)
        mean = 0.97 * mean + 0.03 * value if mean else value
        if step % 50 == 0:
            print(f"{step} {(time.monotonic() - start) / 60:.1f} min loss {mean:.4f}", flush=True)
        if step % 250 == 0 or step == arguments.steps:
            save(arguments.out / "last.pt", step, net, optimizer, settled)
        if time.monotonic() - start > 60 * arguments.minutes:
            break


def _pace(step: int, steps: int) -> float:
    """Share of the full rate: a short rise, and half a cosine down to nothing."""
    return min(1.0, step / WARM_STEPS) * 0.5 * (1 + float(np.cos(np.pi * step / steps)))


def learn(net: OutlineNet, optimizer: torch.optim.Optimizer, window: torch.Tensor, target: torch.Tensor) -> float:
    """One step; returns the loss."""
    net.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(prepared(window).contiguous(memory_format=torch.channels_last))
    value = loss(out.float(), target)
    optimizer.zero_grad(set_to_none=True)
    value.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    optimizer.step()
    return float(value.item())


def follow(settled: torch.nn.Module, net: torch.nn.Module) -> None:
    """Move the running mean a little towards the weights of now."""
    with torch.no_grad():
        for held, now in zip(settled.state_dict().values(), net.state_dict().values(), strict=True):
            if held.is_floating_point():
                held.lerp_(now, 1 - MEAN_KEEPS)
            else:
                held.copy_(now)


def save(
    path: Path, step: int, net: torch.nn.Module, optimizer: torch.optim.Optimizer, settled: torch.nn.Module
) -> None:
    """Write a checkpoint; one that is cut short does not take the place of the last."""
    state = {"step": step, "net": net.state_dict(), "mean": settled.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def resume(path: Path, net: torch.nn.Module, optimizer: torch.optim.Optimizer, settled: torch.nn.Module) -> int:
    """Take up a checkpoint; returns its step, 0 without one."""
    if not path.is_file():
        return 0
    state = torch.load(path)
    net.load_state_dict(state["net"])
    settled.load_state_dict(state["mean"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


if __name__ == "__main__":
    main()

"""Train the outline network on the CPU.

    python -m training.outline.train BANK OUT [--minutes M] [--steps N] [--seed S] [--start CHECKPOINT]

One process draws scenes, one learns. Goes on from the last checkpoint in OUT if there is one. The result depends on the
seed, the start and the number of steps alone; --minutes only stops early.
"""

import argparse
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset
from training.outline.model import OutlineNet, loss, prepared
from training.outline.scenes import Bank, scene
from training.outline.targets import turned

BATCH, ECHO = 16, 2
"""Pictures a step, and how often each scene drawn is shown: drawing costs as much as learning."""


class Scenes(Dataset):  # type: ignore[type-arg]
    """Scene i of a seed."""

    def __init__(self, bank: Path, seed: int, first: int, count: int, part: tuple[float, float]) -> None:
        self.bank, self.seed, self.first, self.count = Bank.load(bank, part), seed, first, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """The scene ECHO times, turned and mirrored at random, stacked."""
        cv2.setNumThreads(1)
        rng = np.random.default_rng((self.seed, self.first + index))
        window, target, _ = scene(rng, self.bank)
        seen = [turned(window, target, int(rng.integers(4)), bool(rng.integers(2))) for _ in range(ECHO)]
        return np.stack([w for w, _ in seen]), np.stack([t for _, t in seen])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to begin with")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    net = OutlineNet().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if arguments.start:
        net.load_state_dict(torch.load(arguments.start)["net"])
    optimizer = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, arguments.rate, arguments.steps, pct_start=0.08)
    first = resume(arguments.out / "last.pt", net, optimizer, schedule)
    data = Scenes(
        arguments.bank, arguments.seed, first * BATCH // ECHO, (arguments.steps - first) * BATCH // ECHO, (0.0, 0.95)
    )
    loader = DataLoader(
        data, BATCH // ECHO, num_workers=arguments.workers, prefetch_factor=4 if arguments.workers else None
    )
    start, mean = time.monotonic(), 0.0
    for step, (window, target) in enumerate(loader, first + 1):
        net.train()
        window, target = window.flatten(0, 1), target.flatten(0, 1)
        pictures = prepared(window).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net(pictures)
        value = loss(out.float(), target)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        mean = 0.97 * mean + 0.03 * value.item() if mean else value.item()
        if step % 50 == 0:
            print(f"{step} {(time.monotonic() - start) / 60:.1f} min loss {mean:.4f}", flush=True)
        if step % 250 == 0 or step == arguments.steps:
            state = {
                "step": step,
                "net": net.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
            }
            torch.save(state, arguments.out / "last.pt")
        if time.monotonic() - start > 60 * arguments.minutes:
            break


def resume(
    path: Path, net: torch.nn.Module, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.OneCycleLR
) -> int:
    """Take up a checkpoint; returns its step, 0 without one."""
    if not path.is_file():
        return 0
    state = torch.load(path)
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["step"])


if __name__ == "__main__":
    main()

"""Train the recapture network on the CPU: python -m training.originality.train PATCHES OUT [--steps N] [--seed S].

PATCHES may be several files. One in ten patches is held out and measured on at the end. One thread; seeded.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from training.originality.model import RecaptureNet, prepared

WINDOW_PX = 96
BATCH = 64
HELD_OUT = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patches", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    files = [np.load(file) for file in arguments.patches]
    pixels = np.concatenate([file["pixels"] for file in files])
    kinds = np.concatenate([file["kinds"] for file in files])
    held = np.arange(len(kinds)) % HELD_OUT == 0
    net = RecaptureNet()
    if arguments.start:
        net.load_state_dict(torch.load(arguments.start))
    optimiser = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, arguments.rate, total_steps=arguments.steps)
    learn = np.flatnonzero(~held)
    for step in range(arguments.steps):
        chosen = rng.choice(learn, BATCH)
        out = net(prepared(_windows(rng, pixels[chosen])))
        loss = torch.nn.functional.cross_entropy(out, torch.from_numpy(kinds[chosen]), label_smoothing=0.02)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"{step + 1} loss {loss.item():.3f} held out {_table(net, pixels[held], kinds[held])}", flush=True)
            torch.save(net.state_dict(), arguments.out)
            net.train()


def _windows(rng: np.random.Generator, patches: NDArray[np.uint8]) -> Tensor:
    """A cut of each, turned, mirrored, in another light."""
    room = patches.shape[1] - WINDOW_PX
    cut = []
    for patch in patches:
        x, y = rng.integers(0, room + 1, 2)
        window = np.rot90(patch[y : y + WINDOW_PX, x : x + WINDOW_PX], int(rng.integers(4)))
        window = window[:, ::-1] if rng.random() < 0.5 else window
        gain = rng.uniform(0.6, 1.0) * rng.uniform(0.85, 1.0, 3)
        cut.append((window * gain).astype(np.uint8) if rng.random() < 0.5 else window)
    return torch.from_numpy(np.stack(cut))


def _table(net: RecaptureNet, pixels: NDArray[np.uint8], kinds: NDArray[np.int64]) -> str:
    """Share of each class that is taken for each class, in per cent."""
    net.eval()
    low = (pixels.shape[1] - WINDOW_PX) // 2
    with torch.no_grad():
        windows = torch.from_numpy(pixels[:, low : low + WINDOW_PX, low : low + WINDOW_PX].copy())
        said = torch.cat([net(prepared(part)).argmax(1) for part in windows.split(256)]).numpy()
    rows = [np.bincount(said[kinds == kind], minlength=3) / max(1, (kinds == kind).sum()) for kind in range(3)]
    return " | ".join("/".join(f"{100 * share:.0f}" for share in row) for row in rows)


if __name__ == "__main__":
    main()

"""Train the page network and the splice network while other processes draw for them.

    python -m training.originality.learn OUT.pt [--seconds S] [--workers N] [--seed S]

Everything drawn is kept and learned from again and again, in other light and turned; what is held out is measured on.
The file holds the mean of both networks' weights of late and is written every minute.
"""

import argparse
import copy
import json
import math
import os
import time
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from training.originality.drawing import Drawn, start
from training.originality.measure import said_of
from training.originality.page_model import PageNet
from training.originality.page_windows import WINDOWS
from training.originality.splice_model import SpliceNet
from training.originality.splices import AROUND, BESIDE, INSIDE, Example
from training.originality.tuning_pictures import Shown

RATE, WARM_UP = 2e-3, 100
PAGES, SWATCHES, PLACES = 24, 48, 64
FEWEST = 60
"""Pages and places to begin with."""
ROLES = (INSIDE, BESIDE, AROUND)
MEAN_OVER = 400
"""Steps over which the weights are averaged."""
SAVE_S, TELL_S = 45, 30
WINDOW_LOSS = 0.4
MEASURE_S, MOST_TUNING = 14, 1200
"""Seconds at the end in which the tuning pictures are shown to the networks, and how many at most."""
SPARE_BYTES = 12 << 30
"""Of an accelerator's memory, left to others."""


class Kept:
    """What was drawn of one sort, on the device that learns."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self.learn: list[tuple[Tensor, ...]] = []
        self.held: list[tuple[Tensor, ...]] = []

    def add(self, held: bool, *parts: NDArray[np.uint8] | float) -> None:
        there = self.device
        if there.type == "cuda" and torch.cuda.mem_get_info()[0] < SPARE_BYTES:
            there = torch.device("cpu")
        (self.held if held else self.learn).append(tuple(torch.as_tensor(part).to(there) for part in parts))

    def batch(self, count: int) -> list[Tensor]:
        chosen = torch.randint(len(self.learn), (count,)).tolist()
        return self._together([self.learn[n] for n in chosen])

    def held_out(self, most: int) -> list[Tensor]:
        return self._together(self.held[-most:])

    def _together(self, drawn: list[tuple[Tensor, ...]]) -> list[Tensor]:
        return [torch.stack([part.to(self.device) for part in parts]) for parts in zip(*drawn, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=7200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=21)
    arguments = parser.parse_args()
    begun = time.monotonic()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.allow_tf32 = False  # ten bits would drown the traces in rounding
    queue, processes = start(arguments.workers, arguments.seed)
    kept = {sort: Kept(device) for sort in ("page", "swatch", "splice")}
    tuning: list[Shown] = []
    nets = nn.ModuleDict({"page": PageNet(), "splice": SpliceNet()}).to(device)
    mean = copy.deepcopy(nets).eval()
    optimiser = torch.optim.AdamW(nets.parameters(), lr=RATE, weight_decay=0.02)
    step, saved, told, losses = 0, begun, begun, [0.0] * 3
    while (share := (time.monotonic() - begun) / (arguments.seconds - MEASURE_S)) < 1:
        _fetch(queue, kept, tuning)
        if min(len(kept["page"].learn), len(kept["splice"].learn)) < FEWEST:
            time.sleep(0.2)
            continue
        for group in optimiser.param_groups:
            group["lr"] = _rate(step, share)
        now = _losses(nets, kept)
        optimiser.zero_grad()
        sum(now).backward()  # type: ignore[union-attr]
        nn.utils.clip_grad_norm_(nets.parameters(), 2.0)
        optimiser.step()
        step += 1
        _average(mean, nets, min(1 - 1 / MEAN_OVER, step / (step + 20)))
        if step % 5 == 0 or device.type == "cpu":
            losses = [0.9 * old + 0.1 * new.item() for old, new in zip(losses, now, strict=True)]
        clock = time.monotonic()
        if clock - saved > SAVE_S:
            _save(mean, arguments.out)
            saved = clock
        if clock - told > TELL_S:
            told = clock
            counts = {sort: len(k.learn) for sort, k in kept.items()}
            print(f"{clock - begun:.0f} s, step {step}, {counts}, losses {[round(x, 3) for x in losses]}; "
                  f"{_measured(mean, kept)}", flush=True)  # fmt: skip
    _save(mean, arguments.out)
    for process in processes:
        process.kill()
    said = [said_of(mean, shown, device) for shown in tuning[:MOST_TUNING]]
    arguments.out.with_suffix(".json").write_text(json.dumps(said))
    print(f"end: {len(tuning)} tuning pictures, {_measured(mean, kept)}", flush=True)
    os._exit(0)


def _rate(step: int, share: float) -> float:
    """Rises over the first steps, then falls as a cosine over the time that there is."""
    return RATE * min(1.0, (step + 1) / WARM_UP) * (0.02 + 0.49 * (1 + math.cos(math.pi * share)))


def _fetch(queue: "Queue[Drawn]", kept: dict[str, Kept], tuning: list[Shown]) -> None:
    for _ in range(200):
        try:
            sort, held, drawn = queue.get_nowait()
        except Empty:
            return
        if isinstance(drawn, Shown):
            tuning.append(drawn)
        elif isinstance(drawn, Example):
            kept[sort].add(held, drawn.windows, float(drawn.pasted), float(drawn.line))
        else:
            kept[sort].add(held, drawn.full, drawn.half, drawn.kind)


def _losses(nets: nn.ModuleDict, kept: dict[str, Kept]) -> list[Tensor]:
    nets.train()
    full, half, kind = kept["page"].batch(PAGES)
    n, m = int(torch.randint(10, 25, ())), int(torch.randint(3, 9, ()))
    chosen = torch.randperm(WINDOWS[0])[:n], torch.randperm(WINDOWS[1])[:m]
    found = [_page_loss(nets["page"], _turned(full[:, chosen[0]]), _turned(half[:, chosen[1]]), kind)]
    if len(kept["swatch"].learn) >= FEWEST // 3:
        full, half, kind = kept["swatch"].batch(SWATCHES)
        found.append(0.7 * _page_loss(nets["page"], _turned(full), _turned(half), kind))
    else:
        found.append(found[0] * 0)
    windows, pasted, line = kept["splice"].batch(PLACES)
    parts = [_some(part) for part in windows.split(ROLES, 1)]
    said = nets["splice"](_turned(torch.cat(parts, 1)), tuple(part.shape[1] for part in parts), line)
    found.append(nn.functional.binary_cross_entropy_with_logits(said, 0.98 * pasted + 0.01))
    return found


def _page_loss(net: nn.Module, full: Tensor, half: Tensor, kind: Tensor) -> Tensor:
    page, windows = net(_lit(full), _lit(half))
    each = nn.functional.cross_entropy(
        windows.flatten(0, 1), kind.repeat_interleave(windows.shape[1]), label_smoothing=0.1
    )
    return nn.functional.cross_entropy(page, kind, label_smoothing=0.01) + WINDOW_LOSS * each


def _some(part: Tensor) -> Tensor:
    """A few of the windows of a role, others each time."""
    count = part.shape[1]
    return part[:, torch.randperm(count)[: int(torch.randint(max(2, count // 2), count + 1, ()))]]


def _turned(windows: Tensor) -> Tensor:
    """All windows of a batch turned by the same quarter and perhaps mirrored: blocks of JPEG stay blocks."""
    windows = torch.rot90(windows, int(torch.randint(4, ())), (2, 3))
    return windows.flip(3) if torch.rand(()) < 0.5 else windows


def _lit(windows: Tensor) -> Tensor:
    """Half of the pages in another light."""
    each = len(windows), 1, 1, 1, 1
    half = torch.rand(each, device=windows.device).round()
    gain = 1 - 0.4 * half * torch.rand(each, device=windows.device)
    tint = 1 - 0.15 * torch.rand(len(windows), 1, 1, 1, 3, device=windows.device) * (gain < 1)
    return windows.float() * gain * tint


@torch.no_grad()
def _average(mean: nn.Module, nets: nn.Module, share: float) -> None:
    pairs = list(zip(mean.state_dict().values(), nets.state_dict().values(), strict=True))
    exact = [(old, new) for old, new in pairs if old.dtype.is_floating_point]
    torch._foreach_lerp_([old for old, _ in exact], [new for _, new in exact], 1 - share)
    for old, new in pairs:
        if not old.dtype.is_floating_point:
            old.copy_(new)


def _save(mean: nn.Module, out: Path) -> None:
    part = out.with_suffix(".part")
    torch.save(mean.state_dict(), part)
    part.replace(out)


@torch.no_grad()
def _measured(mean: nn.ModuleDict, kept: dict[str, Kept]) -> str:
    """On what was held out: shares of displays, prints and pasted places found where 2 % of the others would be."""
    said: list[str] = []
    if len(kept["page"].held) >= 8:
        full, half, kind = kept["page"].held_out(240)
        logits = torch.cat([mean["page"](f, h)[0] for f, h in zip(full.split(24), half.split(24), strict=True)])
        for of, name in ((1, "displays"), (2, "prints")):
            odds = logits[:, of] - logits[:, 0]
            said.append(f"{name} {_found(odds[kind == of], odds[kind == 0])}")
    if len(kept["splice"].held) < 8:
        return ", ".join(said)
    windows, pasted, line = kept["splice"].held_out(2000)
    logits = torch.cat([mean["splice"](w, ROLES, a) for w, a in zip(windows.split(64), line.split(64), strict=True)])
    for of, name in ((0, "places"), (1, "lines")):
        here = line == of
        said.append(f"{name} {_found(logits[here & (pasted > 0)], logits[here & (pasted == 0)])}")
    return ", ".join(said)


def _found(attacks: Tensor, others: Tensor) -> str:
    if not len(attacks) or not len(others):
        return "-"
    limit = torch.quantile(others.float(), 0.98)
    return f"{(attacks > limit).float().mean():.2f} of {len(attacks)}"


if __name__ == "__main__":
    main()

"""Learn what covers a face from examples that other processes draw meanwhile: for a machine with a graphics card.

python -m training.faces.learn BANK TRUNK OUT --seconds 540 --processes 2

Two networks see the same windows: a head on dlib's frozen first layers, and the same head on
layers of which all but the first few learn too.
"""

import argparse
import copy
import math
import os
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from training.faces.bases import load
from training.faces.camera import windows_of
from training.faces.canvas import EYES_AT, HEIGHT, UNIT, WIDTH, Canvas
from training.faces.draw import chosen
from training.faces.labels import LABELS
from training.faces.model import Head, Whole
from training.faces.nothing import no_face
from training.faces.scenes import dressed
from training.faces.trunk import Trunk

__all__ = ["LOOKS_MAX", "Pool", "loss_of"]

BATCH = 256 if torch.cuda.is_available() else 24
PARCEL = 8
NOTHING_SHARE = 0.1
TUNE = 260 if torch.cuda.is_available() else 24
"""Examples of persons kept for choosing that each process draws first."""
LEAST = 1500 if torch.cuda.is_available() else 4 * PARCEL
"""Examples to begin with."""
LOOKS_MAX = 60
"""No example is looked at more often than so, on the average: before that the loop waits for new ones."""
HEAD_RATE, TRUNK_RATE = 2e-3, 2e-4
DECAY = 0.999
SAVE_EVERY_S, REPORT_EVERY_S = 25.0, 30.0

Row = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Parcel = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, bool]
"""Canvases, what is covered at half the size, eyes, labels, and whether they are for choosing."""


def drawn(bank: Path, seed: int, out: "Queue[Parcel]") -> None:
    """Draw examples without end."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    bases = load(bank)
    parts = {part: [b for b in bases if b.part == part] for part in ("train", "tune")}
    others = {part: [b.canvas for b in found if not b.wears] for part, found in parts.items()}
    made = 0
    while True:
        part = "tune" if made < TUNE else "train"
        rows: list[Row] = []
        while len(rows) < PARCEL:
            if part == "train" and rng.random() < NOTHING_SHARE:
                rows.append(_empty(rng))
                continue
            try:
                row = _somebody(*dressed(chosen(parts[part], rng), rng, others[part]))
            except (ArithmeticError, IndexError, ValueError, cv2.error) as reason:
                print("an example could not be drawn:", reason, flush=True)
                continue
            if np.isfinite(row[2]).all():
                rows.append(row)
        out.put((*(np.stack(column) for column in zip(*rows, strict=True)), part == "tune"))
        made += PARCEL


def _somebody(canvas: Canvas, worn: set[str]) -> Row:
    half = cv2.resize(canvas.covered, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    ends = canvas.points[[33, 133, 362, 263]].reshape(2, 2, 2).mean(axis=1)
    label = np.array([name in worn | {"face"} for name in LABELS], np.uint8)
    pixels = np.nan_to_num(canvas.pixels).astype(np.uint8)
    return pixels, (np.nan_to_num(half) * 255).astype(np.uint8), ends.astype(np.float32), label


def _empty(rng: np.random.Generator) -> Row:
    picture = cv2.resize(no_face(rng), (HEIGHT, HEIGHT), interpolation=cv2.INTER_LINEAR)[:, :WIDTH]
    eyes = np.array([[EYES_AT[0] - UNIT / 2, EYES_AT[1]], [EYES_AT[0] + UNIT / 2, EYES_AT[1]]], np.float32)
    return picture, np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8), eyes, np.zeros(len(LABELS), np.uint8)


class Pool:
    """All examples so far, on the device; the oldest give way when it is full."""

    def __init__(self, most: int, device: torch.device) -> None:
        shapes = ((HEIGHT, WIDTH, 3), (HEIGHT // 2, WIDTH // 2), (2, 2), (len(LABELS),))
        kinds = (torch.uint8, torch.uint8, torch.float32, torch.uint8)
        self.parts = [torch.empty((most, *s), dtype=k, device=device) for s, k in zip(shapes, kinds, strict=True)]
        self.most, self.seen = most, 0

    def __len__(self) -> int:
        return min(self.seen, self.most)

    def add(self, *columns: np.ndarray) -> None:
        """A parcel of examples."""
        for number in range(len(columns[0])):
            for part, column in zip(self.parts, columns, strict=True):
                part[self.seen % self.most] = torch.from_numpy(column[number]).to(part.device)
            self.seen += 1

    def batch(self, size: int) -> tuple[Tensor, Tensor, Tensor]:
        """Windows, labels and covered shares of examples chosen at random, photographed anew."""
        rows = torch.randint(len(self), (size,), device=self.parts[0].device)
        return self.looked_at(rows)

    def looked_at(self, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The same of these examples."""
        canvases, covered, eyes, labels = (part[rows] for part in self.parts)
        windows, places, face = windows_of(canvases, covered, eyes)
        labels = labels.float() * face[:, None]
        return windows, labels, places * labels[:, -1, None, None]


def loss_of(worn: Tensor, places: Tensor, labels: Tensor, covered: Tensor) -> Tensor:
    """Entropy of the labels and of the places; where there is no face, nothing is worn by it."""
    entropy = nn.functional.binary_cross_entropy_with_logits
    counts = torch.ones_like(worn)
    counts[:, :-1] = labels[:, -1:]
    return entropy(worn, labels * 0.98 + 0.01, weight=counts) + entropy(places, covered)


def main() -> None:
    """Draw and learn until the time is over; OUT holds both networks, written again and again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("trunk", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=540)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--most", type=int, default=60000)
    arguments = parser.parse_args()
    began = time.monotonic()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    context = get_context("spawn")
    parcels: Queue[Parcel] = context.Queue(maxsize=200)
    workers = [context.Process(target=drawn, args=(arguments.bank, 1000 + number, parcels), daemon=True)
               for number in range(arguments.processes)]  # fmt: skip
    for worker in workers:
        worker.start()
    frozen = Trunk().read(arguments.trunk).to(device).eval()
    nets = {"frozen": Whole(frozen, Head()).to(device), "free": Whole(copy.deepcopy(frozen), Head()).to(device)}
    lesson = _Lesson(nets, began, arguments.seconds)
    _learn(lesson, parcels, arguments.out, Pool(arguments.most, device))
    for worker in workers:
        worker.kill()
    os._exit(0)


def _arrived(parcels: "Queue[Parcel]", wait: bool) -> Iterator[Parcel]:
    try:
        while True:
            yield parcels.get(timeout=20) if wait else parcels.get_nowait()
            wait = False
    except Empty:
        return


class _Lesson:
    """Both networks, their means over the last steps, and what makes them descend."""

    def __init__(self, nets: dict[str, Whole], began: float, seconds: float) -> None:
        self.nets, self.began, self.seconds, self.steps = nets, began, seconds, 0
        free = nets["free"].trunk
        for module in (nets["frozen"].trunk, free.stem, free.levels[0]):
            module.requires_grad_(False)
        groups = [{"params": net.head.parameters(), "lr": HEAD_RATE, "top": HEAD_RATE} for net in nets.values()]
        groups.append({"params": free.levels[1:].parameters(), "lr": TRUNK_RATE, "top": TRUNK_RATE})
        self.descent = torch.optim.AdamW(groups, weight_decay=0.05)
        self.means = {name: copy.deepcopy(net).eval() for name, net in nets.items()}
        self.losses = dict.fromkeys(nets, 0.0)

    def step(self, windows: Tensor, labels: Tensor, covered: Tensor) -> None:
        """One step of both."""
        if not self.steps:
            for net in (*self.nets.values(), *self.means.values()):
                net.scale(windows)
        part = (time.monotonic() - self.began) / self.seconds
        pace = min(1.0, self.steps / 200) * (0.5 + 0.5 * math.cos(math.pi * min(part, 1.0)))
        for group in self.descent.param_groups:
            group["lr"] = group["top"] * max(pace, 0.002)
        self.descent.zero_grad(set_to_none=True)
        for name, net in self.nets.items():
            net.train()
            loss = loss_of(*net(windows), labels, covered)
            loss.backward()
            told = float(loss.detach())
            self.losses[name] = 0.98 * self.losses[name] + 0.02 * told if self.steps else told
        size = nn.utils.clip_grad_norm_([p for group in self.descent.param_groups for p in group["params"]], 5.0)
        if not bool(torch.isfinite(size)):
            return
        self.descent.step()
        self.steps += 1
        keep = min(DECAY, self.steps / (self.steps + 20))
        with torch.no_grad():
            for name, net in self.nets.items():
                for old, new in zip(self.means[name].parameters(), net.parameters(), strict=True):
                    old.lerp_(new, 1 - keep)

    def report(self, pool: Pool, tuning: Pool) -> None:
        """Print how far it got."""
        print(f"{time.monotonic() - self.began:.0f} s, {self.steps} steps, {pool.seen} examples", flush=True)
        for name, net in self.means.items():
            print(f"  {name} loss {self.losses[name]:.3f} {found(net, tuning)}", flush=True)


def _learn(lesson: _Lesson, parcels: "Queue[Parcel]", out: Path, pool: Pool) -> None:
    tuning = Pool(4000, pool.parts[0].device)
    reported = saved = lesson.began
    while (now := time.monotonic()) - lesson.began < lesson.seconds:
        hungry = pool.seen < LEAST or lesson.steps * BATCH > LOOKS_MAX * pool.seen
        for *columns, chosen_from in _arrived(parcels, hungry):
            (tuning if chosen_from else pool).add(*columns)
        if pool.seen < LEAST:
            continue
        lesson.step(*pool.batch(BATCH))
        if now - saved > SAVE_EVERY_S:
            saved = now
            _save(lesson.means, out)
        if now - reported > REPORT_EVERY_S:
            reported = now
            lesson.report(pool, tuning)
    _save(lesson.means, out)
    lesson.report(pool, tuning)


def _save(nets: dict[str, Whole], out: Path) -> None:
    kept = {"frozen": nets["frozen"].head.state_dict(), "free": nets["free"].state_dict()}
    kept = {name: {k: v.cpu().clone() for k, v in state.items()} for name, state in kept.items()}
    torch.save(kept, out.with_suffix(".part"))
    out.with_suffix(".part").replace(out)


@torch.no_grad()
def found(net: Whole, tuning: Pool) -> str:
    """Share of each covering found at three false alarms in a hundred on bare faces of persons kept apart."""
    if len(tuning) < 8:
        return "nobody to choose on yet"
    scores, labels = [], []
    with torch.random.fork_rng():
        torch.manual_seed(1)
        for rows in torch.arange(len(tuning), device=tuning.parts[0].device).repeat(2).split(128):
            windows, labelled, _ = tuning.looked_at(rows)
            scores.append(net(windows)[0])
            labels.append(labelled)
    score, label = torch.cat(scores), torch.cat(labels)
    face = label[:, -1] > 0
    bare = face & (label.sum(1) == 1)
    told = []
    for number, name in enumerate(LABELS):
        worn, without = label[:, number] > 0, (~face if name == "face" else bare)
        if not bool(without.any()) or not bool(worn.any()):
            continue
        cut = torch.quantile(score[without, number], 0.97)
        told.append(f"{name} {float((score[worn, number] > cut).float().mean()):.2f}")
    return ", ".join(told)


if __name__ == "__main__":
    main()

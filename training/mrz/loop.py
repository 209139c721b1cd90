"""The loop that trains both networks: seeded, on one thread, at a rate that rises for a while and falls to nothing."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Example = TypeVar("Example")

WARMING = 0.05
"""Share of the steps in which the rate rises."""
MEMORY = 0.98
"""How much of a figure that is shown comes from the steps before."""


class Task(NamedTuple, Generic[Example]):
    """A network, its examples and how they are judged; `loss` gives the loss and figures to show.

    `inputs` and `outputs` name the exported network's tensors and say which of their axes are free.
    """

    name: str
    about: str
    steps: int
    rate: float
    network: Callable[[], nn.Module]
    batches: Callable[[np.random.Generator], Iterator[list[Example]]]
    loss: Callable[[nn.Module, list[Example]], tuple[Tensor, dict[str, float]]]
    size: tuple[int, int]
    inputs: Mapping[str, Mapping[int, str]]
    outputs: Mapping[str, Mapping[int, str]]


def train(task: Task[Any]) -> None:
    """The command: reads its options, trains, writes weights and the exported network now and then."""
    parser = argparse.ArgumentParser(description=task.about)
    parser.add_argument("--steps", type=int, default=task.steps)
    parser.add_argument("--rate", type=float, default=task.rate)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, default=Path("out") / task.name)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    model = task.network()
    if given.start:
        model.load_state_dict(torch.load(given.start), strict=False)
    optimiser = torch.optim.AdamW(model.parameters(), given.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, given.steps, pct_start=WARMING)
    batches, began, sums = task.batches(np.random.default_rng(given.seed)), time.monotonic(), dict[str, float]()
    for step in range(1, given.steps + 1):
        total, figures = task.loss(model, next(batches))
        optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        for name, value in figures.items():
            sums[name] = sums.get(name, 0.0) * MEMORY + value * (1 - MEMORY)
        if step % 50 == 0:
            shown = " ".join(f"{name} {value / (1 - MEMORY**step):.4f}" for name, value in sums.items())
            print(f"{step} {time.monotonic() - began:.0f}s {shown}", flush=True)
        if step % 250 == 0 or step == given.steps:
            torch.save(model.state_dict(), given.out / "weights.pt")
            export(task, model, given.out / f"{task.name}.onnx")


def export(task: Task[Any], model: nn.Module, path: Path) -> None:
    """Write the network as ONNX."""
    model.eval()
    torch.onnx.export(
        model,
        (torch.zeros(1, 1, *task.size),),
        str(path),
        input_names=list(task.inputs),
        output_names=list(task.outputs),
        dynamic_axes={name: dict(axes) for name, axes in (task.inputs | task.outputs).items()},
        opset_version=17,
        dynamo=False,
    )
    model.train()


def stacked(batch: list[Any], name: str) -> Tensor:
    """One array of every example, put together."""
    return torch.from_numpy(np.stack([getattr(example, name) for example in batch]))


def shuffled(
    draw: Callable[[], list[Example]], rng: np.random.Generator, pool_size: int, batch_size: int
) -> Iterator[list[Example]]:
    """Batches without end from a pool that `draw` keeps full, so that what was drawn together is seen apart."""
    pool: list[Example] = []
    while True:
        while len(pool) < pool_size + batch_size:
            pool += draw()
        batch = []
        for _ in range(batch_size):
            i = int(rng.integers(len(pool)))
            pool[i], pool[-1] = pool[-1], pool[i]
            batch.append(pool.pop())
        yield batch


def shares(weights: list[float]) -> NDArray[np.float64]:
    """Weights as chances."""
    chances = np.array(weights)
    return np.asarray(chances / chances.sum())

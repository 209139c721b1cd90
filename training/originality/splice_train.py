"""Train the splice network on the CPU, and write its weights.

    python -m training.originality.splice_train EXAMPLES.npz OUT.pt [--steps N] [--seed S] [--start CHECKPOINT]
    python -m training.originality.splice_train --export OUT.pt splice_trace.onnx splice_unlike.onnx

EXAMPLES may be several files. One in ten examples is held out and measured on. One thread; seeded.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from training.originality.splice_model import TRACE, SpliceNet, Trace, Unlike
from training.originality.splices import INSIDE

BATCH = 20
HELD_OUT = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.export:
        return export(*arguments.files)
    torch.manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    *examples, out = arguments.files
    files = [np.load(file) for file in examples]
    windows, labels = (np.concatenate([file[name] for file in files]) for name in ("windows", "labels"))
    held = np.arange(len(labels)) % HELD_OUT == 0
    net = SpliceNet(INSIDE)
    if arguments.start:
        net.load_state_dict(torch.load(arguments.start))
    optimiser = torch.optim.AdamW(net.parameters(), lr=arguments.rate, weight_decay=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, arguments.rate, total_steps=arguments.steps)
    learn, mean = np.flatnonzero(~held), 0.0
    for step in range(arguments.steps):
        chosen = rng.choice(learn, BATCH)
        said = net(_varied(rng, windows[chosen]))
        loss = nn.functional.binary_cross_entropy_with_logits(said, torch.from_numpy(labels[chosen]).float())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        mean = 0.98 * mean + 0.02 * loss.item() if mean else loss.item()
        if step % 200 == 199:
            print(f"{step + 1} loss {mean:.3f} held out {_told(net, windows[held], labels[held])}", flush=True)
            torch.save(net.state_dict(), out)
    return None


def _varied(rng: np.random.Generator, windows: NDArray[np.uint8]) -> Tensor:
    """Each example turned and mirrored as a whole, its contrast changed a little."""
    varied = []
    for example in windows:
        turned = np.rot90(example, int(rng.integers(4)), (1, 2))
        turned = turned[:, :, ::-1] if rng.random() < 0.5 else turned
        varied.append((turned * rng.uniform(0.8, 1)).astype(np.uint8) if rng.random() < 0.3 else turned)
    return torch.from_numpy(np.stack(varied))


def _told(net: SpliceNet, windows: NDArray[np.uint8], labels: NDArray[np.int64]) -> str:
    """Share of pasted places that are found where 2 % of the others would be; and the loss."""
    net.eval()
    with torch.no_grad():
        said = torch.cat([net(part) for part in torch.from_numpy(windows).split(40)])
    net.train()
    limit = float(np.quantile(said.numpy()[labels == 0], 0.98))
    loss = nn.functional.binary_cross_entropy_with_logits(said, torch.from_numpy(labels).float()).item()
    return f"found {float((said.numpy()[labels == 1] > limit).mean()):.2f} at 2 % of others, loss {loss:.3f}"


class _Chance(nn.Module):
    def __init__(self, unlike: Unlike) -> None:
        super().__init__()
        self.unlike = unlike

    def forward(self, inside: Tensor, around: Tensor) -> Tensor:
        return torch.sigmoid(self.unlike(inside, around))


def export(checkpoint: Path, trace_file: Path, unlike_file: Path) -> None:
    """Write the two halves as ONNX: windows to traces, and mean traces in a place and around it to a chance."""
    net = SpliceNet(INSIDE)
    net.load_state_dict(torch.load(checkpoint))
    net.eval()
    trace: Trace = net.trace
    window, means = torch.zeros((2, 64, 64, 3), dtype=torch.uint8), torch.zeros((2, TRACE))
    free = {0: "n"}
    torch.onnx.export(
        trace, (window,), str(trace_file), input_names=["window"], output_names=["trace"],
        dynamic_axes={"window": free, "trace": free}, dynamo=False, opset_version=17,
    )  # fmt: skip
    torch.onnx.export(
        _Chance(net.unlike), (means, means), str(unlike_file), input_names=["inside", "around"],
        output_names=["chance"], dynamic_axes={"inside": free, "around": free, "chance": free}, dynamo=False,
        opset_version=17,
    )  # fmt: skip
    for file in (trace_file, unlike_file):
        print(f'{file.name} sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main()

"""Learn what is worn, from the inner maps of dlib's network, and write the little network as ONNX."""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn
from training.faces.labels import LABELS

__all__ = ["Head"]

BATCH = 64


class Head(nn.Module):
    """Maps (n, 128, 8, 8) to the log odds of each covering (n, 8), and of each place being covered (n, 8, 8)."""

    def __init__(self, spread: torch.Tensor, channels: int = 24, hidden: int = 48) -> None:
        super().__init__()
        self.register_buffer("spread", spread)
        self.narrow = nn.Conv2d(128, channels, 1)
        self.mix = nn.Linear(channels * 64, hidden)
        self.out = nn.Linear(hidden, len(LABELS))
        self.places = nn.Sequential(nn.Conv2d(channels, 24, 3, padding=1), nn.ReLU(), nn.Conv2d(24, 1, 3, padding=1))
        self.lost = nn.Dropout(0.3)

    def forward(self, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """A few channels a place; then all places together, and each with its neighbours."""
        narrow = torch.relu(self.narrow(self.lost(features / self.spread)))
        worn = self.out(self.lost(torch.relu(self.mix(narrow.flatten(1)))))
        return worn, self.places(narrow)[:, 0]


def _loaded(path: Path) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    data = np.load(path)
    return tuple(torch.from_numpy(data[name]) for name in ("features", "labels", "covered"))


def main() -> None:
    """Train on TRAIN and write OUT; or measure a network that was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="TRAIN TUNE OUT, or with --measure NETWORK EXAMPLES")
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    if arguments.measure:
        network, examples = arguments.files
        report(network, examples)
        return
    train, tune, out = arguments.files
    head = learned(*_loaded(train), arguments.epochs, arguments.seed)
    torch.onnx.export(head, (torch.zeros(1, 128, 8, 8),), out, input_names=["features"],
                      output_names=["worn", "covered"], dynamic_axes={"features": {0: "n"}}, dynamo=False)  # fmt: skip
    report(out, tune)


def learned(x: torch.Tensor, y: torch.Tensor, covered: torch.Tensor, epochs: int, seed: int) -> Head:
    """A head trained on features, labels and covered shares."""
    torch.manual_seed(seed)
    head = Head(x.float().pow(2).mean(dim=(0, 2, 3), keepdim=True).sqrt() + 1e-3)
    entropy = nn.functional.binary_cross_entropy_with_logits
    descent = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.05)
    pace = torch.optim.lr_scheduler.OneCycleLR(descent, 4e-3, epochs * (len(x) // BATCH))
    for epoch in range(epochs):
        order, total = torch.randperm(len(x)), 0.0
        for at in range(0, len(x) - BATCH + 1, BATCH):
            rows = order[at : at + BATCH]
            worn, places = head(x[rows].float())
            counts = torch.ones_like(worn)
            counts[:, :-1] = y[rows, -1:]  # where there is no face, nothing is worn by it
            loss = entropy(worn, y[rows] * 0.98 + 0.01, weight=counts) + entropy(places, covered[rows])
            descent.zero_grad()
            loss.backward()
            descent.step()
            pace.step()
            total += loss.item()
        print(epoch + 1, f"{total / (len(x) // BATCH):.4f}", flush=True)
    return head.eval()


def report(network: Path, examples: Path) -> None:
    """Area under the curve, and the share found at three false alarms in a hundred on faces with nothing on."""
    x, y, covered = _loaded(examples)
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    scores, places = (torch.from_numpy(v) for v in session.run(None, {"features": x.float().numpy()}))
    told = torch.corrcoef(torch.stack([torch.sigmoid(places).flatten(), covered.flatten()]))[0, 1]
    print(f"covered places: correlation {told:.3f}")
    faces = y[:, -1] > 0
    bare = faces & (y.sum(dim=1) == 1)
    for number, name in enumerate(LABELS):
        s, worn = scores[:, number], y[:, number] > 0
        without = ~faces if name == "face" else bare
        cut = float(torch.quantile(s[without], 0.97))
        wins = (s[worn][:, None] > s[without][None]).float().mean()
        shares = (s[worn] > cut, s[worn] > 0, s[without] > 0)
        at_three, found, alarms = (float(share.float().mean()) for share in shares)
        print(f"{name:10s} n {int(worn.sum()):4d}  AUC {wins:.4f}  found at 3 % alarms {at_three:.3f}", end="  ")
        print(f"at log odds 0: found {found:.3f}, alarms {alarms:.3f}")


if __name__ == "__main__":
    main()

"""How well a covering network tells drawn examples: python -m training.faces.measure NETWORK.onnx EXAMPLES.npz."""

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
from training.faces.labels import LABELS

__all__ = ["scores_of"]

AT_ONCE = 16


def scores_of(network: Path, windows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log odds of the labels (n, 8) and of places being covered (n, 8, 8) for windows (n, 150, 150, 3) uint8."""
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    parts = [
        session.run(None, {"window": windows[at : at + AT_ONCE].astype(np.float32)})
        for at in range(0, len(windows), AT_ONCE)
    ]
    worn, covered = (np.concatenate(column) for column in zip(*parts, strict=True))
    return worn, covered


def main() -> None:
    """Area under the curve, and the share found at three false alarms in a hundred on faces with nothing on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--cuts", action="store_true", help="print the log odds that 1, 3, 10 of 100 bare faces exceed")
    arguments = parser.parse_args()
    data = np.load(arguments.examples)
    scores, places = scores_of(arguments.network, data["windows"])
    labels, covered = data["labels"], data["covered"]
    told = np.corrcoef(1 / (1 + np.exp(-places.ravel())), covered.ravel())[0, 1]
    print(f"covered places: correlation {told:.3f}")
    faces = labels[:, -1] > 0
    bare = faces & (labels.sum(axis=1) == 1)
    for number, name in enumerate(LABELS):
        score, worn = scores[:, number], labels[:, number] > 0
        without = ~faces if name == "face" else bare
        cuts = np.quantile(score[without], [0.99, 0.97, 0.9])
        wins = float((score[worn][:, None] > score[without][None]).mean())
        line = f"{name:10s} n {int(worn.sum()):4d} of {int(without.sum())} without  AUC {wins:.4f}  "
        line += f"found at 3 % alarms {float((score[worn] > cuts[1]).mean()):.3f}  at log odds 0: "
        line += f"found {float((score[worn] > 0).mean()):.3f}, alarms {float((score[without] > 0).mean()):.3f}"
        print(line, np.round(cuts, 2) if arguments.cuts else "")


if __name__ == "__main__":
    main()

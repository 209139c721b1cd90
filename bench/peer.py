"""What one would assemble today: RapidOCR over the full page, dlib to find and compare the faces.

`python -m bench.peer DOCUMENT SELFIE` runs it once, cold, in a process of its own.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from fourcorners.vision.networks.weights import weights_path


def load() -> Callable[[Path, Path], float]:
    """Load everything; returns a function that reads the document, finds both faces and gives their distance."""
    import logging

    import dlib
    import numpy as np
    from rapidocr import RapidOCR

    logging.disable(logging.INFO)

    ocr = RapidOCR()
    detector = dlib.get_frontal_face_detector()
    resnet = weights_path("dlib_face_resnet")
    shape = dlib.shape_predictor(str(resnet.with_name("shape_predictor_5_face_landmarks.dat")))
    network = dlib.face_recognition_model_v1(str(resnet))

    def descriptor(path: Path) -> np.ndarray:
        picture = dlib.load_rgb_image(str(path))
        side = max(picture.shape[:2])
        if side > 1600:  # its detector takes seconds on a phone photo as it is
            picture = dlib.resize_image(picture, 1600 / side)
        boxes = detector(picture, 0)
        if not boxes:
            return np.full(128, np.nan)
        points = shape(picture, max(boxes, key=lambda b: b.area()))
        return np.array(network.compute_face_descriptor(picture, points))

    def run(document: Path, selfie: Path) -> float:
        ocr(str(document))
        return float(np.linalg.norm(descriptor(document) - descriptor(selfie)))

    return run


if __name__ == "__main__":
    print(load()(Path(sys.argv[1]), Path(sys.argv[2])))

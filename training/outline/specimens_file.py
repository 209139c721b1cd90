"""Draw specimens beforehand, for machines on which the package is not installed.

    python -m training.outline.specimens_file FILE [--documents N] [--quality Q] [--seed S]

Of templates for training and demonstration only, as WebP, with their kinds and the radii of their corners.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from training.outline.bank import SIDE_PX, corner_radius, specimen_sides


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=170)
    parser.add_argument("--quality", type=int, default=50, help="of the WebP files: 50 makes about 17 kB each")
    parser.add_argument("--seed", type=int, default=2711)
    arguments = parser.parse_args()
    kinds, radii, files = [], [], []
    for kind, picture in specimen_sides(np.random.default_rng(arguments.seed), arguments.documents):
        scale = SIDE_PX / max(picture.shape[:2])
        small = cv2.resize(picture[..., :3], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        quality = [cv2.IMWRITE_WEBP_QUALITY, arguments.quality]
        kinds.append(kind)
        radii.append(corner_radius(picture[..., 3]))
        files.append(cv2.imencode(".webp", small[..., ::-1], quality)[1].ravel())
    lengths = [len(file) for file in files]
    np.savez(arguments.file, kinds=kinds, radii=radii, lengths=lengths, files=np.concatenate(files))
    print(f"{len(files)} pictures, {arguments.file.stat().st_size} bytes")


if __name__ == "__main__":
    main()

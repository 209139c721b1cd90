"""Judge one photo of a document in a process that does nothing else: `python -m bench.alone FILE`.

For its peak memory. Printed text is not read; the zone, barcodes and faces are. With `--times N` the same photo is
judged N times, as in a worker.
"""

import argparse
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fourcorners.checks.document import CHECKS
from fourcorners.checks.run import check_side_by_side
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame


def main() -> None:
    """Judge, and print the peak in the unit of the system (kB on Linux)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    for _ in range(options.times):
        judge(options.file)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def judge(file: Path) -> None:
    """Two threads, as in a case."""
    frame = DocumentFrame(decode(file))
    frame.__dict__["text"] = ()  # as if it had been read and none was found
    with ThreadPoolExecutor(1) as beside:
        ahead = beside.submit(frame.look_ahead)
        _ = frame.page
        ahead.result()
    check_side_by_side(CHECKS, frame, frame.reading.kind, "front")


if __name__ == "__main__":
    main()

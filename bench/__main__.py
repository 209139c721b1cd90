"""Print the times of a 12-megapixel case: every stage, the whole, a cold start, and the same from packages."""

import argparse
import os
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path

import cv2
import onnxruntime

import fourcorners
from bench import peer
from bench.stages import stages
from bench.timing import Times, cold, timed
from fourcorners import specimens

TODAY = date(2026, 11, 1)
SEED = 10_001
PHOTO = (3000, 4000)
"""12 megapixels, upright, as a phone takes them: width, height."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=11, help="runs of each stage after one warm-up")
    parser.add_argument("--no-peer", action="store_true", help="leave out RapidOCR and dlib")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        document, selfie = draw(Path(folder))
        print(f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()},", end=" ")
        print(f"ONNX Runtime {onnxruntime.__version__}, OpenCV {cv2.__version__}")
        sizes = [f"{path.stat().st_size / 1e6:.1f} MB" for path in (document, selfie)]
        print(f"document {sizes[0]} and selfie {sizes[1]}, 12 megapixels each\n")
        print(f"{'warm, in one process':<44}{'median ms':>11}{'p95 ms':>9}")
        for times in stages(document, selfie, options.repeat):
            show(times)
        whole = timed(
            "whole case: files to verdict",
            lambda: fourcorners.check(document=[document], selfie=selfie, today=TODAY).to_json(),
            options.repeat,
        )
        show(whole)
        peers = None
        if not options.no_peer:
            run = peer.load()
            peers = timed(
                "RapidOCR full page + dlib, same files", lambda: run(document, selfie), max(3, options.repeat // 3)
            )
            show(peers)
            print(f"\nthe packages take {peers.median_ms / whole.median_ms:.1f} times as long, warm")
        print(f"\n{'cold, a process each':<44}{'median ms':>11}{'p95 ms':>9}{'peak MB':>9}")
        command = [str(Path(sys.executable).with_name("fourcorners")), "check", "--document", str(document)]
        show(*cold("fourcorners check", [*command, "--selfie", str(selfie), "--today", TODAY.isoformat(), "--json"]))
        if peers:
            show(
                *cold("RapidOCR full page + dlib", [sys.executable, "-m", "bench.peer", str(document), str(selfie)], 3)
            )


def draw(folder: Path) -> tuple[Path, Path]:
    """A genuine photo of a passport page and a selfie of its holder, 12 megapixels each."""
    passport = specimens.draw("passport", seed=SEED, dpi=600)
    photo = specimens.capture(passport, "genuine", 0.3, seed=SEED, size=PHOTO)
    selfie = specimens.selfie(0, seed=SEED, size=PHOTO)
    specimens.save(photo, folder / "document.jpg")
    specimens.save(selfie, folder / "selfie.jpg")
    return folder / "document.jpg", folder / "selfie.jpg"


def show(times: Times, peak: float | None = None) -> None:
    """One row."""
    print(f"{times.name:<44}{times.median_ms:>11.1f}{times.p95_ms:>9.1f}" + (f"{peak:>9.0f}" if peak else ""))


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        if info.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()

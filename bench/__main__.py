"""Print the times of a 12-megapixel case: a cold start, every stage, the whole, and the same from packages."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.timing import Times, cold, timed

TODAY = date(2026, 11, 1)
READ_COUNT = 10
"""Drawn zones a level of wear that the readers are compared on."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=11, help="runs of each stage after one warm-up")
    parser.add_argument("--no-peer", action="store_true", help="leave out RapidOCR, dlib and Tesseract")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "opencv-python-headless", "rapidocr"))
    print(f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}, {versions}")
    with tempfile.TemporaryDirectory() as folder:
        # Drawn in a process of its own, and the cold runs first: a process inherits its parent's peak memory.
        subprocess.run([sys.executable, "-m", "bench.draw", folder], check=True)
        document, selfie = Path(folder, "document.jpg"), Path(folder, "selfie.jpg")
        sizes = [f"{path.stat().st_size / 1e6:.1f} MB" for path in (document, selfie)]
        print(f"document {sizes[0]} and selfie {sizes[1]}, 12 megapixels each\n")
        cold_runs(document, selfie, peers=not options.no_peer)
        warm_runs(document, selfie, options.repeat, peers=not options.no_peer)
    if not options.no_peer:
        from bench.readers import compare

        compare(READ_COUNT)


def cold_runs(document: Path, selfie: Path, *, peers: bool) -> None:
    """A process each, from its start to its end."""
    print(f"{'cold, a process each':<44}{'median ms':>11}{'p95 ms':>9}{'peak MB':>9}")
    command = [str(Path(sys.executable).with_name("fourcorners")), "check", "--document", str(document)]
    show(*cold("fourcorners check", [*command, "--selfie", str(selfie), "--today", TODAY.isoformat(), "--json"]))
    alone = [sys.executable, "-m", "bench.alone", str(document)]
    show(*cold("picture checks alone, text not read", alone, 3))
    show(*cold("the same, ten photos one after the other", [*alone, "--times", "10"], 1))
    if peers:
        show(*cold("RapidOCR full page + dlib", [sys.executable, "-m", "bench.peer", str(document), str(selfie)], 3))


def warm_runs(document: Path, selfie: Path, repeat: int, *, peers: bool) -> None:
    """Everything loaded: the stages one after the other on one core, then the whole case as users run it."""
    import fourcorners
    from bench import peer
    from bench.papers import papers
    from bench.stages import dlib_stages, faces, stages

    print(f"\n{'warm, in one process':<44}{'median ms':>11}{'p95 ms':>9}")
    for times in stages(document, selfie, repeat):
        show(times)
    for times in faces(document, selfie, repeat):
        show(times)
    for times in dlib_stages(document, selfie, max(3, repeat // 3)) if peers else ():
        show(times)
    case = {"document": [document], "selfie": selfie, "today": TODAY}
    for times in papers(repeat):
        show(times)
    whole = timed("whole case: files to verdict", lambda: fourcorners.check(**case).to_json(), repeat)
    show(whole)
    if peers:
        run = peer.load()
        others = timed("RapidOCR full page + dlib, same files", lambda: run(document, selfie), max(3, repeat // 3))
        show(others)
        print(f"\nthe packages take {others.median_ms / whole.median_ms:.1f} times as long, warm")


def show(times: Times, peak: float | None = None) -> None:
    """One row."""
    print(
        f"{times.name:<44}{times.median_ms:>11.1f}{times.p95_ms:>9.1f}" + (f"{peak:>9.0f}" if peak else ""), flush=True
    )


def processor() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()

"""How often drawn clips pass the live check: heads that follow the challenge should, attacks should not.

    python -m bench.live --count 50 --keep FOLDER

Each run has its own seed, person, challenge and size of frame. Attacks that only put honest frames together anew are
made of the honest clip of the same seed: streams that stand still or repeat, other challenges, other paths of the
dot, the same session again, another clip from the middle on. With --keep, what was seen of each clip is kept there: a
run that was broken off goes on where it was, and new limits are tried in minutes. Empty the folder when anything in
`vision` changes.
"""

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import cv2
import numpy as np

from fourcorners.checks.live import Challenge, LiveResult, dot_path, judge_track, new_challenge
from fourcorners.cli.files import in_parallel
from fourcorners.kit.stats import wilson_interval
from fourcorners.specimens.effects.sensor import decode, jpeg
from fourcorners.specimens.heads3d import ClipKind, HeadClip, head_clip
from fourcorners.specimens.model import Pixels
from fourcorners.vision.clips import ClipFrame, FrameSeen, Track, Watcher

SIZES = ((360, 480), (480, 360), (480, 640))
PEOPLE = 60
RECOMBINED = 3
"""Recombinations of each kind of one honest clip."""

Seen = tuple[dict[str, Track], Challenge]
"""Tracks by kind, and the challenge that the drawn person followed."""


def run(job: tuple[str, int], keep: Path | None, *, files: bool = True) -> list[dict[str, object]]:
    """Judge one drawn clip; of an honest one its recombinations as well."""
    kind, seed = job
    tracks, challenge = seen(kind, seed, keep, files=files)
    results = [(name, judge_track(track, challenge)) for name, track in tracks.items()]
    if kind == ClipKind.SCREEN_REPLAY:  # an earlier session meets a new challenge; by luck, it could be the same one
        replayed = tracks[kind]
        results = [(f"{kind}_right_steps", results[0][1]), (kind, judge_track(replayed, _other(challenge, seed)[0]))]
    if kind == ClipKind.GENUINE:
        before = seen(kind, seed - 1, keep)[0][kind]
        results += _recombined(tracks[kind], before, challenge, results[0][1], seed)
    return [
        {"kind": name, "seed": seed, "passed": r.passed, "reasons": list(r.reasons), "steps": list(challenge.steps)}
        for name, r in results
    ]


def seen(kind: str, seed: int, keep: Path | None, *, files: bool = False) -> Seen:
    """What is seen of a drawn clip, and of what is made of an honest one's frames."""
    cv2.setNumThreads(1)
    kept = None if keep is None else keep / f"{kind}-{seed}.pickle"
    if kept is not None and kept.is_file():
        known: Seen = pickle.loads(kept.read_bytes())  # noqa: S301 - our own files
        if not files or kind != ClipKind.GENUINE or "looped_file" in known[0]:
            return known
    rng = np.random.default_rng((seed, 5))
    challenge = _challenge(seed)
    person, size = int(rng.integers(PEOPLE)), SIZES[int(rng.integers(len(SIZES)))]
    clip = head_clip(person, challenge.steps, kind, seed=seed, size=size, dot=dot_path(challenge.nonce).knots)
    saved = files and kind == ClipKind.GENUINE
    tracks = _honest(clip, rng) if saved else {kind: _seen_on(Watcher(), clip.frames)}
    if kept is not None:
        part = kept.with_suffix(".part")
        part.write_bytes(pickle.dumps((tracks, challenge)))
        part.rename(kept)
    return tracks, challenge


def _seen_on(watcher: Watcher, frames: Sequence[Pixels]) -> Track:
    """What is seen when these frames follow on those that the watcher saw already."""
    at = len(watcher.track().frames)
    for i, pixels in enumerate(frames, at):
        watcher.see(ClipFrame(i / 15, pixels))
    return watcher.track()


def _honest(clip: HeadClip, rng: np.random.Generator) -> dict[str, Track]:
    """The clip; and with a piece of it that comes again, saved anew: onwards, or to and fro, which no jump betrays.

    What was seen up to the piece is the same, and seen once.
    """
    plans = {name: (*_piece(clip, rng), int(rng.integers(50, 91))) for name in ("looped_file", "swung_file")}
    watcher, tracks = Watcher(), {}
    for end in sorted({end for _, end, _ in plans.values()}):
        _seen_on(watcher, clip.frames[len(watcher.track().frames) : end])
        for name in [n for n, plan in plans.items() if plan[1] == end]:
            start, _, quality = plans[name]
            piece = [decode(jpeg(f, quality)) for f in clip.frames[start:end]]
            again = piece if name == "looped_file" else [*piece[::-1], *piece]
            tracks[name] = _seen_on(deepcopy(watcher), [*again, *clip.frames[end:]])
    own = _seen_on(watcher, clip.frames[len(watcher.track().frames) :])
    return {ClipKind.GENUINE.value: own, **tracks}


def _piece(clip: HeadClip, rng: np.random.Generator) -> tuple[int, int]:
    _, start_s, end_s = clip.spans[int(rng.integers(len(clip.spans)))]
    return max(0, int((start_s - 0.2) * 15)), min(len(clip.frames), int((end_s + 0.2) * 15))


def _challenge(seed: int) -> Challenge:
    return new_challenge(Random(seed))  # noqa: S311 - the same run again, please


def _other(challenge: Challenge, seed: int) -> list[Challenge]:
    """Challenges that ask for something else."""
    others = (_challenge(seed + 10_000 * n) for n in range(1, 9))
    return [c for c in others if c.steps != challenge.steps]


def _recombined(
    track: Track, other_track: Track, challenge: Challenge, own: LiveResult, seed: int
) -> Iterator[tuple[str, LiveResult]]:
    rng = np.random.default_rng((seed, 9))
    frames = track.frames
    yield "same_session_again", judge_track(track, challenge, [own.signature])
    for other in _other(challenge, seed)[:RECOMBINED]:
        yield "other_challenge", judge_track(track, other)
    if "dot" in challenge.steps:
        for other in _other(challenge, seed)[:RECOMBINED]:
            yield "other_dot", judge_track(track, replace(challenge, nonce=other.nonce))
    for _ in range(RECOMBINED):
        at = int(rng.integers(5, len(frames) - 5))
        held = [replace(frames[at], change=0.0, grain=None)] * int(rng.integers(10, 30))
        yield "frozen_stream", judge_track(_joined(track, [*frames[:at], *held, *frames[at:]]), challenge)
    at_s = float(rng.uniform(0.3, 0.7)) * track.length_s
    second = [f for f in other_track.frames if f.at_s > at_s]
    spliced = _joined(track, [*(f for f in frames if f.at_s <= at_s), *second])
    portraits = (
        *(p for p in track.portraits if p.at_s <= at_s),
        *(p for p in other_track.portraits if p.at_s > at_s),
    )
    yield "another_goes_on", judge_track(replace(spliced, portraits=portraits), challenge)


def _joined(track: Track, frames: Sequence[FrameSeen]) -> Track:
    """The frames one after the other, at the same rate."""
    step = track.frames[1].at_s - track.frames[0].at_s
    return replace(track, frames=tuple(replace(f, at_s=i * step) for i, f in enumerate(frames)))


def main() -> None:
    """Print a line a kind; with --runs also a JSON line a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="runs of each kind")
    parser.add_argument(
        "--first", type=int, default=70_000, help="first seed; limits were chosen on seeds below 51,000"
    )
    parser.add_argument("--kind", action="append", choices=[k.value for k in ClipKind], help="only these kinds")
    parser.add_argument("--no-files", action="store_true", help="leave out pieces that are saved anew: half the time")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--keep", type=Path, help="a folder for what was seen of each clip")
    parser.add_argument("--runs", action="store_true", help="print every run as a JSON line")
    asked = parser.parse_args()
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
    kinds = asked.kind or [k.value for k in ClipKind]
    jobs = [(kind, seed) for seed in range(asked.first, asked.first + asked.count) for kind in kinds]
    passed: dict[str, list[bool]] = defaultdict(list)
    why: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in in_parallel(partial(run, keep=asked.keep, files=not asked.no_files), jobs, asked.workers):
        for row in rows:
            passed[str(row["kind"])].append(bool(row["passed"]))
            why[str(row["kind"])].update(row["reasons"])
            if asked.runs:
                print(json.dumps(row), flush=True)
    for kind, results in passed.items():
        low, high = wilson_interval(sum(results), len(results))
        told = ", ".join(f"{reason} {count}" for reason, count in why[kind].most_common(4))
        print(f"{kind:20} passed {sum(results)} of {len(results)} ({low:.1%} to {high:.1%})  {told}")


if __name__ == "__main__":
    main()

"""How often drawn clips pass the live check: heads that follow the challenge should, attacks should not.

    python -m bench.live --count 50

Each run has its own seed, person, challenge and size of frame. Attacks that only recombine honest frames are made of
the honest clip of the same seed, watched once: other challenges, the same session again, a stream that freezes or
repeats, another clip from the middle on.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

import cv2
import numpy as np

from fourcorners.checks.live import Challenge, LiveResult, judge_track, new_challenge
from fourcorners.cli.files import in_parallel
from fourcorners.kit.stats import wilson_interval
from fourcorners.specimens.heads3d import ClipKind, head_clip
from fourcorners.vision.clips import ClipFrame, FrameSeen, Track, watch

SIZES = ((360, 480), (480, 360), (480, 640))
PEOPLE = 60
RECOMBINED = 3
"""Recombinations of each kind of one honest clip."""


def run(job: tuple[str, int]) -> list[dict[str, object]]:
    """Draw, watch and judge one clip; of an honest one its recombinations as well."""
    cv2.setNumThreads(1)
    kind, seed = job
    track, challenge = _watched(kind, seed)
    results = [(kind, judge_track(track, challenge))]
    if kind == ClipKind.SCREEN_REPLAY:  # an earlier session meets a new challenge; by luck, it could be the same one
        results = [(f"{kind}_right_steps", results[0][1]), (kind, judge_track(track, _other(challenge, seed)[0]))]
    if kind == ClipKind.GENUINE:
        results += _recombined(track, challenge, results[0][1], seed)
    return [
        {"kind": name, "seed": seed, "passed": r.passed, "reasons": list(r.reasons), "steps": list(challenge.steps)}
        for name, r in results
    ]


@lru_cache(maxsize=2)
def _watched(kind: str, seed: int) -> tuple[Track, Challenge]:
    rng = np.random.default_rng((seed, 5))
    challenge = _challenge(seed)
    person, size = int(rng.integers(PEOPLE)), SIZES[int(rng.integers(len(SIZES)))]
    clip = head_clip(person, challenge.steps, kind, seed=seed, size=size)
    return watch(ClipFrame(t, p) for t, p in zip(clip.times, clip.frames, strict=True)), challenge


def _challenge(seed: int) -> Challenge:
    return new_challenge(Random(seed))  # noqa: S311 - the same run again, please


def _other(challenge: Challenge, seed: int) -> list[Challenge]:
    """Challenges that ask for something else."""
    others = (_challenge(seed + 10_000 * n) for n in range(1, 9))
    return [c for c in others if c.steps != challenge.steps]


def _recombined(track: Track, challenge: Challenge, own: LiveResult, seed: int) -> Iterator[tuple[str, LiveResult]]:
    rng = np.random.default_rng((seed, 9))
    frames = track.frames
    yield "same_session_again", judge_track(track, challenge, [own.signature])
    for other in _other(challenge, seed)[:RECOMBINED]:
        yield "other_challenge", judge_track(track, other)
    for _ in range(RECOMBINED):
        at = int(rng.integers(5, len(frames) - 5))
        held = [replace(frames[at], change=0.0)] * int(rng.integers(10, 30))
        yield "frozen_stream", judge_track(_joined(track, [*frames[:at], *held, *frames[at:]]), challenge)
    for step in own.steps[:RECOMBINED]:
        if step.name != "blink" and step.start_s is not None and step.end_s is not None:
            start, end = (int(np.searchsorted([f.at_s for f in frames], t)) for t in (step.start_s, step.end_s))
            again = [*frames[:end], *frames[start:end], *frames[end:]]
            yield "looped_stream", judge_track(_joined(track, again), challenge)
    other_track, _ = _watched(ClipKind.GENUINE, seed - 1)
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
        "--first", type=int, default=60_000, help="first seed; limits were chosen on seeds below 51,000"
    )
    parser.add_argument("--kind", action="append", choices=[k.value for k in ClipKind], help="only these kinds")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--runs", action="store_true", help="print every run as a JSON line")
    asked = parser.parse_args()
    kinds = asked.kind or [k.value for k in ClipKind]
    jobs = [(kind, seed) for seed in range(asked.first, asked.first + asked.count) for kind in kinds]
    passed: dict[str, list[bool]] = defaultdict(list)
    why: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in in_parallel(run, jobs, asked.workers):
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

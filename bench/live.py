"""How often drawn clips pass the live check: heads that follow the challenge should, attacks should not.

    python -m bench.live --count 50

Each run has its own seed, person, challenge and size of frame. An attack that only recombines honest frames (another
challenge, a replay of an earlier session that is known) is made of the honest clip of the same seed, watched once.
"""

import argparse
import json
from collections import Counter, defaultdict
from random import Random

import cv2
import numpy as np

from fourcorners.checks.live import Challenge, judge_track, new_challenge
from fourcorners.cli.files import in_parallel
from fourcorners.kit.stats import wilson_interval
from fourcorners.specimens.heads3d import ClipKind, head_clip
from fourcorners.vision.clips import ClipFrame, watch

SIZES = ((480, 640), (640, 480), (640, 360))
PEOPLE = 60


def run(job: tuple[str, int]) -> list[dict[str, object]]:
    """Draw, watch and judge one clip."""
    cv2.setNumThreads(1)
    kind, seed = job
    rng = np.random.default_rng((seed, 5))
    challenge = _challenge(seed)
    person, size = int(rng.integers(PEOPLE)), SIZES[int(rng.integers(len(SIZES)))]
    clip = head_clip(person, challenge.steps, kind, seed=seed, size=size)
    track = watch(ClipFrame(t, p) for t, p in zip(clip.times, clip.frames, strict=True))
    result = judge_track(track, challenge)
    rows = [{"kind": kind, "passed": result.passed, "reasons": list(result.reasons)}]
    if kind == ClipKind.GENUINE:
        others = (_challenge(seed + 10_000 * n) for n in range(1, 99))
        other = next(c for c in others if c.steps != challenge.steps)
        for name, judged in (
            ("other_challenge", judge_track(track, Challenge(other.steps))),
            ("same_session_again", judge_track(track, challenge, [result.signature])),
        ):
            rows.append({"kind": name, "passed": judged.passed, "reasons": list(judged.reasons)})
    return [{**row, "seed": seed, "steps": list(challenge.steps), "person": person} for row in rows]


def _challenge(seed: int) -> Challenge:
    return new_challenge(Random(seed))  # noqa: S311 - the same run again, please


def main() -> None:
    """Print a line a kind; with --runs also a JSON line a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="runs of each kind")
    parser.add_argument(
        "--first", type=int, default=50_000, help="the first seed; limits were chosen on seeds below 1000"
    )
    parser.add_argument("--kind", action="append", choices=[k.value for k in ClipKind], help="only these kinds")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--runs", action="store_true", help="print every run as a JSON line")
    asked = parser.parse_args()
    jobs = [
        (k, s) for s in range(asked.first, asked.first + asked.count) for k in asked.kind or list(map(str, ClipKind))
    ]
    seen: dict[str, list[bool]] = defaultdict(list)
    why: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in in_parallel(run, jobs, asked.workers):
        for row in rows:
            seen[str(row["kind"])].append(bool(row["passed"]))
            why[str(row["kind"])].update(row["reasons"])
            if asked.runs:
                print(json.dumps(row), flush=True)
    for kind, passed in seen.items():
        low, high = wilson_interval(sum(passed), len(passed))
        told = ", ".join(f"{reason} {count}" for reason, count in why[kind].most_common(4))
        print(f"{kind:20} passed {sum(passed)} of {len(passed)} ({low:.1%} to {high:.1%})  {told}")


if __name__ == "__main__":
    main()

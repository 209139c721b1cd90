"""Clips of heads that turn: how steadily a face is followed, what it is seen to do, and whether two faces are refused.

The labels say in words what happens, and no challenge: the figures say whether honest clips show signs of an attack.
"""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.live import Challenge, judge_track
from fourcorners.checks.live.movements import curves_of, movements_in
from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.vision.clips import open_clip, watch

NAME = "clips"
ABOUT = "short clips of heads; one with two people, who must be refused"
LABELS = ("head_clips.jsonl",)


def items(root: Path) -> list[Item]:
    """All clips; whether one shows two people stands in the words about it."""
    return [
        {"file": row["file"], "two": any("two faces" in e["what"] for e in row["events"])}
        for row in read_jsonl(root / "labels" / LABELS[0])
    ]


def measure(root: Path, item: Item) -> Row:
    """Movements seen, signs told, and in how many frames there was a face."""
    clip = open_clip(root / "images" / item["file"])
    track = watch(clip.frames(), clip.editors)
    curves = curves_of(track)
    movements = movements_in(curves) if curves else ()
    asked = tuple(m.name for m in movements if m.name in ("left", "right", "up", "down")) or ("left",)
    result = judge_track(track, Challenge(asked))
    return {
        "frames": len(track.frames),
        "followed": sum(frame.face is not None for frame in track.frames),
        "movements": [f"{m.name} {m.start_s:.1f}-{m.end_s:.1f} s" for m in movements],
        "signs": sorted({sign.reason for sign in result.signs}),
    }


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Frames with a face followed; two people refused; honest clips without a sign against them."""
    both = [(i, r) for i, r in zip(items, rows, strict=True) if "error" not in r]
    one, two = ([r for i, r in both if i["two"] is crowded] for crowded in (False, True))
    return [
        share("frames in which the face was followed", sum(r["followed"] for r in one), sum(r["frames"] for r in one)),
        share("clips of one person without a sign against them", sum(not r["signs"] for r in one), len(one)),
        share("clips of two people refused", sum("multiple_faces" in r["signs"] for r in two), len(two)),
    ], [
        f"{i['file']}: {', '.join(r['movements']) or 'no movement'}; {', '.join(r['signs']) or 'no sign'}"
        for i, r in both
    ]

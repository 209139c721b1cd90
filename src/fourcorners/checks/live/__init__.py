"""Proof of life from a clip: a random challenge, whether it was followed, and signs that it was not by a person.

clip = open_clip("me.mp4")
result = judge_track(watch(clip.frames(), clip.editors), Challenge(("right", "left", "nod")))
"""

from fourcorners.checks.live.challenge import STEPS, Challenge, ChallengeInvalid, new_challenge, steps_from
from fourcorners.checks.live.dot import DotPath, dot_path
from fourcorners.checks.live.judge import LiveResult, judge_track
from fourcorners.checks.live.results import HelpGroup, ResultCode, counts, group_of
from fourcorners.checks.live.steps import StepResult

__all__ = [
    "STEPS",
    "Challenge",
    "ChallengeInvalid",
    "DotPath",
    "HelpGroup",
    "LiveResult",
    "ResultCode",
    "StepResult",
    "counts",
    "dot_path",
    "group_of",
    "judge_track",
    "new_challenge",
    "steps_from",
]

"""The verdict on one clip: were the steps done, by a head, before a camera, now?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live.body import body_signs
from fourcorners.checks.live.challenge import Challenge
from fourcorners.checks.live.conditions import condition_signs
from fourcorners.checks.live.continuity import continuity_signs
from fourcorners.checks.live.earlier import difference, signature
from fourcorners.checks.live.movements import Curves, curves_of, movements_in
from fourcorners.checks.live.perspective import perspective_signs
from fourcorners.checks.live.results import HelpGroup, ResultCode, group_of, result_of
from fourcorners.checks.live.signs import Sign
from fourcorners.checks.live.steps import StepResult, follow
from fourcorners.checks.live.stream import stream_signs
from fourcorners.vision.clips import Track

__all__ = ["LiveResult", "judge_track"]


@dataclass(frozen=True, slots=True)
class LiveResult:
    """What came of a clip. `reasons` are all that hold, the most telling first; `signs` their evidence.

    `signature` is to be kept, and given as `earlier` when later clips are judged; empty where no face was followed.
    """

    code: ResultCode
    reasons: tuple[str, ...]
    steps: tuple[StepResult, ...]
    signs: tuple[Sign, ...]
    signature: str

    @property
    def passed(self) -> bool:
        """Were all steps done, and is there no sign against the clip?"""
        return self.code is ResultCode.PASSED

    @property
    def group(self) -> HelpGroup:
        """Where help is to be looked for."""
        return group_of(self.code)

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "passed": self.passed,
            "code": self.code.value,
            "group": self.group.value,
            "steps": [step.to_dict() for step in self.steps],
            "reasons": list(self.reasons),
            "evidence": [sign.to_dict() for sign in self.signs],
            "signature": self.signature,
        }


def judge_track(
    track: Track, challenge: Challenge, earlier: Sequence[str] = (), others: Sequence[Sign] = ()
) -> LiveResult:
    """Judge a clip as it was watched against the challenge; `earlier` are signatures of sessions that came before.

    `others` are signs that whoever took the frames has seen against them.

    Doubt fails the attempt: it passes only if every step is seen and no sign speaks against it.
    Raises SignatureInvalid.
    """
    signs = [*condition_signs(track), *stream_signs(track), *continuity_signs(track), *_recaptured(track), *others]
    curves = curves_of(track)
    steps = tuple(StepResult(name, passed=False) for name in challenge.steps)
    own = ""
    if curves is not None:
        signs += _flat(track, curves)
        steps = follow(challenge, movements_in(curves), track.frames[0].at_s, curves)
        own = signature(curves)
        signs += _seen_before(own, earlier)
    names = {sign.reason for sign in signs}
    if not all(step.passed for step in steps):
        names.add("action_not_followed")
    code, reasons = result_of(names)
    return LiveResult(code, reasons, steps, tuple(signs), own)


def _flat(track: Track, curves: Curves) -> list[Sign]:
    """The first sign of a picture in the place of a head."""
    return body_signs(track, curves) or perspective_signs(track, curves)


def _recaptured(track: Track) -> list[Sign]:
    """The picture has the marks of a screen or a print in most portraits, or a display's texture in all together.

    Weak signs: their limits are wide. What is faint in one portrait is clear over several.
    """
    if not track.portraits:
        return []
    limits, at_s = limits_for("live", "recapture"), track.portraits[0].at_s
    typical = float(np.median([portrait.recapture for portrait in track.portraits]))
    texture = float(np.mean([portrait.display for portrait in track.portraits]))
    measures = ((typical, limits["log_odds_max"]), (texture, limits["display_max"]))
    return next(([Sign("recaptured", at_s, value, most)] for value, most in measures if value > most), [])


def _seen_before(own: str, earlier: Sequence[str]) -> list[Sign]:
    most = limits_for("live", "earlier")["difference_deg_max"]
    apart = [value for value in (difference(own, other) for other in earlier) if value is not None]
    return [Sign("earlier_session", 0.0, min(apart), most)] if apart and min(apart) < most else []

"""A live check while it goes on: frames in, one at a time; what to tell the person out; the verdict at the end.

session = LiveSession(new_challenge(SystemRandom()))
prompt = session.see(jpeg, at_s)  # for each frame, until prompt.phase is Phase.OVER
result = session.judge()
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from fourcorners.checks.limits import limits_for
from fourcorners.checks.live import Challenge, LiveResult, dot_path, judge_track
from fourcorners.checks.live.conditions import condition_signs
from fourcorners.checks.live.movements import Curves, curves_of, movements_in
from fourcorners.checks.live.steps import StepResult, answer_s, follow
from fourcorners.checks.live.stream import late_signs
from fourcorners.guidance.face import look_at_face
from fourcorners.guidance.look import Look, rules_for
from fourcorners.guidance.prompt import Phase, Prompt
from fourcorners.kit.geometry import Points
from fourcorners.vision.clips import ClipFrame, FrameSeen, Track, Watcher, frame_of, shrunk
from fourcorners.vision.faces.mesh import OVAL
from fourcorners.vision.picture import Pixels

__all__ = ["LiveSession"]


class LiveSession:
    """One attempt at one challenge, for one thread at a time. `earlier` are signatures of sessions that came before.

    It keeps numbers and two frames: the last one, and `selfie`, in which the face looked ahead in good light just
    before the steps began (None until then). The verdict looks at every frame from that one on.
    """

    def __init__(self, challenge: Challenge, earlier: Sequence[str] = ()) -> None:
        self._asked = challenge
        self._earlier = tuple(earlier)
        self._rules = rules_for("live")
        self._watcher = Watcher()
        self._look: Look | None = None
        self._shown: list[float] = []
        self._first_s = self._last_s = self._held_s = self._evaluated_s = -np.inf
        self._ahead = np.zeros(2)
        self._wrong_s: float | None = None
        self._done_s: float | None = None
        self._arrivals: list[tuple[float, float]] = []
        self._prompt = Prompt(Phase.PLACE, None, 0, len(challenge.steps), hint="show_face")
        self.selfie: Pixels | None = None

    @property
    def challenge(self) -> Challenge:
        """The challenge with the times at which its steps were shown; infinity for those that were not."""
        unseen = [np.inf] * (len(self._asked.steps) - len(self._shown))
        return replace(self._asked, shown_s=(*self._shown, *unseen))

    @property
    def prompt(self) -> Prompt:
        """What was told last."""
        return self._prompt

    def see(self, frame: bytes | Pixels, at_s: float, received_s: float | None = None) -> Prompt:
        """Look at the next frame: a JPEG file, or RGB (h, w, 3), taken `at_s` seconds after any fixed moment.

        `received_s` is when it arrived, by the clock of whoever receives it: who falls behind that clock does not pass.
        Frames that follow on each other too closely are passed over. Raises ClipRefused for what is no frame.
        """
        taken = frame_of(frame, at_s) if isinstance(frame, bytes) else ClipFrame(at_s, shrunk(frame))
        if self._prompt.phase is Phase.OVER or 0 <= at_s - self._last_s < self._rules["frame_s_min"]:
            return self._prompt
        self._first_s = at_s if np.isinf(self._first_s) else self._first_s
        self._last_s = at_s
        if received_s is not None:
            self._arrivals.append((at_s, received_s))
        go_on = {Phase.PLACE: self._place, Phase.HOLD: self._hold, Phase.STEPS: self._follow}[self._prompt.phase]
        self._prompt = go_on(taken)
        if self._asked.valid_s and at_s - self._first_s > self._asked.valid_s:
            self._prompt = self._told(Phase.OVER)
        return self._prompt

    def judge(self) -> LiveResult:
        """The verdict on the frames since the steps began. Raises SignatureInvalid."""
        return judge_track(self._watcher.track(), self.challenge, self._earlier, late_signs(self._arrivals))

    def _place(self, frame: ClipFrame) -> Prompt:
        """Until the face is where a selfie's should be, in good light, and still."""
        self._look = look_at_face(frame.pixels, self._look, "live_face")
        shape = None if self._look.shape is None else _shares(self._look.shape, frame)
        if not self._look.ready:
            return self._told(Phase.PLACE, hint=self._look.hint, shape=shape)
        self.selfie, self._held_s, self._watcher = frame.pixels, frame.at_s, Watcher()
        self._watcher.see(frame)
        return self._told(Phase.HOLD, hint="hold_still", shape=shape)

    def _hold(self, frame: ClipFrame) -> Prompt:
        """Until the neutral pose is known; whoever moves in that time begins again."""
        seen = self._watcher.see(frame)
        if frame.at_s - self._held_s < self._rules["hold_s"]:
            return self._told(Phase.HOLD, hint=self._hint() or "hold_still", shape=_contour(seen, frame))
        curves = curves_of(self._watcher.track())
        if self._hint() or curves is None or not self._rests(curves):
            self._look = None
            return self._told(Phase.PLACE, hint=self._hint() or "hold_still", shape=_contour(seen, frame))
        self._shown.append(frame.at_s)
        self._ahead = np.median(
            [[f.face.pose.yaw, f.face.pose.pitch] for f in self._watcher.track().frames if f.face is not None], axis=0
        )
        return self._told(Phase.STEPS, shape=_contour(seen, frame))

    def _rests(self, curves: Curves) -> bool:
        apart = np.hypot(np.ptp(curves.yaw), np.ptp(curves.pitch))
        return bool(apart <= self._rules["hold_deg_max"] and np.ptp(curves.near) <= self._rules["hold_growth_max"])

    def _follow(self, frame: ClipFrame) -> Prompt:
        """A step after the other; over when the last was done, or one was not."""
        seen = self._watcher.see(frame)
        shape = _contour(seen, frame)
        if self._done_s is not None:
            over = frame.at_s - self._done_s >= self._rules["after_s"]
            return self._told(Phase.OVER if over else Phase.STEPS, shape=shape)
        if 0 <= frame.at_s - self._evaluated_s < self._rules["evaluate_s"]:
            return replace(self._prompt, shape=shape, faced=self._faced() if self._prompt.step == "dot" else None)
        self._evaluated_s = frame.at_s
        curves = curves_of(self._watcher.track())
        if curves is None:
            return self._told(Phase.STEPS, hint=self._hint(), shape=shape)
        shown = len(self._shown)
        asked = replace(self._asked, steps=self._asked.steps[:shown], shown_s=tuple(self._shown))
        now = follow(asked, movements_in(curves), float(curves.times[0]), curves)
        if self._is_lost(now, frame.at_s):
            return self._told(Phase.OVER, shape=shape)
        if now[-1].passed and frame.at_s - (now[-1].end_s or 0.0) >= self._rules["settle_s"]:
            if shown == len(self._asked.steps):
                self._done_s = frame.at_s
            else:
                self._shown.append(frame.at_s)
            return self._told(Phase.STEPS, shape=shape)
        step, near = self._asked.steps[shown - 1], now[-1].passed
        hint = self._hint() or ("move_back" if step == "closer" and near else None)
        progress = self._dot_gone(frame.at_s) if step == "dot" else _reach(step, curves)
        return self._told(Phase.STEPS, progress=progress, hint=hint, shape=shape)

    def _dot_gone(self, at_s: float) -> float:
        """How much of its path the dot has behind it, 0 to 1."""
        return float(np.clip((at_s - self._shown[-1]) / dot_path(self._asked.nonce).length_s, 0, 1))

    def _faced(self) -> tuple[float, float] | None:
        """Where the head turns to, on the field of the dot, by the last frame with a face."""
        face = self._watcher.track().frames[-1].face
        if face is None:
            return None
        turn = np.array([face.pose.yaw, face.pose.pitch]) - self._ahead
        x, y = np.clip(turn / rules_for("live")["dot_turn_deg"], -1.5, 1.5)
        return float(x), float(y)

    def _is_lost(self, steps: Sequence[StepResult], at_s: float) -> bool:
        """Can it no longer pass: another movement came, for good, or the time for this step is over?"""
        wrong = any(not step.passed and (step.instead is not None or step.start_s is not None) for step in steps)
        self._wrong_s = (at_s if self._wrong_s is None else self._wrong_s) if wrong else None
        for_good = self._wrong_s is not None and at_s - self._wrong_s >= self._rules["wrong_s"]
        late = not steps[-1].passed and at_s - self._shown[-1] > answer_s(self._asked, steps[-1].name)
        return for_good or late

    def _hint(self) -> str | None:
        """What is amiss with place and light in the last second."""
        track = self._watcher.track()
        since = self._last_s - self._rules["hint_s"]
        lately = tuple(f for f in track.frames if f.at_s >= since)
        hints = self._rules["hints"]
        names = [sign.reason for sign in condition_signs(Track(lately, (), track.size)) if sign.reason in hints]
        return str(hints[names[0]]) if names else None

    def _told(
        self, phase: Phase, *, progress: float = 0.0, hint: str | None = None, shape: Points | None = None
    ) -> Prompt:
        shown, total = len(self._shown), len(self._asked.steps)
        done = total if self._done_s is not None else max(shown - 1, 0)
        step = self._asked.steps[shown - 1] if phase is Phase.STEPS and self._done_s is None else None
        dot = dot_path(self._asked.nonce).knots if step == "dot" else ()
        told = Prompt(phase, step, done, total, progress, hint, shape, dot)
        return told if step != "dot" else replace(told, faced=self._faced())


def _reach(step: str, curves: Curves) -> float:
    """How far the head is, 0 to 1, on the way to where the step has it go; 0 for a blink."""
    limits = limits_for("live", "movement")
    yaw, pitch, near = (float(curve[-1]) for curve in (curves.yaw, curves.pitch, curves.near))
    share: float = {
        "left": yaw / limits["yaw_deg"],
        "right": -yaw / limits["yaw_deg"],
        "down": pitch / limits["pitch_deg"],
        "up": -pitch / limits["pitch_deg"],
        "nod": abs(pitch) / limits["nod_deg"],
        "closer": (near - 1) / (limits["near"] - 1),
    }.get(step, 0.0)
    return min(max(share, 0.0), 1.0)


def _contour(seen: FrameSeen, frame: ClipFrame) -> Points | None:
    return None if seen.face is None else _shares(seen.face.points[list(OVAL), :2], frame)


def _shares(points: Points, frame: ClipFrame) -> Points:
    height, width = frame.pixels.shape[:2]
    return np.asarray(points, dtype=np.float64) / (width, height)

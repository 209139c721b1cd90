"""What is done to a case: the machine settles it, people take it, decide, overrule, ask and write notes."""

from fourcorners.clearance.actions.challenging import apply_challenge
from fourcorners.clearance.actions.deciding import decide, overrule
from fourcorners.clearance.actions.exempting import exempt
from fourcorners.clearance.actions.hits import can_decide_hit, decide_hit
from fourcorners.clearance.actions.holding import lift_hold
from fourcorners.clearance.actions.listed import follow_hits, hits_found, tell_hit
from fourcorners.clearance.actions.settling import SETTLED, leave_to_person, settle
from fourcorners.clearance.actions.taking import assign, claim, claim_next, release
from fourcorners.clearance.actions.thread import add_note, answer, ask, look_at

__all__ = [
    "SETTLED",
    "add_note",
    "answer",
    "apply_challenge",
    "ask",
    "assign",
    "can_decide_hit",
    "claim",
    "claim_next",
    "decide",
    "decide_hit",
    "exempt",
    "follow_hits",
    "hits_found",
    "leave_to_person",
    "lift_hold",
    "look_at",
    "overrule",
    "release",
    "settle",
    "tell_hit",
]

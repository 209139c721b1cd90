"""Institutions before people: their place in the queue, a ruling on each item, a question, the decision."""

from fourcorners.clearance.institutions.asking import ask_institution
from fourcorners.clearance.institutions.deciding import decide_institution
from fourcorners.clearance.institutions.opening import close_review, open_change_review, open_review
from fourcorners.clearance.institutions.returning import call_for_review, reopen_institution
from fourcorners.clearance.institutions.ruling import Standing, rule_item, standings

__all__ = [
    "Standing",
    "ask_institution",
    "call_for_review",
    "close_review",
    "decide_institution",
    "open_change_review",
    "open_review",
    "reopen_institution",
    "rule_item",
    "standings",
]

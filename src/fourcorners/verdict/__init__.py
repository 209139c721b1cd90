"""From findings to an explained decision: reasons, policy, report."""

from fourcorners.verdict.basis import Basis, basis_of, decide_again
from fourcorners.verdict.catalogue import Effect, Reason, Words, catalogue, reason, words
from fourcorners.verdict.decide import Because, Decision, Policy, decide, default_policy
from fourcorners.verdict.telling import tell
from fourcorners.verdict.verdict import Verdict, judge_case

__all__ = [
    "Basis",
    "Because",
    "Decision",
    "Effect",
    "Policy",
    "Reason",
    "Verdict",
    "Words",
    "basis_of",
    "catalogue",
    "decide",
    "decide_again",
    "default_policy",
    "judge_case",
    "reason",
    "tell",
    "words",
]

"""How risky an institution is: a scorecard as data, explained line by line, and what follows from it."""

from .answering import answers_for, assess_risk
from .scorecard import Line, Risk, answers_of, factors, score

__all__ = ["Line", "Risk", "answers_for", "answers_of", "assess_risk", "factors", "score"]

"""Measure accuracy on public, labelled pictures and on drawn ones, and say how sure the figures are."""

from fourcorners.evaluation.drawn import held_out
from fourcorners.evaluation.report import as_json, as_text
from fourcorners.evaluation.run import DRAWN_COUNT, TOPICS, EvaluationRefused, evaluate, evaluate_drawn

__all__ = [
    "DRAWN_COUNT",
    "TOPICS",
    "EvaluationRefused",
    "as_json",
    "as_text",
    "evaluate",
    "evaluate_drawn",
    "held_out",
]

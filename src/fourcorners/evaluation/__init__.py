"""Measure accuracy on public, labelled pictures, and say how sure the figures are."""

from fourcorners.evaluation.report import as_json, as_text
from fourcorners.evaluation.run import TOPICS, EvaluationRefused, evaluate

__all__ = ["TOPICS", "EvaluationRefused", "as_json", "as_text", "evaluate"]

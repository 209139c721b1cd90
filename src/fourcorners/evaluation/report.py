"""The evaluation as a table for people and as JSON for machines."""

import json
from collections.abc import Sequence

from fourcorners.evaluation.topic import Measure, TopicResult

__all__ = ["as_json", "as_text"]


def as_text(results: Sequence[TopicResult], wrong: bool = False) -> str:
    """One block a topic; `wrong` adds the sentence of every example that went wrong."""
    blocks = []
    for result in results:
        lines = [f"{result.topic}: {result.about} (n = {result.size})"]
        lines += [f"  {measure.name:<52} {_figure(measure)}" for measure in result.measures]
        if wrong:
            lines += [f"    - {sentence}" for sentence in result.wrong]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def as_json(results: Sequence[TopicResult]) -> str:
    """All results as one JSON document."""
    return json.dumps([r.to_dict() for r in results], indent=2, ensure_ascii=False)


def _figure(measure: Measure) -> str:
    if measure.interval is None:
        return f"{measure.value:8.4g} {measure.unit}"
    low, high = measure.interval
    return f"{measure.value:8.1%}  {measure.successes}/{measure.trials}  [{low:.1%}, {high:.1%}]"

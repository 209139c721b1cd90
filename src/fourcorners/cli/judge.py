"""`fourcorners judge` and `fourcorners selfie`: the checks of one picture."""

from typing import Any

from rich.console import Console
from rich.table import Table

from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, Files, FilesFrom, Workers

__all__ = ["judge", "selfie"]

STYLES = {"pass": "green", "fail": "red", "unsure": "yellow", "not_assessed": "dim"}


def judge(files: Files = None, files_from: FilesFrom = None, as_json: AsJson = False, workers: Workers = None) -> None:
    """Judge pictures of documents: corners, originality, legibility."""
    names = listed(files, files_from)
    print_answers(answer_each(_judge, names, workers), len(names), as_json=as_json, show=_show)


def selfie(files: Files = None, files_from: FilesFrom = None, as_json: AsJson = False, workers: Workers = None) -> None:
    """Judge selfies: one whole face in the oval, nothing covering it, well lit."""
    names = listed(files, files_from)
    print_answers(answer_each(_selfie, names, workers), len(names), as_json=as_json, show=_show)


def _judge(name: str) -> Answer:
    from fourcorners.checks.registry import checks_for
    from fourcorners.checks.run import run_group
    from fourcorners.vision.decode import decode
    from fourcorners.vision.document import DocumentFrame

    frame = DocumentFrame(decode(name))
    findings = run_group("document", checks_for("front"), frame, frame.reading.kind, "front")
    outline = None if frame.quad is None else [[round(float(x), 1), round(float(y), 1)] for x, y in frame.quad]
    return {"outline": outline, "findings": [f.to_dict() for f in findings]}


def _selfie(name: str) -> Answer:
    from fourcorners.checks.registry import checks_for
    from fourcorners.checks.run import run_group
    from fourcorners.checks.selfie.quality import measured
    from fourcorners.vision.decode import decode
    from fourcorners.vision.selfie import SelfieFrame

    frame = SelfieFrame(decode(name))
    findings = run_group("selfie", checks_for("selfie"), frame, None, "selfie")
    return {
        "faces": len(frame.faces),
        "findings": [f.to_dict() for f in findings],
        "measures": [m.to_dict() for m in measured(frame)],
    }


def _show(console: Console, answer: Answer) -> None:
    console.print(answer["file"], markup=False, highlight=False, soft_wrap=True)
    table = Table()
    for heading in ("check", "outcome", "reason", "value", "threshold", "score"):
        table.add_column(heading, justify="right" if heading in ("value", "threshold", "score") else "left")
    for finding in answer["findings"]:
        table.add_row(
            finding["check"],
            f"[{STYLES[finding['outcome']]}]{finding['outcome']}[/]",
            finding["reason"] or "",
            _number(finding["raw"], finding["unit"]),
            _number(finding["threshold"], finding["unit"]),
            "" if finding["score"] is None else f"{finding['score']:.0f}",
        )
    console.print(table)


def _number(value: Any, unit: str | None) -> str:  # noqa: ANN401 - a JSON number or null
    return "" if value is None else f"{value:.3g} {unit or ''}".strip()

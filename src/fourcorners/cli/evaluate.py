"""`fourcorners evaluate`: accuracy on labelled public pictures."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.options import AsJson, Workers

__all__ = ["evaluate"]


def evaluate(
    root: Annotated[Path, typer.Argument(help="Folder with `images/` and `labels/`.")],
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be given several times.")] = None,
    wrong: Annotated[bool, typer.Option(help="Name every example that went wrong.")] = False,
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Measure accuracy on public pictures, with sizes and 95 % intervals."""
    from fourcorners import evaluation

    screen = Console(stderr=True)
    with screen.status("measuring") as status:

        def tell(name: str, done: int, of: int) -> None:
            if sys.stderr.isatty():
                status.update(f"{name}: {done} of {of}")

        results = evaluation.evaluate(root, topic or evaluation.TOPICS, workers, tell)
    typer.echo(evaluation.as_json(results) if as_json else evaluation.as_text(results, wrong))

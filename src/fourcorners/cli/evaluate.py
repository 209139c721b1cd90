"""`fourcorners evaluate`: accuracy on labelled public pictures, or on drawn ones."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.options import AsJson, Workers

__all__ = ["evaluate"]


def evaluate(
    root: Annotated[
        Path | None, typer.Argument(help="Folder with `images/` and `labels/`; none with --iso.", show_default=False)
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only this topic; may be given several times.")] = None,
    iso: Annotated[bool, typer.Option("--iso", help="Draw held-out pictures; report as ISO/IEC 30107-3 asks.")] = False,
    count: Annotated[int | None, typer.Option(min=1, max=10_000, help="With --iso: pictures of each kind.")] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="With --iso: only this kind; may be given several times.")
    ] = None,
    megapixels: Annotated[
        float | None, typer.Option(min=0.5, max=24, help="With --iso: the size of the photos; 2 to 3 if left out.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="With --iso: a file of what was measured; a stopped run goes on from it.")
    ] = None,
    wrong: Annotated[bool, typer.Option(help="Name every example that went wrong.")] = False,
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Measure accuracy, with sizes and 95 % intervals, on a folder of labelled pictures or (--iso) on drawn ones."""
    if iso and (root is not None or topic):
        raise typer.BadParameter("--iso draws its own pictures and has its own topics: name no folder and no --topic.")
    if not iso and (count is not None or kind or keep or megapixels is not None):
        raise typer.BadParameter("--count, --kind, --megapixels and --keep go with --iso.")
    if not iso and root is None and not topic:
        raise typer.BadParameter("Name a folder of labelled pictures, or a --topic that draws its own, or give --iso.")
    from fourcorners import evaluation

    screen = Console(stderr=True)
    with screen.status("measuring") as status:

        def tell(name: str, done: int, of: int) -> None:
            if sys.stderr.isatty():
                status.update(f"{name}: {done} of {of}")

        if iso:
            number = count or evaluation.DRAWN_COUNT
            results = evaluation.evaluate_drawn(number, workers, tell, kind or (), megapixels, keep)
        else:
            results = evaluation.evaluate(root, topic, workers, tell)
    if iso and not as_json:
        typer.echo(f"{evaluation.held_out()}\n")
    typer.echo(evaluation.as_json(results) if as_json else evaluation.as_text(results, wrong))

"""`fourcorners backup`, `restore`, `doctor`: for whoever runs the service."""

from pathlib import Path
from typing import Annotated

import typer

from fourcorners.cli.exits import Exit
from fourcorners.cli.serving import ready_floor

__all__ = ["backup", "doctor", "restore"]

MARKS = {"well": "ok  ", "note": "note", "ill": "ILL "}


def backup(out: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write all rows and sealed files to one TAR while the service runs. The master key is not in it: keep it too."""
    from fourcorners.operations.backup import backup as write

    with ready_floor() as floor:
        counts = write(floor.database, floor.blobs, out)
    typer.echo(f"{counts['rows']} rows and {counts['files']} files are in {out}. Without the master key nothing opens.")


def restore(source: Annotated[Path, typer.Argument(help="A file that `fourcorners backup` wrote.")]) -> None:
    """Fill an empty database and file store from a back-up, of the same engine or the other."""
    from fourcorners.operations.backup import restore as read

    with ready_floor() as floor:
        counts = read(floor.database, floor.blobs, source)
    typer.echo(f"{counts['rows']} rows and {counts['files']} files are back. `fourcorners audit verify` proves it.")


def doctor() -> None:
    """Ask whether database, keys, files, networks, mail, workers and audit chain are in order. Exit status 3 if not."""
    from fourcorners.infra import Settings, open_floor
    from fourcorners.operations.doctor import examine

    floor = open_floor(Settings())
    try:
        answers = list(examine(floor))
    finally:
        floor.close()
    for answer in answers:
        typer.echo(f"{MARKS[answer.state]}  {answer.question}: {answer.words}")
    if any(answer.state == "ill" for answer in answers):
        raise typer.Exit(Exit.REFUSED)

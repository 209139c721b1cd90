"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["AsJson", "Files", "FilesFrom", "Workers"]

Files = Annotated[list[str] | None, typer.Argument(help="Picture files.", show_default=False)]
FilesFrom = Annotated[Path | None, typer.Option(help="A text file that lists more files, one path a line.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a file, one a line, in the order given.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes that work at a time; one a core if left out.")]

"""`fourcorners help-import`: put articles into the help centre of the service."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["help_import"]

ACTOR = "system"


def help_import(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder of `<language>/<name>[.<REGION>].md`; left out: the articles of this package."),
    ] = None,
    overwrite: Annotated[bool, typer.Option(help="Replace what staff have edited too.")] = False,
) -> None:
    """Import articles. What has not changed is left alone; what staff edited is kept, unless --overwrite."""
    from fourcorners.help.actions import import_articles
    from fourcorners.help.article import read_folder, shipped
    from fourcorners.infra import Settings, open_floor

    articles = shipped() if folder is None else tuple(read_folder(folder))
    floor = open_floor(Settings())
    try:
        with floor.database.write() as db:
            done = import_articles(db, articles, actor=ACTOR, overwrite=overwrite)
    finally:
        floor.close()
    typer.echo(f"{len(done.saved)} saved, {done.unchanged} unchanged, {len(done.kept)} kept as staff edited them")
    for key in done.kept:
        typer.echo(f"kept: {key}")

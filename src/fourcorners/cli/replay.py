"""`fourcorners replay`: does a past case come out the same?"""

import json
from typing import Annotated

import typer

from fourcorners.cli.exits import Exit
from fourcorners.cli.serving import ready_floor

__all__ = ["replay"]


def replay(
    run: Annotated[str, typer.Argument(help="The id of a run, such as run_01jd...")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the evidence of a past run again and decide again. Exit status 3 if anything comes out otherwise."""
    from fourcorners.workflows.replay import replay as again

    with ready_floor() as floor:
        found = again(floor, run)
    if as_json:
        typer.echo(json.dumps(found.to_dict()))
    elif found.same:
        typer.echo(f"The same bytes ({found.now_sha256[:12]}) and the same decision: {found.now_decision}.")
    else:
        typer.echo(
            f"Then {found.then_sha256[:12]} {found.then_decision}, now {found.now_sha256[:12]} {found.now_decision}."
        )
        typer.echo(f"Versions that differ: {', '.join(found.versions) or 'none: this is a bug'}.")
    if not found.same:
        raise typer.Exit(Exit.REFUSED)

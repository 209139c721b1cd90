"""Commands. Each is a thin edge: it reads what was asked, calls the library, prints what came of it.

Whatever is slow to load is imported inside the commands, so that `fourcorners --help` answers at once.
"""

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from fourcorners.cli.aamva import aamva
from fourcorners.cli.audit import audit
from fourcorners.cli.check import check
from fourcorners.cli.check_address import check_address
from fourcorners.cli.check_many import check_many
from fourcorners.cli.check_paper import check_paper
from fourcorners.cli.demo import demo
from fourcorners.cli.evaluate import evaluate
from fourcorners.cli.exits import Exit
from fourcorners.cli.help import help_centre
from fourcorners.cli.help_import import help_import
from fourcorners.cli.judge import judge, selfie
from fourcorners.cli.live import live
from fourcorners.cli.match import match
from fourcorners.cli.operating import backup, doctor, restore
from fourcorners.cli.ownership import ownership
from fourcorners.cli.policy import policy
from fourcorners.cli.read import read
from fourcorners.cli.reference import docs
from fourcorners.cli.replay import replay
from fourcorners.cli.screening import screening
from fourcorners.cli.serving import migrate, serve, worker
from fourcorners.cli.specimen import specimen
from fourcorners.cli.specimen_clip import specimen_clip
from fourcorners.cli.staff import staff
from fourcorners.kit.errors import Refusal

__all__ = ["app", "main"]

app = typer.Typer(
    help="Check identity documents and selfies on your own machine, offline, and explain every verdict.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    check,
    check_many,
    check_address,
    check_paper,
    read,
    judge,
    selfie,
    match,
    live,
    aamva,
    ownership,
    specimen,
    specimen_clip,
    demo,
    evaluate,
    docs,
    serve,
    worker,
    migrate,
    replay,
    backup,
    restore,
    doctor,
):
    app.command(command.__name__.replace("_", "-"))(command)
app.add_typer(audit, name="audit")
app.add_typer(staff, name="staff")
app.command("help")(help_centre)
app.command("help-import")(help_import)
app.add_typer(policy, name="policy")
app.add_typer(screening, name="screening")


@app.callback(invoke_without_command=True)
def _options(
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.")] = False,
) -> None:
    if show_version:
        typer.echo(version("fourcorners"))
        raise typer.Exit


def main() -> None:
    """Run the command line: a refusal is a sentence with its code, a bug asks to be reported."""
    try:
        app()
    except Refusal as refusal:
        typer.echo(f"{refusal.message} ({refusal.code})", err=True)
        sys.exit(Exit.REFUSED)
    except BrokenPipeError:  # whoever read our output has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.OK)
    except Exception as bug:
        if "--debug" in sys.argv:
            raise
        typer.echo(f"This is a bug: {type(bug).__name__}: {bug}", err=True)
        typer.echo("Please report it with what `fourcorners --debug ...` prints; pictures are not needed.", err=True)
        sys.exit(Exit.INTERNAL)

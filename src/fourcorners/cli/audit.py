"""`fourcorners audit verify`: is the audit chain whole?"""

from typing import Annotated

import typer

from fourcorners.cli.exits import Exit

__all__ = ["audit"]

audit = typer.Typer(help="The audit chain.", no_args_is_help=True)


@audit.callback()
def _audit() -> None:
    """The audit chain."""


@audit.command()
def verify(
    anchor: Annotated[
        str, typer.Option(help="NUMBER:HASH that an earlier run printed: shows whether events after it are whole.")
    ] = "",
) -> None:
    """Walk the whole chain. Needs the database only: no key, no network. Exit status 3 if it is broken.

    Print the last line somewhere else from time to time: with it as `--anchor` nobody can cut the end off unseen.
    """
    from fourcorners.infra import Settings, open_floor, verify_chain

    number, _, digest = anchor.partition(":")
    if anchor and not (number.isdecimal() and digest):
        raise typer.BadParameter("An anchor is a number and a hash with a colon between them.")
    floor = open_floor(Settings())
    try:
        with floor.database.read() as db:
            found = verify_chain(db, (int(number), digest) if anchor else None)
    finally:
        floor.close()
    if found.broken_at is not None:
        typer.echo(f"Broken at event {found.broken_at}: {found.why}. The {found.events} events before it are whole.")
        raise typer.Exit(Exit.REFUSED)
    typer.echo(f"Whole: {found.events} events.")
    typer.echo(f"{found.events}:{found.head}")

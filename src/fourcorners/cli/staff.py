"""`fourcorners staff add`: the first administrator, from the operator's own machine."""

from typing import Annotated

import typer

from fourcorners.cli.serving import ready_floor

__all__ = ["staff"]

staff = typer.Typer(help="Members of staff.", no_args_is_help=True)


@staff.callback()
def _staff() -> None:
    """Members of staff."""


@staff.command()
def add(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    role: Annotated[str, typer.Option(help="What they are for, such as administrator or reviewer.")],
    name: Annotated[str, typer.Option(help="Their name, as others see it.")] = "",
) -> None:
    """Add a member of staff and print the link, good once, by which they choose a password."""
    from fourcorners.accounts import SYSTEM, Role
    from fourcorners.accounts.actions import add_staff

    if role not in set(Role):
        raise typer.BadParameter(f"choose one of {', '.join(Role)}", param_hint="--role")
    with ready_floor() as floor:
        with floor.database.write() as db:
            _, token = add_staff(db, email, name or email, Role(role), actor=SYSTEM.id, wording=None)
        typer.echo(f"{floor.settings.public_url.rstrip('/')}/link/{token}")

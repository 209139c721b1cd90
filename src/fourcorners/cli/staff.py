"""`fourcorners staff add`: the first administrator, from the operator's own machine."""

from typing import Annotated

import typer

from fourcorners.kit.errors import Refusal

__all__ = ["staff"]

staff = typer.Typer(help="Members of staff, from the operator's own machine.", no_args_is_help=True)


class NotMigrated(Refusal):
    """The database has no tables yet, or those of an earlier version."""

    code = "not_migrated"


@staff.command()
def add(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    role: Annotated[str, typer.Option(help="What they are for, such as administrator or reviewer.")],
    name: Annotated[str, typer.Option(help="Their name, as others see it.")] = "",
) -> None:
    """Add a member of staff and print the link, good once, by which they choose a password."""
    from fourcorners.accounts import SYSTEM
    from fourcorners.accounts.actions import add_staff
    from fourcorners.accounts.rules import Role
    from fourcorners.infra import Settings, open_floor
    from fourcorners.migrations import is_current

    if role not in set(Role):
        raise typer.BadParameter(f"choose one of {', '.join(Role)}", param_hint="--role")
    settings = Settings()
    floor = open_floor(settings)
    try:
        if not is_current(floor.database):
            raise NotMigrated("The database is not ready: run `fourcorners migrate` first.")
        with floor.database.write() as db:
            _, token = add_staff(db, email, name or email, Role(role), actor=SYSTEM.id, wording=None)
    finally:
        floor.close()
    typer.echo(f"{settings.public_url.rstrip('/')}/link/{token}")

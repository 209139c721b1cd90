"""`fourcorners policy`: show, check, draft and activate the policy, and try a draft on the archive."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourcorners.cli.serving import ready_floor

if TYPE_CHECKING:
    from fourcorners.clearance.policy.what_if import WhatIf

__all__ = ["policy"]

policy = typer.Typer(help="The policy: what findings do to a case, as versioned data.", no_args_is_help=True)

SHOWN_MAX = 20
Draft = Annotated[Path, typer.Argument(help="The policy, a TOML file.", exists=True, dir_okay=False)]


@policy.command()
def show(
    number: Annotated[int | None, typer.Argument(help="Which version; left out: the one in force.")] = None,
) -> None:
    """Print a version of the policy."""
    from fourcorners.clearance.policy.versions import get_version, version_at

    with ready_floor() as floor, floor.database.read() as db:
        found = version_at(db, db.now) if number is None else get_version(db, number)
        typer.echo(f"# Version {found.number}, SHA-256 {found.sha256}\n{found.text}", nl=False)


@policy.command()
def history() -> None:
    """List all versions, the newest first."""
    from fourcorners.clearance.policy.versions import list_versions, version_at

    with ready_floor() as floor, floor.database.read() as db:
        now = version_at(db, db.now)
        for version in list_versions(db):
            since = "draft" if version.active_from is None else f"from {version.active_from:%Y-%m-%d %H:%M} UTC"
            state = "in force" if version.number == now.number else since
            typer.echo(f"{version.number:>4}  {state:<26}  {version.sha256[:12]}  {version.created_by}")


@policy.command()
def draft(file: Draft) -> None:
    """Keep a policy as a draft, if it is in order. Mistakes are said with their lines."""
    from fourcorners.clearance.policy.versions import draft as keep

    with ready_floor() as floor, floor.database.write() as db:
        made = keep(db, actor="system", text=_text(file))
        typer.echo(f"Draft {made.number}, SHA-256 {made.sha256}")


@policy.command()
def activate(
    number: Annotated[int, typer.Argument(help="The number of a draft.")],
    at: Annotated[datetime | None, typer.Option(help="When it comes into force (UTC); left out: now.")] = None,
) -> None:
    """Put a draft into force. What was submitted before stays under the policy of its time."""
    from fourcorners.clearance.policy.versions import activate as put_in_force
    from fourcorners.clearance.policy.versions import get_version

    moment = None if at is None else at.replace(tzinfo=UTC)
    with ready_floor() as floor, floor.database.write() as db:
        seen = get_version(db, number).sha256
        made = put_in_force(db, number, actor="system", seen=seen, active_from=moment)
        typer.echo(f"Version {made.number} is in force from {made.active_from:%Y-%m-%d %H:%M} UTC.")


@policy.command(name="what-if")
def what_if(
    file: Draft,
    days: Annotated[int, typer.Option(help="How many days back to look.", min=1, max=3650)] = 90,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Decide every run of the last days again under a draft: who would flip? Nothing is written."""
    from fourcorners.clearance.policy import read_policy
    from fourcorners.clearance.policy.what_if import what_if as try_policy

    tried = read_policy(_text(file))
    with ready_floor() as floor, floor.database.read() as db:
        found = try_policy(db, tried, db.now - timedelta(days=days), db.now + timedelta(seconds=1))
    if as_json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    _tell(found)


def _tell(found: "WhatIf") -> None:
    typer.echo(f"{found.runs} runs, {len(found.flips)} would flip ({found.skipped} erased, left out).")
    for (before, after), count in found.moves.most_common():
        typer.echo(f"{count:>7}  {before} -> {after}")
    for title, counts in (("By reason", found.by_reason), ("By country", found.by_country)):
        if counts:
            typer.echo(f"{title}: " + ", ".join(f"{name or '?'} {n}" for name, n in counts.most_common(12)))
    if found.with_person or found.against_person:
        typer.echo(f"People decided as the draft would {found.with_person} times, otherwise {found.against_person}.")
    for flip in found.flips[:SHOWN_MAX]:
        changed = ", ".join([*(f"+{r}" for r in flip.gained), *(f"-{r}" for r in flip.lost)])
        typer.echo(f"{flip.run_id}  {flip.country or '?'}  {flip.before} -> {flip.after}  {changed}")
    if len(found.flips) > SHOWN_MAX:
        typer.echo(f"... and {len(found.flips) - SHOWN_MAX} more: --json lists them all.")


def _text(file: Path) -> str:
    from fourcorners.clearance.policy import PolicyInvalid

    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PolicyInvalid("Line 1: the file is not UTF-8.", problems=[{"line": 1, "what": "not UTF-8"}]) from error

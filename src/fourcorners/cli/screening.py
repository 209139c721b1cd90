"""`fourcorners screening`: import lists of sanctioned or otherwise noted people and entities, look names up in them."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourcorners.cli.serving import ready_floor

if TYPE_CHECKING:
    from fourcorners.screening import Hit
    from fourcorners.screening.lists import Imported

__all__ = ["screening"]

screening = typer.Typer(help="Lists that people and entities are screened against.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="FollowTheMoney JSON lines (.json, .jsonl) or .csv.", dir_okay=False)]
ListName = Annotated[str, typer.Option("--list", help="The list's name: lower-case letters, digits, hyphens.")]


@screening.command(name="import")
def import_(file: File, name: ListName) -> None:
    """Put a file in force as the next version of a list. Everybody is screened again by the worker."""
    from fourcorners.screening.lists import import_list

    with ready_floor() as floor:
        _tell(import_list(floor.database, floor.blobs, file, name, actor="system"))


@screening.command(name="lists")
def lists_() -> None:
    """List all versions of all lists, and which are in force."""
    from fourcorners.screening.lists import list_versions

    with ready_floor() as floor, floor.database.read() as db:
        versions = list_versions(db)
        for one in versions:
            state = "in force" if one.in_force else "kept"
            when = f"{one.imported_at:%Y-%m-%d %H:%M} UTC"
            typer.echo(f"{one.name:<24}{one.number:>4}  {state:<9}{one.entries:>10,} entries  {when}")
        if not versions:
            typer.echo("There is no list: nobody is screened.")


@screening.command()
def retire(name: ListName) -> None:
    """Ask a list no more. Its versions and what was decided are kept."""
    from fourcorners.screening.lists import retire_list

    with ready_floor() as floor, floor.database.write() as db:
        gone = retire_list(db, name, actor="system")
        typer.echo(f"{gone.name}, version {gone.number}, is asked no more.")


@screening.command()
def look(
    name: Annotated[str, typer.Argument(help="A name, in any script.")],
    entity: Annotated[bool, typer.Option(help="It is an entity, not a person.")] = False,
    born: Annotated[str, typer.Option(help="Birth date, YYYY-MM-DD.")] = "",
    country: Annotated[list[str] | None, typer.Option(help="A country, ISO 3166-1 alpha-2; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON lines.")] = False,
) -> None:
    """Look a name up in the lists in force. Nothing is kept."""
    from fourcorners.screening import Kind, Outcome, Subject, screen
    from fourcorners.screening.lists import loaded

    try:
        birth = date.fromisoformat(born) if born else None
    except ValueError:
        raise typer.BadParameter("A birth date is YYYY-MM-DD.", param_hint="--born") from None
    countries = tuple(code.upper() for code in country or ())
    subject = Subject("asked", Kind.ENTITY if entity else Kind.PERSON, (name,), birth, countries)
    with ready_floor() as floor:
        (found,) = screen(loaded(floor.database, floor.blobs), [subject])
    if found.outcome is Outcome.NOT_SCREENED:
        typer.echo("Not screened: there is no list.")
        raise typer.Exit(3)
    if found.outcome is Outcome.NO_HITS and not as_json:
        typer.echo(f"No hits in {', '.join(f'{name} {version}' for name, version in found.lists.items())}.")
    for hit in found.hits:
        typer.echo(json.dumps(hit.to_dict(), ensure_ascii=False) if as_json else _lines(hit))
    if found.more:
        typer.echo(f"{found.more} more hits are not shown: give a birth date or a country.")


def _tell(done: "Imported") -> None:
    version, reading = done.version, done.reading
    if not done.is_new:
        typer.echo(f"{version.name}, version {version.number}, came of the same file: nothing is changed.")
        return
    typer.echo(f"{version.name}, version {version.number}: {version.entries:,} entries in force.")
    for kind, number in sorted(reading.left_out.items()):
        typer.echo(f"  {number:,} rows of kind {kind} are left out")
    if reading.bad or reading.dropped_values:
        typer.echo(f"  {reading.bad:,} bad rows, {reading.dropped_values:,} values left out; the first ones:")
    for row in reading.told:
        typer.echo(f"  line {row.line}: {row.why}")


def _lines(hit: "Hit") -> str:
    words = "; ".join(
        f"{pair.mine or '–'} = {pair.theirs or '–'} ({pair.how}{f', {pair.alike:.2f}' if pair.alike else ''})"
        for pair in hit.words
    )
    points = "; ".join(f"{p.about} {p.code} {p.adds:+.2f}" for p in hit.points if p.adds)
    head = f"{hit.score:.2f}  {hit.listed.text}  [{hit.list_name} {hit.list_version}: {hit.entry.id}]"
    return "\n".join([head, f"      name {hit.name_score:.2f}: {words}", *([f"      {points}"] if points else [])])

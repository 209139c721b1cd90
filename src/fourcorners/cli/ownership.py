"""`fourcorners ownership`: who owns an institution, with the proof of every share."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from fourcorners.cli.options import AsJson
from fourcorners.cli.writing import write_whole

__all__ = ["ownership"]


def ownership(
    graph: Annotated[Path, typer.Argument(help="A graph of owners as JSON, or BODS 0.4 statements.")],
    subject: Annotated[str | None, typer.Option(help="Whose owners; the file's own subject if left out.")] = None,
    risk: Annotated[str, typer.Option(help="standard (25 %), raised (15 %) or high (10 %).")] = "standard",
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="On which day; today if left out.")] = None,
    svg: Annotated[Path | None, typer.Option(help="Draw the chart into this file.")] = None,
    bods: Annotated[Path | None, typer.Option(help="Write the graph as BODS 0.4 statements into this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the beneficial owners in a graph: exact shares through chains and circles, control, roles; with proofs."""
    from fourcorners.institutions.ownership import find_owners
    from fourcorners.institutions.ownership.bods import graph_to_bods, read_graph
    from fourcorners.institutions.ownership.chart import draw_chart
    from fourcorners.institutions.ownership.report import as_json as told
    from fourcorners.institutions.ownership.report import as_lines

    if risk not in ("standard", "raised", "high"):
        raise typer.BadParameter("standard, raised or high", param_hint="--risk")
    read, named = read_graph(graph.read_text(encoding="utf-8"))
    on = day.date() if day else date.today()  # noqa: DTZ011 - a day, not a moment
    found = find_owners(read, subject or named, day=on, risk=risk)
    if svg is not None:
        write_whole(svg, draw_chart(read.on(on), found.subject, owners=[owner.node for owner in found.owners]))
    if bods is not None:
        write_whole(bods, graph_to_bods(read, found.subject, day=on, publisher="fourcorners"))
    if as_json:
        typer.echo(json.dumps(told(read, found), ensure_ascii=False))
        return
    for line in as_lines(read, found):
        typer.echo(line)

"""`fourcorners read`: what documents say."""

from collections.abc import Generator, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, Files, FilesFrom, Workers
from fourcorners.cli.writing import write_whole

if TYPE_CHECKING:
    from fourcorners.verdict.report import ReadingView

__all__ = ["read"]

VIEW = "view"
"""Key of an answer under which the plain values for the report come back from a worker; it is not printed."""


def read(
    files: Files = None,
    files_from: FilesFrom = None,
    as_json: AsJson = False,
    report: Annotated[Path | None, typer.Option(help="Write a page with each field drawn in its picture.")] = None,
    locale: Annotated[str, typer.Option(help="Language of the report: en, de or fr.")] = "en",
    workers: Workers = None,
) -> None:
    """Read documents: machine-readable zone, barcodes, printed fields; each with its source, confidence and place."""
    names = listed(files, files_from)
    today = date.today()  # noqa: DTZ011 - the day settles the century of two-digit years
    views: list[ReadingView] = []
    answers = answer_each(partial(_read, today=today, locale=locale if report else None), names, workers)
    print_answers(_without_views(answers, views), len(names), as_json=as_json, show=_show)
    if report:
        from fourcorners.verdict.report import render_readings

        write_whole(report, render_readings(views, today.isoformat(), locale))
        if not as_json:
            typer.echo(f"The report is in {report}")


def _read(name: str, today: date, locale: str | None) -> Answer:
    """What a document says; with a `locale` also the values for its part of the report."""
    from fourcorners.checks.subject import Case
    from fourcorners.verdict.read import read_out
    from fourcorners.vision.decode import decode
    from fourcorners.vision.document import DocumentFrame

    frame = DocumentFrame(decode(name), today)
    answer = dict(read_out(Case(today=today, front=frame)))
    if locale is None:
        return answer
    from fourcorners.verdict.report import view_reading

    return {**answer, VIEW: view_reading(Path(name).name, frame, locale)}


def _without_views(answers: Iterator[Answer], views: "list[ReadingView]") -> Generator[Answer, None, None]:
    """The answers as they are to be printed; what belongs to the report is kept in `views`."""
    for answer in answers:
        if VIEW in answer:
            views.append(answer.pop(VIEW))
        yield answer


def _show(console: Console, answer: Answer) -> None:
    document = answer["document"]
    console.print(answer["file"], markup=False, highlight=False, soft_wrap=True)
    table = Table(title=f"{document['kind']}, {document['country'] or 'country unknown'}", title_justify="left")
    for heading in ("field", "value", "source", "confidence"):
        table.add_column(heading)
    for name, entry in answer["fields"].items():
        for e in (entry, *entry["others"]):
            table.add_row(name, escape(e["value"]), e["source"], f"{e['confidence']:.2f}")
    console.print(table)
    for script in document["unread_scripts"]:
        console.print(f"unread script: {script.capitalize()}")
    mrz = answer["mrz"]
    if mrz:
        digits = "agree" if mrz["check_digits_agree"] else "DO NOT AGREE"
        certainty = "sure" if mrz["sure"] else "not sure"
        console.print(f"{mrz['format'] or 'no known format'}, check digits {digits}, {certainty}")
        for line in mrz["lines"]:
            console.print(line, markup=False, highlight=False)

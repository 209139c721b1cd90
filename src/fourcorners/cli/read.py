"""`fourcorners read`: what documents say."""

from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, Files, FilesFrom, Workers

__all__ = ["read"]


def read(files: Files = None, files_from: FilesFrom = None, as_json: AsJson = False, workers: Workers = None) -> None:
    """Read documents: machine-readable zone, barcodes, printed fields; each with its source, confidence and place."""
    names = listed(files, files_from)
    print_answers(answer_each(_read, names, workers), len(names), as_json=as_json, show=_show)


def _read(name: str) -> Answer:
    from fourcorners.checks.subject import Case
    from fourcorners.verdict.read import read_out
    from fourcorners.vision.decode import decode
    from fourcorners.vision.document import DocumentFrame

    today = date.today()  # noqa: DTZ011 - the day settles the century of two-digit years
    return dict(read_out(Case(today=today, front=DocumentFrame(decode(name), today))))


def _show(console: Console, answer: Answer) -> None:
    document = answer["document"]
    table = Table(title=escape(f"{answer['file']}: {document['kind']}, {document['country'] or 'country unknown'}"))
    for heading in ("field", "value", "source", "confidence"):
        table.add_column(heading)
    for name, entry in answer["fields"].items():
        for e in (entry, *entry["others"]):
            table.add_row(name, escape(e["value"]), e["source"], f"{e['confidence']:.2f}")
    console.print(table)
    mrz = answer["mrz"]
    if mrz:
        digits = "agree" if mrz["check_digits_agree"] else "DO NOT AGREE"
        certainty = "sure" if mrz["sure"] else "not sure"
        console.print(f"{mrz['format'] or 'no known format'}, check digits {digits}, {certainty}")
        for line in mrz["lines"]:
            console.print(line, markup=False, highlight=False)

"""`fourcorners aamva`: the text of PDF417 backs of North American licences."""

from pathlib import Path

from rich.console import Console

from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, Files, FilesFrom, Workers

__all__ = ["aamva"]


def aamva(files: Files = None, files_from: FilesFrom = None, as_json: AsJson = False, workers: Workers = None) -> None:
    """Parse files that hold the text of a PDF417 back (AAMVA DL/ID card design standard)."""
    names = listed(files, files_from)
    print_answers(answer_each(_parse, names, workers), len(names), as_json=as_json, show=_show)


def _parse(name: str) -> Answer:
    from fourcorners.formats import aamva as standard
    from fourcorners.vision.decode.refusals import FileMissing

    try:
        text = Path(name).read_bytes()
    except OSError as error:
        raise FileMissing(f"{name} cannot be read.") from error
    card = standard.parse(text)
    return {
        "version": card.version,
        "issuer": card.issuer,
        "jurisdiction": card.jurisdiction,
        "document_type": card.document_type,
        "fields": dict(card.fields),
        "truncated": list(card.truncated),
        "problems": [str(problem) for problem in card.problems],
    }


def _show(console: Console, answer: Answer) -> None:
    where = answer["jurisdiction"] or "issuer unknown"
    console.print(f"{answer['file']}: version {answer['version']}, {where}", markup=False, highlight=False)
    for name, value in answer["fields"].items():
        console.print(f"  {name:<18} {value}", markup=False, highlight=False)

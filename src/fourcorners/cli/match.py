"""`fourcorners match`: pairs of face photos, same person or not."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.files import Answer, in_parallel, print_answers
from fourcorners.cli.options import AsJson, Workers
from fourcorners.kit.errors import Refusal

__all__ = ["PairsRefused", "match"]


class PairsRefused(Refusal):
    """The list of pairs cannot be read, or lacks a column."""

    code = "pairs_refused"


@dataclass(frozen=True)
class _Pair:
    root: Path
    a: str
    b: str


def match(
    pairs: Annotated[Path, typer.Option(help="CSV with the columns image_a and image_b.")],
    root: Annotated[Path, typer.Option(help="Folder that the paths in the CSV start from.")] = Path(),
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Compare the faces of pairs of pictures."""
    listed = _listed(pairs, root)
    print_answers(in_parallel(_match, listed, workers), len(listed), as_json=as_json, show=_show)


def _listed(pairs: Path, root: Path) -> list[_Pair]:
    try:
        with pairs.open(encoding="utf-8", newline="") as file:
            return [_Pair(root, row["image_a"], row["image_b"]) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PairsRefused(f"The pairs in {pairs} cannot be read: {error}") from error
    except KeyError as error:
        raise PairsRefused(f"{pairs} lacks the column {error.args[0]}.") from error


def _match(pair: _Pair) -> Answer:
    from fourcorners.checks.match.face_matches import compare

    names = {"a": pair.a, "b": pair.b}
    try:
        return {**names, **compare(pair.root / pair.a, pair.root / pair.b)}
    except Refusal as refusal:
        error = {"code": refusal.code, "message": refusal.message}
        return {**names, "score": None, "same": None, "reason": refusal.code, "error": error}


def _show(console: Console, answer: Answer) -> None:
    score = "no score" if answer["score"] is None else f"{answer['score']:.3f}"
    same = {True: "same person", False: "different persons", None: "not decided"}[answer["same"]]
    console.print(
        f"{answer['a']} {answer['b']}: {same}, {score} {answer['reason'] or ''}", markup=False, highlight=False
    )

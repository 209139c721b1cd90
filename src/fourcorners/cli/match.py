"""`fourcorners match`: pairs of face photos, same person or not."""

import csv
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.files import Answer, answer_each, print_answers, progress_bar
from fourcorners.cli.options import AsJson, Workers
from fourcorners.kit.errors import Refusal

__all__ = ["PairsRefused", "match"]


class PairsRefused(Refusal):
    """The list of pairs cannot be read, or lacks a column."""

    code = "pairs_refused"


def match(
    pairs: Annotated[Path, typer.Option(help="CSV with the columns image_a and image_b.")],
    root: Annotated[Path, typer.Option(help="Folder that the paths in the CSV start from.")] = Path(),
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Compare the most prominent faces of pairs of pictures. A picture in many pairs is worked on once."""
    listed = _listed(pairs)
    names = list(dict.fromkeys(str(root / name) for pair in listed for name in pair))
    faces: dict[str, Answer] = {}
    with progress_bar(len(names)) as advance:
        for answer in answer_each(_face, names, workers):
            faces[answer["file"]] = answer
            advance()
    print_answers(_compared(listed, root, faces), len(listed), as_json=as_json, show=_show)


def _listed(pairs: Path) -> list[tuple[str, str]]:
    try:
        with pairs.open(encoding="utf-8-sig", newline="") as file:
            return [(row["image_a"], row["image_b"]) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PairsRefused(f"The pairs in {pairs} cannot be read: {error}") from error
    except KeyError as error:
        raise PairsRefused(f"{pairs} lacks the column {error.args[0]}.") from error


def _face(name: str) -> Answer:
    from fourcorners.vision.decode import decode
    from fourcorners.vision.selfie import SelfieFrame

    vector = SelfieFrame(decode(name)).embedding
    return {"vector": None if vector is None else vector.tolist()}


def _compared(
    pairs: Sequence[tuple[str, str]], root: Path, faces: Mapping[str, Answer]
) -> Generator[Answer, None, None]:
    import numpy as np

    from fourcorners.checks.limits import limits_for
    from fourcorners.checks.match.face_matches import NAME, in_force
    from fourcorners.vision.faces import distance, similarity

    scale = in_force(limits_for("match", NAME)).scale()
    for a, b in pairs:
        names = {"a": a, "b": b}
        first, second = faces[str(root / a)], faces[str(root / b)]
        error = first.get("error") or second.get("error")
        if error:
            yield {**names, "score": None, "same": None, "reason": error["code"], "error": error}
        elif first["vector"] is None or second["vector"] is None:
            yield {**names, "score": None, "same": None, "reason": "no_face"}
        else:
            one, other = np.array(first["vector"]), np.array(second["vector"])
            apart = distance(one, other)
            doubt = None if scale.passes(apart) else "face_mismatch" if scale.fails(apart) else "face_uncertain"
            yield {**names, "score": round(similarity(one, other), 6), "same": scale.passes(apart), "reason": doubt}


def _show(console: Console, answer: Answer) -> None:
    score = "no score" if answer["score"] is None else f"{answer['score']:.3f}"
    same = {True: "same person", False: "different persons", None: "not decided"}[answer["same"]]
    console.print(
        f"{answer['a']} {answer['b']}: {same}, {score} {answer['reason'] or ''}", markup=False, highlight=False
    )

"""`fourcorners check-many`: a folder or a CSV of cases, on all cores."""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from fourcorners.cli.check import claims_text
from fourcorners.cli.files import Answer, error_of, in_parallel, print_answers
from fourcorners.cli.options import AsJson, Workers
from fourcorners.cli.writing import write_whole
from fourcorners.kit.errors import Refusal

__all__ = ["CasesRefused", "check_many"]

COLUMNS = ("document", "back", "selfie", "claims")
"""Columns of a CSV beside `case`, and the names that files in a case's folder have before their extension."""


class CasesRefused(Refusal):
    """The cases cannot be read."""

    code = "cases_refused"


@dataclass(frozen=True)
class _Job:
    name: str
    files: dict[str, Path]
    today: date
    out: Path
    again: bool


def check_many(
    cases: Annotated[Path, typer.Argument(help="A folder with a folder a case, or a CSV with a line a case.")],
    out: Annotated[Path, typer.Option(help="Folder for a verdict and a report a case.")] = Path("out"),
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day on which age and expiry count; today if left out."),
    ] = None,
    again: Annotated[bool, typer.Option(help="Check cases again that already have a verdict in OUT.")] = False,
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Check many cases. A case's folder holds document.jpg and, if given, back.jpg, selfie.jpg, claims.json.

    A CSV has the columns case, document, back, selfie, claims; its paths start from the CSV's own folder. A run that
    was interrupted goes on where it stopped.
    """
    day = today.date() if today else date.today()  # noqa: DTZ011 - a day, not a moment
    found = _from_csv(cases) if cases.is_file() else _from_folder(cases)
    jobs = [_Job(name, files, day, out, again) for name, files in found.items()]
    if not jobs:
        raise CasesRefused(f"There is no case in {cases}.")
    answers = print_answers(in_parallel(_check, jobs, workers), len(jobs), as_json=as_json, show=_show)
    if not as_json:
        _summary(Console(), answers, out)


def _from_folder(folder: Path) -> dict[str, dict[str, Path]]:
    if not folder.is_dir():
        raise CasesRefused(f"{folder} is neither a folder nor a file.")
    cases = {}
    for case in sorted(p for p in folder.iterdir() if p.is_dir()):
        files = {p.stem.lower(): p for p in sorted(case.iterdir()) if p.is_file() and _fits(p)}
        if files:
            cases[case.name] = files
    return cases


def _fits(path: Path) -> bool:
    """A truth file of a specimen lies beside its picture under the same name: it is no picture, nor are claims one."""
    stem = path.stem.lower()
    return stem in COLUMNS and (path.suffix.lower() == ".json") == (stem == "claims")


def _from_csv(path: Path) -> dict[str, dict[str, Path]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        cases = {row["case"]: {c: path.parent / row[c] for c in COLUMNS if row.get(c)} for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CasesRefused(f"The cases in {path} cannot be read: {error}") from error
    except KeyError as error:
        raise CasesRefused(f"{path} lacks the column {error.args[0]}.") from error
    if len(cases) != len(rows):
        raise CasesRefused(f"{path} names a case twice.")
    if unfit := [name for name in cases if not name or Path(name).name != name or name in (".", "..")]:
        raise CasesRefused(f"These cases cannot be the name of a folder: {', '.join(map(repr, unfit))}.")
    return cases


def _check(job: _Job) -> Answer:
    import fourcorners

    target = job.out / job.name
    done = target / "verdict.json"
    if done.is_file() and not job.again:
        return {"case": job.name, "new": False, **_short(json.loads(done.read_text(encoding="utf-8")))}
    try:
        sides = [job.files[side] for side in ("document", "back") if side in job.files]
        claims = claims_text(job.files.get("claims"))
        # One thread a case: the cases themselves are side by side.
        verdict = fourcorners.check(sides, job.files.get("selfie"), claims, today=job.today, threads=1)
        write_whole(target / "report.html", verdict.to_html())
        write_whole(done, verdict.to_json())  # last: its presence says that the case is done
    except Exception as problem:  # a bug in one case must not stop the others
        return {"case": job.name, "file": job.name, "error": error_of(problem)}
    return {"case": job.name, "new": True, **_short(verdict.to_dict())}


def _short(verdict: dict[str, object]) -> Answer:
    return {"verdict": verdict["verdict"], "reasons": verdict["reasons"]}


def _show(console: Console, answer: Answer) -> None:
    known = "" if answer["new"] else " (as before)"
    reasons = " ".join(answer["reasons"])
    console.print(f"{answer['case']}: {answer['verdict']}{known} {reasons}", markup=False, highlight=False)


def _summary(console: Console, answers: list[Answer], out: Path) -> None:
    table = Table(title=f"{len(answers)} cases, verdicts and reports in {out}")
    table.add_column("verdict or reason")
    table.add_column("cases", justify="right")
    for verdict, count in Counter(a.get("verdict", "refused") for a in answers).most_common():
        table.add_row(f"[bold]{verdict}[/]", str(count))
    table.add_section()
    for reason, count in Counter(r for a in answers for r in a.get("reasons", ())).most_common():
        table.add_row(reason, str(count))
    console.print(table)

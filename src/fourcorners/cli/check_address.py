"""`fourcorners check-address`: what a bill or statement says, and whether it proves an address."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fourcorners.cli.check import STATUS, show_verdict
from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, Files, FilesFrom, Workers
from fourcorners.cli.writing import write_whole

__all__ = ["check_address"]


def check_address(
    files: Files = None,
    files_from: FilesFrom = None,
    name: Annotated[str | None, typer.Option(help="The applicant's full name.")] = None,
    address: Annotated[str | None, typer.Option(help="The applicant's address, its lines parted by commas.")] = None,
    country: Annotated[str | None, typer.Option(help="The applicant's country: a code or an English name.")] = None,
    applicant: Annotated[str, typer.Option(help="individual or institution.")] = "individual",
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of submission; today if left out.")
    ] = None,
    together: Annotated[bool, typer.Option(help="The files are the pages of one paper.")] = False,
    attestation: Annotated[list[Path] | None, typer.Option(help="Attestation of the owner or leaseholder.")] = None,
    owners_paper: Annotated[list[Path] | None, typer.Option(help="The owner's own paper with this address.")] = None,
    owner: Annotated[str | None, typer.Option(help="The owner's or leaseholder's full name.")] = None,
    relation: Annotated[str | None, typer.Option(help="What the owner is to the applicant: parent, spouse.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report, one HTML page, to this file.")] = None,
    locale: Annotated[str, typer.Option(help="Language of the summary and the report: en, de or fr.")] = "en",
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Read papers that prove an address (PDF, JPG, PNG): kind, name, address, issuer, date; with claims, judge them.

    Each file is a paper of its own. With --together, with --report and with a supplement (--attestation,
    --owners-paper, --owner, --relation) all files are the pages of one paper, and the command ends as `check` does:
    0 approve, 10 resubmit, 11 review, 12 reject.
    """
    supplement = _supplement(attestation, owners_paper, owner, relation)
    if together or report or supplement:
        sources = list(files or []) if supplement and files_from is None else listed(files, files_from)
        day = today.date() if today else None
        claims = (name, address, country, applicant)
        raise typer.Exit(_check_together(sources, claims, supplement, day, report, locale, as_json=as_json))
    names = listed(files, files_from)
    claimed = {"name": name, "address": address, "country": country, "applicant": applicant}
    day = today.date() if today else date.today()  # noqa: DTZ011 - a day, not a moment
    work = partial(_check, {k: v for k, v in claimed.items() if v is not None}, day.isoformat())
    print_answers(answer_each(work, names, workers), len(names), as_json=as_json, show=_show)


def _supplement(
    attestation: list[Path] | None, paper: list[Path] | None, owner: str | None, relation: str | None
) -> dict[str, object] | None:
    """The supplement, or None where no part of it is given. Raises typer.BadParameter where one is missing."""
    parts = {"attestation": attestation, "paper": paper, "owner": owner, "relation": relation}
    if not any(parts.values()):
        return None
    if not all(parts.values()):
        raise typer.BadParameter("A supplement needs --attestation, --owners-paper, --owner and --relation.")
    return dict(parts)


def _check_together(
    files: list[str],
    claims: tuple[str | None, str | None, str | None, str],
    supplement: dict[str, object] | None,
    day: date | None,
    report: Path | None,
    locale: str,
    *,
    as_json: bool,
) -> int:
    """Judge one paper; returns the exit status."""
    import fourcorners

    name, address, country, applicant = claims
    verdict = fourcorners.check_address(files, name, address, country, applicant, supplement=supplement, today=day)
    if report:
        write_whole(report, verdict.to_html(locale))
    if as_json:
        typer.echo(verdict.to_json())
    else:
        console = Console()
        show_verdict(console, verdict, locale)
        console.print(f"by the rules of {verdict.rules}", highlight=False)
        if report:
            typer.echo(f"The report is in {report}")
    return STATUS[verdict.decision.value]


def _check(claimed: dict[str, str], day: str, name: str) -> Answer:
    from fourcorners.checks.address.submission import AddressClaims, open_submission
    from fourcorners.verdict.paper import judge_paper

    case = open_submission(name, AddressClaims(**claimed), today=date.fromisoformat(day))
    if case.refused is not None:
        raise case.refused
    paper, reading = case.paper, case.reading
    assert paper is not None  # noqa: S101 - refused or opened
    assert reading is not None  # noqa: S101 - what is opened can be read
    verdict = judge_paper(case)
    answer: dict[str, Any] = {
        "kind": reading.kind.name,
        "kind_confidence": reading.kind.confidence,
        "kind_words": [word for word, _ in reading.kind.words],
        "fields": {key: _field(paper, field) for key, field in reading.fields.items()},
        "rules": verdict.rules,
        "findings": [f.to_dict() for f in verdict.findings],
    }
    if "name" in claimed or "address" in claimed:
        answer |= {"verdict": verdict.decision.value, "reasons": list(verdict.reasons)}
    return answer


def _field(paper: Any, field: Any) -> dict[str, object] | None:  # noqa: ANN401 - types that are slow to import
    if field is None:
        return None
    quad = paper.pages[field.page].place(field.box)
    box = [[round(float(x), 1), round(float(y), 1)] for x, y in quad]
    return {"value": field.value, "confidence": field.confidence, "box": box, "page": field.page + 1}


def _show(console: Console, answer: Answer) -> None:
    from fourcorners.verdict.catalogue import words

    console.print(answer["file"], markup=False, highlight=False, soft_wrap=True)
    table = Table(title=answer["kind"], title_justify="left")
    for heading in ("field", "value", "confidence"):
        table.add_column(heading)
    for key, entry in answer["fields"].items():
        if entry:
            table.add_row(key, escape(entry["value"]), f"{entry['confidence']:.2f}")
    console.print(table)
    for finding in answer["findings"]:
        if finding["outcome"] in ("fail", "unsure"):
            said = words(finding["reason"])
            console.print(f"  {said.title}  {finding['reason']}, {finding['outcome']}", markup=False, highlight=False)
            console.print(f"    {said.todo}", markup=False, highlight=False)
    if "verdict" in answer:
        console.print(f"{answer['verdict']} by the rules of {answer['rules']}", highlight=False)

"""`fourcorners check`: one case, from photo files to an explained verdict."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from fourcorners.cli.exits import Exit
from fourcorners.cli.writing import write_whole
from fourcorners.kit.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourcorners.verdict import Verdict
    from fourcorners.verdict.paper import PaperVerdict

__all__ = ["STATUS", "ClaimsMissing", "check", "claims_text", "show_verdict"]

STATUS = {"approve": Exit.OK, "resubmit": Exit.RESUBMIT, "review": Exit.REVIEW, "reject": Exit.REJECT}

COLOURS = {"approve": "green", "resubmit": "yellow", "review": "cyan", "reject": "red"}


class ClaimsMissing(Refusal):
    """The file with the claims cannot be read."""

    code = "claims_missing"


def check(
    document: Annotated[list[Path], typer.Option(help="Photo of the document's front; the back may follow it.")],
    more: Annotated[
        list[Path] | None, typer.Argument(help="The back, when given after the front.", hidden=True)
    ] = None,
    back: Annotated[Path | None, typer.Option(help="Photo of the back.")] = None,
    selfie: Annotated[Path | None, typer.Option(help="Photo of the applicant.")] = None,
    claims: Annotated[Path | None, typer.Option(help="JSON file with what the applicant typed in.")] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day on which age and expiry count; today if left out."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only this check; may be given several times.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the report, one HTML page, to this file.")] = None,
    locale: Annotated[str, typer.Option(help="Language of the summary and the report: en, de or fr.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Check one case: an ID, a selfie, and what the applicant claims.

    Exit status: 0 approve, 10 resubmit, 11 review, 12 reject; 2 wrong command line, 3 refused, 70 a bug.
    """
    import fourcorners

    sides = [*document, *(more or []), *([back] if back else [])]
    if len(sides) > 2:
        raise typer.BadParameter("A document has a front and a back: two photos at most.")
    with _progress() as tell:
        verdict = fourcorners.check(
            document=sides,
            selfie=selfie,
            claims=claims_text(claims),
            today=today.date() if today else date.today(),  # noqa: DTZ011 - a day, not a moment
            only=only or (),
            progress=tell,
        )
    if report:
        write_whole(report, verdict.to_html(locale))
    if as_json:
        typer.echo(verdict.to_json())
    else:
        show_verdict(Console(), verdict, locale)
        if report:
            typer.echo(f"The report is in {report}")
    raise typer.Exit(STATUS[verdict.decision.value])


def claims_text(path: Path | None) -> bytes | None:
    """The bytes of a claims file. Raises ClaimsMissing."""
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise ClaimsMissing(f"The claims in {path} cannot be read.") from error


def show_verdict(console: Console, verdict: "Verdict | PaperVerdict", locale: str = "en") -> None:
    """The verdict in a few lines: the decision, each reason in plain words, and how many checks passed."""
    from fourcorners.verdict import tell

    decision = verdict.decision.value
    console.print(f"[bold {COLOURS[decision]}]{decision}[/]")
    told = [(because.code, tell(because, locale)) for because in verdict.because]
    for code, said in dict.fromkeys(told):
        console.print(f"  [bold]{escape(said.title)}[/]  [dim]{code}[/]")
        console.print(f"    {escape(said.todo)}")
    missing = len(verdict.findings) - verdict.made
    not_made = f", {missing} could not be made or were not needed" if missing else ""
    console.print(f"[dim]{verdict.passed} of {verdict.made} checks passed{not_made}[/]")


@contextmanager
def _progress() -> Iterator["Callable[[str], None] | None"]:
    """Tells on a terminal what has been done; silent elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with Console(stderr=True).status("looking at the pictures") as status:
        done: list[str] = []

        def tell(stage: str) -> None:
            done.append(stage)
            status.update(f"done: {', '.join(done)}")

        yield tell

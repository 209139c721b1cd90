"""`fourcorners check-paper`: what an institution's paper says, and whether it agrees with what was entered."""

import json
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fourcorners.cli.check import STATUS
from fourcorners.cli.options import AsJson

__all__ = ["check_paper"]

DECISIONS = {"none": "approve"}


def check_paper(
    file: Annotated[str, typer.Argument(help="A PDF, JPG or PNG.")],
    kind: Annotated[str | None, typer.Option(help="The paper asked for: registration, ownership, ...")] = None,
    name: Annotated[str | None, typer.Option(help="The institution's legal name.")] = None,
    number: Annotated[str | None, typer.Option(help="Its registration number.")] = None,
    tax_number: Annotated[str | None, typer.Option(help="Its tax number.")] = None,
    lei: Annotated[str | None, typer.Option(help="Its legal entity identifier.")] = None,
    incorporated: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of its incorporation.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="Where it is registered: two letters, as in DE.")] = None,
    address: Annotated[str | None, typer.Option(help="Its registered address, the lines parted by commas.")] = None,
    business_address: Annotated[str | None, typer.Option(help="The address of its business.")] = None,
    user: Annotated[list[str] | None, typer.Option(help="The person who is to operate the account.")] = None,
    director: Annotated[list[str] | None, typer.Option(help="A director; once for each.")] = None,
    holder: Annotated[list[str] | None, typer.Option(help='A holder with the share, "Ann Lee=60%"; once each.')] = None,
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of submission; today if left out.")
    ] = None,
    locale: Annotated[str, typer.Option(help="Language of what is to be done: en, de, fr or ar.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Read a paper of an institution: kind, fields, who is listed, signature, marks; with --kind judge it.

    What was entered is compared with it. Ends as `check` does: 0 approve, 10 resubmit, 11 review; without --kind always
    with 0, or 3 for a file that is refused.
    """
    from fourcorners.institutions.papers import PaperClaims, read_paper
    from fourcorners.institutions.papers import check_paper as judge

    reading = read_paper(file, country=country or "")
    if kind is None:
        if reading.refused is not None:
            raise reading.refused
        _show(reading, (), "", locale, as_json=as_json)
        return
    claims = PaperClaims(
        legal_name=name,
        registration_number=number,
        tax_number=tax_number,
        lei=lei,
        incorporation_date=incorporated.date() if incorporated else None,
        country=country.upper() if country else None,
        registered_address=address,
        business_address=business_address,
        authorised_users=tuple(user or ()),
        directors=tuple(director) if director else None,
        holders=tuple(map(_holder, holder)) if holder else None,
    )
    on = day.date() if day else date.today()  # noqa: DTZ011 - a day, not a moment
    findings = judge(reading, claims, kind, day=on)
    decision = _decision(findings)
    _show(reading, findings, decision, locale, as_json=as_json)
    raise typer.Exit(STATUS[decision])


def _holder(text: str) -> Any:  # noqa: ANN401 - a type that is slow to import
    from fourcorners.institutions.ownership import parse_share
    from fourcorners.institutions.papers import Holder

    name, _, share = text.rpartition("=")
    if not name:
        raise typer.BadParameter("a name, an equals sign and a share, as in Ann Lee=60%", param_hint="--holder")
    return Holder(name.strip(), parse_share(share.strip()))


def _decision(findings: Any) -> str:  # noqa: ANN401 - as above
    from fourcorners.institutions.papers import worst_effect

    effect = worst_effect(findings).value
    return DECISIONS.get(effect, effect)


def _show(reading: Any, findings: Any, decision: str, locale: str, *, as_json: bool) -> None:  # noqa: ANN401
    from fourcorners.checks.finding import Outcome
    from fourcorners.institutions.papers import limits_version, paper_words

    told = reading.to_dict()
    if as_json:
        versions = {"rules": limits_version()}
        judged = {"verdict": decision, "findings": [f.to_dict() for f in findings]} if decision else {}
        typer.echo(json.dumps({**told, **judged, "versions": versions}, ensure_ascii=False))
        return
    console = Console()
    if reading.paper is not None:
        title = " ".join(filter(None, (told["kind"], told["form"])))
        table = Table(title=title, title_justify="left")
        for heading in ("field", "value", "confidence"):
            table.add_column(heading)
        for key, entry in told["fields"].items():
            if entry:
                table.add_row(key, escape(entry["value"]), f"{entry['confidence']:.2f}")
        for entry in told["listed"]:
            said = ", ".join(filter(None, (entry["name"]["value"], entry["share"], entry["role"], entry["of"])))
            table.add_row("listed", escape(said), f"{entry['name']['confidence']:.2f}")
        signed = [way for way in ("pen", "in_file", "typed") if told["signature"][way]]
        table.add_row("signature", ", ".join(signed) or "none", "")
        if told["marks"]:
            table.add_row("marks", ", ".join(told["marks"]), "")
        console.print(table)
    for finding in findings:
        if finding.outcome in (Outcome.FAIL, Outcome.UNSURE) and finding.reason:
            words = paper_words(finding.reason, locale)
            said = f"  {words.title}  {finding.reason}, {finding.outcome.value}"
            console.print(said, markup=False, highlight=False)
            console.print(f"    {words.todo}", markup=False, highlight=False)
    if decision:
        console.print(decision, highlight=False)

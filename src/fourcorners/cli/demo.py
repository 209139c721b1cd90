"""`fourcorners demo`: check a made-up passport and its holder's selfie, once photographed well and once badly."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.check import show_verdict
from fourcorners.cli.writing import write_whole

__all__ = ["demo"]

SEED = 12
TODAY = date(2026, 11, 1)
"""The demo's own day: the specimen never expires, and the same reports come out in ten years."""
PHOTO = (1800, 2400)


def demo(out: Annotated[Path, typer.Option(help="Folder for the pictures and the reports.")] = Path("out")) -> None:
    """Draw a passport of a country that does not exist, photograph it well and badly, and check both."""
    from fourcorners import specimens

    console = Console()
    console.print(
        "Drawing a passport of Utopia, and a selfie of its holder (a public-domain photo of an astronaut) ..."
    )
    passport = specimens.draw(
        "passport", seed=SEED, design="orchard", issue_date=date(2021, 3, 1), expiry_date=date(2031, 2, 28)
    )
    holder = passport.holder
    claims = {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
        "nationality": holder.nationality,
    }
    selfie = specimens.save(specimens.selfie(0, seed=SEED, size=(1200, 1600)), out / "selfie")
    for name, kind, title in (
        ("report", "genuine", "1. A good photo"),
        ("report-bad", "screen_photo", "2. The same passport, photographed off a screen"),
    ):
        photo = specimens.capture(passport, kind, severity=0.5, seed=SEED, size=PHOTO)
        path = specimens.save(photo, out / f"passport-{kind}")
        _check(console, title, path, selfie, claims, out / f"{name}.html")


def _check(console: Console, title: str, photo: Path, selfie: Path, claims: Mapping[str, str], report: Path) -> None:
    import fourcorners

    console.print(f"\n[bold]{title}[/]: {photo}")
    verdict = fourcorners.check(document=photo, selfie=selfie, claims=claims, today=TODAY)
    show_verdict(console, verdict)
    write_whole(report, verdict.to_html())
    console.print(f"Open the report in a browser: [bold]{report.resolve()}[/]", soft_wrap=True)

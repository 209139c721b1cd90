"""`fourcorners specimen`: fictional documents, photographed well and badly, with the truth about them."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["specimen"]


def specimen(
    out: Annotated[Path, typer.Argument(help="Folder to write to.")],
    kind: Annotated[str, typer.Option(help="passport, id_card, id_card_td2 or driving_licence.")] = "passport",
    capture: Annotated[
        list[str] | None, typer.Option(help="How it is photographed; may be given several times.")
    ] = None,
    severity: Annotated[float, typer.Option(min=0, max=1, help="0 as good as can be, 1 as bad as can be.")] = 0.4,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same pictures.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="Documents to draw, from seed on.")] = 1,
    width: Annotated[int, typer.Option(min=200, max=6000, help="Width of the photo in pixels.")] = 1500,
    height: Annotated[int, typer.Option(min=200, max=6000, help="Height of the photo in pixels.")] = 2000,
    portrait: Annotated[Path | None, typer.Option(help="A photo of a face to use instead of the package's.")] = None,
) -> None:
    """Draw fictional documents and photograph them; each picture gets its truth as JSON beside it."""
    from fourcorners import specimens

    kinds = [specimens.CaptureKind(c) for c in capture or ["genuine"]]
    for number in range(seed, seed + count):
        document = specimens.draw(specimens.DocumentKind(kind), seed=number, portrait=portrait or 0)
        for how in kinds:
            for side, there in (("front", document.front), ("back", document.back)):
                if there is None:
                    continue
                photo = specimens.capture(
                    document, how, severity=severity, seed=number, size=(width, height), side=side
                )
                typer.echo(specimens.save(photo, out / f"{kind}-{number}-{side}-{how.value}"))

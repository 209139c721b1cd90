"""`fourcorners specimen`: fictional documents, photographed well and badly, with the truth about them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fourcorners.specimens import CaptureKind, Document

__all__ = ["specimen"]


def specimen(
    out: Annotated[Path | None, typer.Argument(help="Folder to write to.", show_default=False)] = None,
    kind: Annotated[str, typer.Option(help="Kind of document; --list names them.")] = "passport",
    template: Annotated[str | None, typer.Option(help="This template, whatever the kind; --list names them.")] = None,
    split: Annotated[str, typer.Option(help="Choose templates from: demo, train, tuning or evaluation.")] = "demo",
    capture: Annotated[
        list[str] | None, typer.Option(help="How it is photographed; may be given several times, or `all`.")
    ] = None,
    camera: Annotated[str, typer.Option(help="simple, bayer or bayer_heic.")] = "simple",
    severity: Annotated[float, typer.Option(min=0, max=1, help="0 as good as can be, 1 as bad as can be.")] = 0.4,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same pictures.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="Documents to draw, from seed on.")] = 1,
    width: Annotated[int, typer.Option(min=200, max=6000, help="Width of the photo in pixels.")] = 1500,
    height: Annotated[int, typer.Option(min=200, max=6000, help="Height of the photo in pixels.")] = 2000,
    portrait: Annotated[Path | None, typer.Option(help="A photo of a face to use instead of the package's.")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List templates, captures and cameras.")] = False,
) -> None:
    """Draw fictional documents and photograph them; each picture gets its truth as JSON beside it."""
    from fourcorners import specimens

    if show_list:
        typer.echo(_listed())
        return
    if out is None:
        raise typer.BadParameter("Name a folder to write to, or ask for --list.")
    kinds = _captures(capture or ["genuine"])
    for number in range(seed, seed + count):
        document = _drawn(kind, template, split, number, portrait)
        for how in kinds:
            for side, there in (("front", document.front), ("back", document.back)):
                if there is None:
                    continue
                photo = specimens.capture(
                    document, how, severity=severity, seed=number, size=(width, height), side=side, camera=camera
                )
                typer.echo(specimens.save(photo, out / f"{template or kind}-{number}-{side}-{how.value}"))


def _captures(names: list[str]) -> list["CaptureKind"]:
    from fourcorners.specimens import CaptureKind, SpecimenError

    if names == ["all"]:
        return list(CaptureKind)
    if unknown := sorted(set(names) - set(CaptureKind)):
        known = ", ".join(CaptureKind)
        raise SpecimenError(f"There is no capture {', '.join(unknown)}; there are {known}, and `all`.")
    return [CaptureKind(name) for name in names]


def _drawn(kind: str, template: str | None, split: str, seed: int, portrait: Path | None) -> "Document":
    from fourcorners import specimens
    from fourcorners.specimens.designs import design_named

    if template is not None:
        kind = design_named(template).kind
    return specimens.draw(kind, seed=seed, design=template, split=split, portrait=portrait or 0)


def _listed() -> str:
    """All templates with their kind and split, then all captures with what is wrong with them, then the cameras."""
    from fourcorners.kit.data import load_toml
    from fourcorners.specimens import Camera, CaptureKind
    from fourcorners.specimens.designs import designs_of

    lines = [f"template  {d.name:<26} {d.kind:<17} {d.split:<11} {d.state_names[-1]}" for d in designs_of(None, None)]
    facts = load_toml("fourcorners.specimens", "captures.toml")
    for kind in CaptureKind:
        sort = f"attack ({facts[kind]['split']})" if facts[kind]["attack"] else "honest"
        lines.append(f"capture   {kind:<26} {sort:<29} {' '.join(facts[kind]['faults'])}".rstrip())
    return "\n".join([*lines, *(f"camera    {camera}" for camera in Camera)])

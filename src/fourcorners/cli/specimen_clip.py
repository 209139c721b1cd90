"""`fourcorners specimen-clip`: clips of drawn heads that follow a challenge, and of attacks, with the truth."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["specimen_clip"]


def specimen_clip(
    out: Annotated[Path, typer.Argument(help="Folder to write to.")],
    challenge: Annotated[
        str, typer.Option(help="The steps done, by commas: left, right, up, down, nod, blink, closer, dot.")
    ] = "right,left,nod",
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="genuine, still_photo, held_photo, bent_photo, screen_replay, frozen, looped, cut or swapped; "
            "may be given several times."
        ),
    ] = None,
    nonce: Annotated[str, typer.Option(help="The challenge's nonce: the path of the dot is drawn from it.")] = "",
    person: Annotated[int, typer.Option(min=0, help="Who is drawn.")] = 0,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same clips.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="Clips of each kind, from seed on.")] = 1,
    width: Annotated[int, typer.Option(min=160, max=1920, help="Width in pixels.")] = 480,
    height: Annotated[int, typer.Option(min=160, max=1920, help="Height in pixels.")] = 640,
) -> None:
    """Draw clips of a head that follows a challenge: turns, nods, blinks. Or of what is held there in its place."""
    from fourcorners.checks.live import dot_path
    from fourcorners.specimens.heads3d import head_clip, save_clip

    dot = dot_path(nonce).knots
    steps = [step.strip() for step in challenge.split(",") if step.strip()]
    for number in range(seed, seed + count):
        for name in kind or ["genuine"]:
            clip = head_clip(person, steps, name, seed=number, size=(width, height), dot=dot)
            typer.echo(save_clip(clip, out / f"clip-{number}-{name}"))

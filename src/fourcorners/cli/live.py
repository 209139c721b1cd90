"""`fourcorners live`: was a challenge followed by a living person?"""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fourcorners.cli.files import Answer, answer_each, listed, print_answers
from fourcorners.cli.options import AsJson, FilesFrom, Workers

__all__ = ["live"]


def live(
    challenge: Annotated[
        str,
        typer.Option(help="The steps asked for, in order: left, right, up, down, nod, blink, closer, dot; by commas."),
    ],
    files: Annotated[
        list[str] | None, typer.Argument(help="Clips: MP4, MOV, WebM, AVI, GIF.", show_default=False)
    ] = None,
    files_from: FilesFrom = None,
    nonce: Annotated[str, typer.Option(help="The challenge's nonce, from which the path of the dot was drawn.")] = "",
    earlier: Annotated[
        Path | None, typer.Option(help="A text file with the signatures of earlier sessions, one a line.")
    ] = None,
    as_json: AsJson = False,
    workers: Workers = None,
) -> None:
    """Judge clips of a face: were the steps done, in order, by somebody who is there? Sides are the person's own."""
    from fourcorners.checks.live import steps_from

    names, steps = listed(files, files_from), steps_from(challenge)
    known = _signatures(earlier) if earlier else ()
    answers = answer_each(partial(_live, steps=steps, nonce=nonce, earlier=known), names, workers)
    print_answers(answers, len(names), as_json=as_json, show=_show)


def _live(name: str, steps: tuple[str, ...], nonce: str, earlier: tuple[str, ...]) -> Answer:
    from fourcorners.checks.live import Challenge, judge_track
    from fourcorners.vision.clips import open_clip, watch

    clip = open_clip(name)
    return judge_track(watch(clip.frames(), clip.editors), Challenge(steps, nonce), earlier).to_dict()


def _signatures(path: Path) -> tuple[str, ...]:
    try:
        return tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"The signatures in {path} cannot be read: {error}") from error


def _show(console: Console, answer: Answer) -> None:
    console.print(
        f"{answer['file']}: {'passed' if answer['passed'] else answer['code']} {', '.join(answer['reasons'])}".rstrip(),
        markup=False,
        highlight=False,
    )
    for step in answer["steps"]:
        seen = "not seen" if step["start_s"] is None else f"{step['start_s']:.1f} to {step['end_s']:.1f} s"
        console.print(
            f"  {step['name']}: {'done' if step['passed'] else 'failed'}, {seen}", markup=False, highlight=False
        )

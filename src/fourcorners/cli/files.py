"""One answer a file: in order, on all cores, as JSON Lines or as text."""

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fourcorners.cli.exits import Exit
from fourcorners.kit.errors import Refusal

__all__ = ["Answer", "answer_each", "error_of", "in_parallel", "listed", "print_answers", "progress_bar"]

INTERNAL_ERROR = "internal_error"

Answer = dict[str, Any]
"""The JSON object about one file; `error` instead of a result when it cannot be judged."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def listed(files: Sequence[str] | None, files_from: Path | None) -> list[str]:
    """The files named on the command line, then those of the list, as they were given.

    Raises typer.BadParameter for a list that cannot be read, and when there is no file at all.
    """
    names = list(files or [])
    if files_from is not None:
        try:
            names += [line for line in files_from.read_text(encoding="utf-8").splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError) as error:
            raise typer.BadParameter(f"The list {files_from} cannot be read: {error}") from error
    if not names:
        raise typer.BadParameter("Name at least one file, or a list with --files-from.")
    return names


def answer_each(
    work: Callable[[str], Answer], names: Sequence[str], workers: int | None = None
) -> Generator[Answer, None, None]:
    """`work(name)` for each file, as `{"file": name, ...}`; a refusal becomes the file's `error`."""
    return in_parallel(_Answering(work), names, workers)


def in_parallel(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int | None = None
) -> Generator[Result, None, None]:
    """`work` on each item in processes of its own, results in order. One item is worked on right here."""
    count = min(workers or os.cpu_count() or 1, len(items))
    if count <= 1:
        yield from map(work, items)
        return
    # Spawned, not forked: a fork would inherit half-started thread pools of the networks.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_one_thread) as pool:
        try:
            yield from pool.map(work, items)
        except BaseException:  # whoever asked wants no more: leave the rest undone
            pool.shutdown(cancel_futures=True)
            raise


def print_answers(
    answers: Generator[Answer, None, None], total: int, *, as_json: bool, show: Callable[[Console, Answer], None]
) -> list[Answer]:
    """Print each answer as soon as it is there: a JSON line, or what `show` makes of it. Returns all of them.

    Ends the command with `Exit.INTERNAL` if there was a bug on the way.
    """
    console = Console()
    done = []
    with closing(answers), progress_bar(total) as advance:
        for answer in answers:
            done.append(answer)
            if as_json:
                sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
                sys.stdout.flush()
            elif "error" in answer:
                message = f"{answer.get('file', '')}: {answer['error']['message']} ({answer['error']['code']})"
                console.print(message, style="red", markup=False, highlight=False)
            else:
                show(console, answer)
            advance()
    if any("error" in answer and answer["error"]["code"] == INTERNAL_ERROR for answer in done):
        raise typer.Exit(Exit.INTERNAL)
    return done


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error when that is a terminal and there is more than one thing to wait for."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("files", total=total)
        yield lambda: bar.advance(task)


def error_of(problem: Exception) -> dict[str, str]:
    """Code and message of a refusal; a bug gets the code `internal_error`, with --debug it is raised again."""
    if isinstance(problem, Refusal):
        return {"code": problem.code, "message": problem.message}
    if "--debug" in sys.argv:
        raise problem
    return {"code": INTERNAL_ERROR, "message": f"{type(problem).__name__}: {problem}"}


class _Answering:
    """Wraps the work on one file; a class, because a worker process must be able to receive it."""

    def __init__(self, work: Callable[[str], Mapping[str, Any]]) -> None:
        self.work = work

    def __call__(self, name: str) -> Answer:
        try:
            return {"file": name, **self.work(name)}
        except Exception as problem:  # a bug on one picture must not stop ten thousand
            return {"file": name, "error": error_of(problem)}


def _one_thread() -> None:
    """Workers share the cores among themselves; OpenCV would start a thread a core in each."""
    import cv2

    cv2.setNumThreads(1)

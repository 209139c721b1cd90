"""Processes that draw for as long as the networks learn: photos, swatches and spliced places."""

import multiprocessing as mp
from collections.abc import Iterator
from itertools import count
from multiprocessing.queues import Queue
from typing import TypeAlias

import cv2
import numpy as np
from training.originality.contents import contents
from training.originality.donors import Photo, Pixels, Rng
from training.originality.page_windows import NEITHER, Seen, recaptured, seen_in, swatch
from training.originality.splices import Example, drawn_document, example, photo
from training.originality.tuning_pictures import Shown, tuning_picture

__all__ = ["Drawn", "start"]

Drawn: TypeAlias = tuple[str, bool, Seen | Example | Shown]
"""Its sort ("page", "swatch", "splice" or "tuning"), whether it is held out, and what was drawn."""

KEPT_PHOTOS = 8
"""Photos that a process cuts places from; pieces of the others are pasted in."""
PHOTOS, PLACES, SWATCHES = 2, 16, 6
"""Of each document: so many photos of it, and as many of a copy of it; places cut from photos; swatches beside."""
DOCUMENTS, FIRST_TURNS = 10, 5
SWATCHES_HELD_OUT = 0.08
TUNING_EVERY, TUNING = 4, 2
"""Documents after which as many pictures of the tuning templates are drawn, to measure on."""
PLAIN_SHARE = 0.6
MISHAPS = ("held", "glare", "shadow", "noise", "low_light", "colour_cast", "blur", "motion_blur")


def start(workers: int, seed: int) -> tuple["Queue[Drawn]", list[mp.Process]]:
    """Start drawing; the queue gives what was drawn."""
    context = mp.get_context("spawn")
    queue: Queue[Drawn] = context.Queue(64)
    processes = [context.Process(target=_draw, args=(queue, seed, n), daemon=True) for n in range(workers)]
    for process in processes:
        process.start()
    return queue, processes  # type: ignore[return-value]


def _draw(queue: "Queue[Drawn]", seed: int, worker: int) -> None:
    cv2.setNumThreads(1)
    rng = np.random.default_rng((seed, worker))
    kept: dict[bool, list[Photo]] = {True: [], False: []}
    pool: list[Pixels] = []
    first = 10_000 * (seed * 64 + worker)
    for turn in count():
        try:
            for sort, held, drawn in _turn(rng, first + 10 * turn, kept):
                queue.put((sort, held, drawn))
            if turn % TUNING_EVERY == TUNING_EVERY - 1:
                for n in range(TUNING):
                    queue.put(("tuning", False, tuning_picture(rng, first + 10 * turn + n)))
            if turn == FIRST_TURNS:  # later, so that the first examples come soon
                pool = contents(rng, DOCUMENTS)
            for _ in range(SWATCHES if pool else 0):
                queue.put(("swatch", rng.random() < SWATCHES_HELD_OUT, swatch(rng, pool)))
        except (cv2.error, ValueError) as error:  # one bad drawing must not end hours of it
            print(f"turn {turn} of process {worker}: {error}", flush=True)


def _turn(rng: Rng, number: int, kept: dict[bool, list[Photo]]) -> Iterator[Drawn]:
    """Photos of one document and of copies of it, and places cut from photos."""
    document, font, held = drawn_document(rng, number)
    for n in range(number, number + PHOTOS):
        plain = rng.random() < PLAIN_SHARE
        taken = photo(rng, n, document, font, "genuine" if plain else str(rng.choice(MISHAPS)))
        if plain:
            kept[held] = [*kept[held], taken][-KEPT_PHOTOS:]
        yield "page", held, seen_in(rng, taken.pixels, taken.corners, NEITHER)
        yield "page", held, recaptured(rng, n, document)
    if len(kept[held]) >= 2:
        for _ in range(PLACES):
            cut = example(rng, kept[held])
            if cut is not None:
                yield "splice", held, cut

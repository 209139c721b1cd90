"""Work that a process holds but does not do: its end could not be written down, as when the disk was full for a moment.

DBOS goes on with such work when the process starts again; a process that lives on must look for it itself.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

__all__ = ["Held"]


class Held:
    """What one process does at present. `clock` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._doing: set[str] = set()
        self._idle: dict[str, float] = {}

    @contextmanager
    def doing(self, work: str) -> Iterator[None]:
        """Around the work itself."""
        self._doing.add(work)
        try:
            yield
        finally:
            self._doing.discard(work)

    def idle(self, held: Iterable[str], after_s: float) -> list[str]:
        """Which of the works that this process is said to hold it has not been doing, at every look, for so long."""
        now = self.clock()
        self._idle = {work: self._idle.get(work, now) for work in held if work not in self._doing}
        return [work for work, since in self._idle.items() if now - since >= after_s]

"""Real worker processes that start in a moment: a process which has loaded everything forks one for each line it reads.

`with nursery(floor) as start: worker = start()`: a `fourcorners worker` on the database and files of `floor`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engines import KEYRING

PATIENCE_S = 60


class Worker:
    """One worker process; `signal` it, `wait` until it is gone."""

    def __init__(self, number: int) -> None:
        self.number, self.since = number, time.monotonic()

    def alive(self) -> bool:
        return Path(f"/proc/{self.number}").exists() if Path("/proc").is_dir() else _answers(self.number)

    def signal(self, which: int) -> None:
        os.kill(self.number, which)

    def worked_s(self) -> float:
        """Seconds of computing so far: moments that do not depend on how busy the machine is."""
        try:
            fields = Path(f"/proc/{self.number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return time.monotonic() - self.since
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait(self) -> None:
        """Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_S
        while self.alive():
            if time.monotonic() > until:
                raise TimeoutError(self.number)
            time.sleep(0.01)


@contextmanager
def nursery(floor, *, log: Path, **settings: str) -> Iterator[Callable[[], Worker]]:
    """What starts a worker. Those that are left are killed in the end. `settings` go to the workers."""
    environment = {
        **os.environ,
        "FOURCORNERS_DATABASE_URL": floor.settings.database,
        "FOURCORNERS_DATA_DIR": str(floor.settings.data_dir),
        "FOURCORNERS_BLOB_URL": floor.settings.blobs,
        "FOURCORNERS_MASTER_KEY": b64encode(KEYRING.master).decode(),
        "OMP_NUM_THREADS": "1",
        **settings,
    }
    log.touch()
    started = []
    with (
        log.open("ab") as told,
        subprocess.Popen(
            [sys.executable, __file__], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told
        ) as parent,
    ):

        def start() -> Worker:
            parent.stdin.write(b"\n")
            parent.stdin.flush()
            started.append(Worker(int(parent.stdout.readline())))
            return started[-1]

        try:
            yield start
        finally:
            for worker in started:
                if worker.alive():
                    worker.signal(signal.SIGKILL)
            parent.stdin.close()


def _answers(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def _main() -> None:
    from fourcorners.cli import serving
    from fourcorners.migrations import is_current  # noqa: F401 - what a worker loads as it starts
    from fourcorners.workflows import worker  # noqa: F401 - the same

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever dies is gone at once
    for _ in sys.stdin.buffer:
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            serving.worker()
            os._exit(0)
        sys.stdout.write(json.dumps(number) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()

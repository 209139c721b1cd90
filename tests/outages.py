"""What goes wrong around a service: a database server that is cut off, a disk that is full. Real ones, both."""

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from engines import start_postgres

PATIENCE_S = 60
DISK = "8m"
PAGE = 4096


@contextmanager
def lone_server() -> Iterator[Any]:
    """A PostgreSQL server that may be cut off: no other test uses it."""
    started = start_postgres()
    yield started
    started.cleanup()


def cut_off(server) -> None:
    """The server ends at once, as with the power; `bring_back` has it back."""
    os.kill(server.get_pid(), signal.SIGQUIT)
    until, lock = time.monotonic() + PATIENCE_S, server.pgdata / "postmaster.pid"
    while lock.exists() and time.monotonic() < until:
        time.sleep(0.02)


def bring_back(server) -> None:
    """Start it again on what it had written; on a busy machine it may take longer than its package waits."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return server.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError):
            if time.monotonic() > until:
                raise


def cut_off_while_it_waits(server, table: str, ask: Callable[[], object]) -> object:
    """What comes of `ask`, which stood before this table, locked by somebody else, when the server was cut off."""
    came = []
    other = psycopg.connect(server.get_uri())
    other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    asking = threading.Thread(target=lambda: came.append(ask()))
    asking.start()
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    until = time.monotonic() + PATIENCE_S
    with psycopg.connect(server.get_uri(), autocommit=True) as watch:
        while not watch.execute(waiting).fetchone()[0] and time.monotonic() < until:
            time.sleep(0.02)
        cut_off(server)
    asking.join(PATIENCE_S)
    other.close()
    return came[0]


@contextmanager
def small_disk(folder: Path, size: str = DISK) -> Iterator[None]:
    """A file system of its own with little room; the test is left out where only others may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a page is left, and what becomes free meanwhile is taken at the start only."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file:
        for size in (256 * PAGE, PAGE):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    try:
        yield
    finally:
        path.unlink()


@contextmanager
def short_files(_: Path) -> Iterator[None]:
    """No file of this process can grow beyond a page: a full disk on any machine, without being root."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PAGE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

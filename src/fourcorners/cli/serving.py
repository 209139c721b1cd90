"""`fourcorners serve`, `worker`, `migrate`: the processes of the service."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from fourcorners.kit.errors import Refusal

if TYPE_CHECKING:
    from fourcorners.infra import Floor

__all__ = ["DatabaseOld", "PortTaken", "migrate", "ready_floor", "serve", "worker"]

RESTART_AFTER_S = 1.0
STOP_WITHIN_S = 40


class PortTaken(Refusal):
    """Something else listens there, or the address is not one of this machine."""

    code = "port_taken"


class DatabaseOld(Refusal):
    """The database lacks tables or columns of this version."""

    code = "database_old"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    with_worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Also start a worker beside it.")] = True,
    demo: Annotated[
        bool, typer.Option(help="Fill in demonstration accounts and cases, and print where to look.")
    ] = False,
) -> None:
    """Serve the pages and the API; a worker process beside it does the checks."""
    import uvicorn

    from fourcorners.devices import ask_device, ask_device_of_customers
    from fourcorners.infra.logs import set_up_logs
    from fourcorners.web.app import create_app
    from fourcorners.workflows import Dispatch

    set_up_logs()
    listening = _listen(host, port)
    if demo:
        os.environ["FOURCORNERS_MODE"] = "demo"
        for setting in ("WEBHOOKS_PLAIN_HTTP", "WEBHOOKS_PRIVATE_ADDRESSES"):  # to the demonstration's own page
            os.environ.setdefault(f"FOURCORNERS_{setting}", "true")
    os.environ.setdefault("FOURCORNERS_PUBLIC_URL", f"http://{host}:{port}")  # the worker beside it must know it too
    with ready_floor() as floor:
        dispatch = Dispatch(floor.database, floor.settings)
        floor.database.after_commit.append(dispatch)
        with _worker_beside() if with_worker else _nothing():
            app = create_app(floor)
            typer.echo(f"Serving on {floor.settings.public_url}")
            demonstrated = floor.settings.mode == "demo"
            app.state.further = ask_device_of_customers if demonstrated else ask_device
            if demonstrated:
                _demonstrate(floor)
            config = uvicorn.Config(app, log_level="warning", access_log=False)
            # uvicorn raises the signal that ended it once more; what is below has to run all the same
            signal.signal(signal.SIGTERM, lambda *_: sys.exit())
            uvicorn.Server(config).run(sockets=[listening])
        dispatch.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise PortTaken(f"Nothing can listen on {host}:{port}. Choose another with --port.", port=port) from error


def _demonstrate(floor: "Floor") -> None:
    """Print the two addresses at once; the cases are drawn and submitted meanwhile."""
    from fourcorners.operations.demonstration import prepare

    shown = prepare(floor)
    url = floor.settings.public_url.rstrip("/")
    typer.echo(f"\nAs an applicant:  {url}/demo")
    typer.echo(f"As staff, or as a customer who brings a new device:  {url}/sign-in")
    for email, password in shown.passwords.items():
        typer.echo(f"                  {email}  {password}")
    typer.echo("\nFive people and two institutions with drawn documents are being added. Ctrl-C ends it.\n")
    threading.Thread(target=_add_demonstration, args=(floor,), name="demonstration", daemon=True).start()


def _add_demonstration(floor: "Floor") -> None:
    from fourcorners.operations.demonstration import add_cases
    from fourcorners.operations.demonstration_institutions import add_institutions

    add_cases(floor)
    add_institutions(floor)


def worker(
    until_closed: Annotated[
        bool, typer.Option("--until-closed", help="End when standard input is closed, as when its parent is gone.")
    ] = False,
) -> None:
    """Do the durable work: checks, mails, webhooks, regular sweeps. Any number of them may share it on PostgreSQL."""
    from fourcorners.infra.logs import set_up_logs
    from fourcorners.workflows.worker import Worker

    set_up_logs()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if until_closed:
        threading.Thread(target=_wait_for_the_end_of_input, args=(stop,), name="parent", daemon=True).start()
    with ready_floor() as floor:
        running = Worker(floor)
        running.start()
        stop.wait()
        running.stop()


def _wait_for_the_end_of_input(stop: threading.Event) -> None:
    # The descriptor itself: where a thread holds the lock of sys.stdin, the interpreter ends with a fatal error.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()


def migrate() -> None:
    """Bring the database to the form of this version, and the help articles with it. Harmless when they are there."""
    from fourcorners.help.actions import import_articles
    from fourcorners.help.article import shipped
    from fourcorners.infra import Settings, open_floor
    from fourcorners.migrations import migrate as bring_up
    from fourcorners.workflows import make_work_tables

    floor = open_floor(Settings())
    bring_up(floor.database)
    make_work_tables(floor.settings)
    with floor.database.write() as db:
        import_articles(db, shipped(), actor="system")
    floor.close()
    typer.echo("The database is in the form of this version.")


@contextmanager
def ready_floor() -> "Iterator[Floor]":
    """The opened floor. A SQLite database is brought up by itself; one that others may share is not.

    Raises DatabaseOld.
    """
    from fourcorners.infra import Settings, open_floor
    from fourcorners.migrations import is_current

    floor = open_floor(Settings())
    try:
        if not is_current(floor.database):
            if floor.database.dialect != "sqlite":
                raise DatabaseOld("The database is not in the form of this version: run `fourcorners migrate` first.")
            migrate()
        yield floor
    finally:
        floor.close()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _worker_beside() -> Iterator[None]:
    """A worker in a process of its own, so that checks never hold up a page; started again if it dies.

    It holds the other end of a pipe that closes with this process, however that ends: no worker is left alone.
    """
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stopping.is_set():
            child = subprocess.Popen(
                [sys.executable, "-m", "fourcorners.cli", "worker", "--until-closed"],
                env=os.environ,
                stdin=subprocess.PIPE,
            )
            running[:] = [child]
            child.wait()
            stopping.wait(RESTART_AFTER_S)

    keeper = threading.Thread(target=keep, name="worker-keeper", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        for child in running:
            child.terminate()
        keeper.join(STOP_WITHIN_S)

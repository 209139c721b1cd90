"""The worker: runs what was handed over, tries again what fails, takes over from workers that are lost.

DBOS is one thing a process, so there is one worker a process.
"""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig
from sqlalchemy import delete, select

from fourcorners.infra.db import WriteSession
from fourcorners.infra.floor import Floor
from fourcorners.infra.logs import log
from fourcorners.kit.errors import Refusal
from fourcorners.workflows.dispatch import APPLICATION, SCHEMA, VERSION, WORK, Dispatch, work_url
from fourcorners.workflows.handlers import GAVE_UP, perform
from fourcorners.workflows.held import Held
from fourcorners.workflows.models import WorkerSeen
from fourcorners.workflows.retries import retries_of, rules
from fourcorners.workflows.steady import is_steady
from fourcorners.workflows.sweeps import SWEEPS

__all__ = ["Worker"]

DONE = ""
SET_ASIDE = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
"""DBOS's name for work during which its process died a hundred times."""
BROUGHT_DOWN = "worker_brought_down"


class Worker:
    """Call `start` once, `stop` once. Everything that it does for others goes through `floor`."""

    running: "Worker | None" = None

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.dispatch: Dispatch | None = None
        self.held = Held()
        self._stopping = threading.Event()
        self._alive = threading.Thread(target=self._say_alive, name="alive", daemon=True)

    def start(self) -> None:
        """Begin: what this worker had not finished when it was last stopped or killed goes on first."""
        settings = self.floor.settings
        DBOS(config=self._config())
        Worker.running = self
        DBOS.launch()
        DBOS.register_queue(
            "checks",
            worker_concurrency=settings.checks_at_once,
            polling_interval_sec=rules()["poll_checks_s"],
        )
        DBOS.register_queue(
            "errands",
            worker_concurrency=rules()["errands_at_once"],
            polling_interval_sec=rules()["poll_errands_s"],
        )
        self.dispatch = Dispatch(self.floor.database, settings)
        self.floor.database.after_commit.append(self.dispatch)
        DBOS.apply_schedules(
            [
                {"schedule_name": name, "workflow_fn": sweep, "schedule": cron, "context": name}
                for name, cron in rules()["sweeps"].items()
            ]
        )
        with self.floor.database.write() as db:
            _seen(db, settings.executor, db.now)
        self.dispatch.sweep()
        self._alive.start()
        log.info("worker.started", executor=settings.executor)

    def stop(self, *, wait_s: int = 30) -> None:
        """End, letting what runs finish for at most `wait_s`; what does not is gone on with at the next start."""
        self._stopping.set()
        DBOS.destroy(workflow_completion_timeout_sec=wait_s)
        if self.dispatch is not None:
            self.floor.database.after_commit.remove(self.dispatch)
            self.dispatch.close()
        Worker.running = None

    def recover_lost(self) -> None:
        """Take over what workers had begun that have not been heard of for a while."""
        with self.floor.database.write() as db:
            long_ago = db.now - timedelta(seconds=rules()["workers"]["lost_after_s"])
            own = self.floor.settings.executor
            query = select(WorkerSeen.executor).where(WorkerSeen.seen_at < long_ago, WorkerSeen.executor != own)
            lost = list(db.scalars(query))
        if lost:
            DBOS._recover_pending_workflows(lost)  # noqa: SLF001 - DBOS has no public name for it
            with self.floor.database.write() as db:
                db.execute(delete(WorkerSeen).where(WorkerSeen.executor.in_(lost), WorkerSeen.seen_at < long_ago))
            log.info("worker.took_over", workers=len(lost))

    def go_on(self) -> None:
        """Have work done again that this process holds but does not do; set aside what brings workers down."""
        if self.dispatch is None:
            return
        client, own = self.dispatch.client, self.floor.settings.executor
        for status in client.list_workflows(name=WORK, status=SET_ASIDE, load_output=False):
            kind, payload, _ = status.input["args"] if status.input else ("", {}, 0)
            if kind in GAVE_UP:
                GAVE_UP[kind](self.floor, payload, BROUGHT_DOWN)
                client.delete_workflow(status.workflow_id)
            else:
                client.resume_workflow(status.workflow_id, queue_name=retries_of(kind).queue)
            log.error("work.set_aside", kind=kind, code=BROUGHT_DOWN)
        held = {
            status.workflow_id: status.queue_name
            for status in client.list_workflows(
                name=WORK, status="PENDING", executor_id=own, load_input=False, load_output=False
            )
        }
        for work in self.held.idle(held, rules()["workers"]["lost_after_s"]):
            client.resume_workflow(work, queue_name=held[work])
            log.warning("work.gone_on_with", work=work.partition(":")[0])

    def _say_alive(self) -> None:
        while not self._stopping.wait(rules()["workers"]["seen_every_s"]):
            try:
                with self.floor.database.write() as db:
                    _seen(db, self.floor.settings.executor, db.now)
                self.go_on()
            except Exception as problem:  # whatever it is: a worker that works must not fall silent
                log.warning("worker.not_heard", cause=getattr(problem, "code", type(problem).__name__))

    def _config(self) -> DBOSConfig:
        return {
            "name": APPLICATION,
            "system_database_url": work_url(self.floor.settings),
            "dbos_system_schema": SCHEMA,
            "application_version": VERSION,
            "executor_id": self.floor.settings.executor,
            "log_level": "WARNING",
            "enable_otlp": False,
            "scheduler_polling_interval_sec": 5.0,
            "max_executor_threads": 64,
        }


@DBOS.step(name="try")
def try_once(kind: str, payload: Mapping[str, Any]) -> str:
    """Do it now; the code of what went wrong, or nothing. A refusal that no second try can help is told apart."""
    worker = Worker.running
    if worker is None:
        raise RuntimeError("No worker runs in this process.")
    try:
        perform(worker.floor, kind, payload)
    except Refusal as refusal:
        log.warning("work.refused", kind=kind, code=refusal.code)
        return refusal.code
    except Exception as bug:
        log.error("work.failed", kind=kind, cause=type(bug).__name__)
        return "bug"
    return DONE


@DBOS.step(name="give_up")
def give_up(kind: str, payload: Mapping[str, Any], code: str) -> None:
    """All tries failed: say so where a person sees it."""
    worker = Worker.running
    if worker is not None and kind in GAVE_UP:
        GAVE_UP[kind](worker.floor, payload, code)
    log.error("work.given_up", kind=kind, code=code)


@DBOS.workflow(name=WORK)
def work(kind: str, payload: dict[str, Any], tried: int) -> str:
    """One try of one piece of work. The next one, if need be, is enqueued with a delay: it holds no place meanwhile."""
    worker = Worker.running
    if worker is None:
        raise RuntimeError("No worker runs in this process.")
    with worker.held.doing(str(DBOS.workflow_id)):
        return _try_and_plan(kind, payload, tried)


def _try_and_plan(kind: str, payload: dict[str, Any], tried: int) -> str:
    code = try_once(kind, payload)
    if code == DONE:
        return DONE
    retries = retries_of(kind)
    wait_s = retries.wait_s(tried)
    if wait_s is None:
        give_up(kind, payload, code)
        return code
    first = str(DBOS.workflow_id).partition(":")[0]
    DBOS.enqueue_workflow_with_options(
        {
            "workflow_name": WORK,
            "queue_name": retries.queue,
            "workflow_id": f"{first}:{tried + 1}",
            "app_version": VERSION,
            "delay_seconds": wait_s,
        },
        kind,
        payload,
        tried + 1,
    )
    return code


@DBOS.workflow(name="sweep")
def sweep(at: datetime, name: str) -> None:
    """One of the regular sweeps."""
    sweep_once(name)


@DBOS.step(name="sweep_once")
def sweep_once(name: str) -> None:
    """Do it now; what goes wrong is tried at its next time."""
    worker = Worker.running
    if worker is None:
        raise RuntimeError("No worker runs in this process.")
    try:
        if not is_steady(worker.floor.database, name):
            return
        if name == "handovers.sweep" and worker.dispatch is not None:
            worker.dispatch.sweep()
        elif name == "work.sweep" and worker.dispatch is not None:
            worker.dispatch.forget()
        elif name == "workers.sweep":
            worker.recover_lost()
        else:
            SWEEPS[name](worker.floor)
    except Refusal as refusal:
        log.warning("sweep.refused", kind=name, code=refusal.code)
    except Exception as bug:
        log.error("sweep.failed", kind=name, cause=type(bug).__name__)


def _seen(db: WriteSession, executor: str, now: datetime) -> None:
    row = db.get(WorkerSeen, executor)
    if row is None:
        db.add(WorkerSeen(executor=executor, started_at=now, seen_at=now))
    else:
        row.seen_at = now
    db.flush()

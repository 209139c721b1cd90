"""Give committed hand-overs to DBOS, whose queue the workers share. Safe from any process, any number of times."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dbos import DBOSClient, run_dbos_database_migrations
from sqlalchemy import make_url

from fourcorners.infra.db import Database
from fourcorners.infra.handover import HandOver, list_taken, list_waiting, mark_taken, remove_handed_over
from fourcorners.infra.logs import log
from fourcorners.infra.settings import Settings
from fourcorners.workflows.retries import retries_of, rules

__all__ = ["APPLICATION", "SCHEMA", "VERSION", "WORK", "Dispatch", "make_work_tables", "work_url"]

APPLICATION = "fourcorners"
WORK = "work"
SCHEMA = "dbos"
FORGOTTEN_AT_ONCE = 500
DONE = ["SUCCESS", "ERROR", "CANCELLED"]
VERSION = "1"
"""Of the form of our one workflow, not of the program: a new release goes on with the work of the one before it."""


def work_url(settings: Settings) -> str:
    """Where DBOS keeps its tables: a file of its own beside SQLite, a schema of its own in PostgreSQL."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{settings.data_dir.absolute() / 'work.db'}"
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def make_work_tables(settings: Settings) -> None:
    """Make or renew DBOS's tables."""
    run_dbos_database_migrations(work_url(settings), schema=SCHEMA)


class Dispatch:
    """Enqueues hand-overs. Their id is the workflow's id, so a second time changes nothing."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.client = DBOSClient(
            system_database_url=work_url(settings),
            dbos_system_schema=SCHEMA,
            application_name=APPLICATION,
            retry_connection_errors=False,  # whoever waits for a page does not wait for a database that went away
        )

    def __call__(self, works: Sequence[str]) -> None:
        """Enqueue these hand-overs. A failure is no error here: the next sweep finds what is left."""
        try:
            for work in works:
                self._enqueue(work)
        except Exception as problem:
            log.warning("handover.left_for_sweep", cause=type(problem).__name__)

    def sweep(self) -> int:
        """Enqueue whatever was left over, and say how much that was."""
        with self.database.read() as db:
            left = [work.id for work in list_waiting(db)]
        for work in left:
            self._enqueue(work)
        return len(left)

    def forget(self) -> int:
        """Remove work that was done long ago: the hand-overs, then the queue's, sweeps among it. Returns how much."""
        with self.database.read() as db:
            before = db.now - timedelta(days=rules()["forget_after_days"])
        self._forget_handed_over(before)
        done = 0
        while old := self._done(before):
            self.client.delete_workflows(old)
            done += len(old)
        return done

    def close(self) -> None:
        """Give back the connections."""
        self.client.destroy()

    def _forget_handed_over(self, before: datetime) -> None:
        """All that were taken before then and are not to be done any more; a restore begins none of them anew."""
        after = None
        while True:
            with self.database.read() as db:
                taken = list_taken(db, before, after=after, at_most=FORGOTTEN_AT_ONCE)
            if not taken:
                return
            ids = [work for _, work in taken]
            known = self.client.list_workflows(workflow_ids=ids, load_input=False, load_output=False)
            left = {status.workflow_id for status in known if status.status not in DONE}
            with self.database.write() as db:
                remove_handed_over(db, [work for work in ids if work not in left])
            after = taken[-1]

    def _done(self, before: datetime) -> list[str]:
        found = self.client.list_workflows(
            status=DONE,
            end_time=before.isoformat(),
            limit=FORGOTTEN_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        return [status.workflow_id for status in found]

    def _enqueue(self, work: str) -> None:
        with self.database.read() as db:
            row = db.get(HandOver, work)
            if row is None or row.taken_at is not None:
                return
            kind, payload = row.kind, row.payload
        self.client.enqueue(
            {"workflow_name": WORK, "queue_name": retries_of(kind).queue, "workflow_id": work, "app_version": VERSION},
            kind,
            payload,
            1,
        )
        with self.database.write() as db:
            mark_taken(db, work)

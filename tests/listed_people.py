"""Lists of the operator, and a person who is like an entry of one."""

import json

from cases import finished_run, submitted_case
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.people.actions import RUN
from fourcorners.screening.lists import CHANGED, import_list
from fourcorners.screening.queries import list_hits_of
from fourcorners.workflows import perform

ANNA = {
    "id": "nk-1",
    "schema": "Person",
    "properties": {"name": ["Eriksson, Anna-Maria"], "birthDate": ["1974"], "country": ["se"]},
}
"""An entry that is like the applicant of `cases`."""

NOBODY = {"id": "nk-9", "schema": "Person", "properties": {"name": ["Zbigniew Wisniewski"]}}


def bring(floor, tmp_path, *rows):
    """Import rows as the list `eu`, and screen everybody again."""
    path = tmp_path / "list.json"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    import_list(floor.database, floor.blobs, path, "eu", actor="acc_1")
    with floor.database.read() as db:
        waiting = [work for work in list_waiting(db) if work.kind == CHANGED]
    for work in waiting:
        perform(floor, work.kind, work.payload)
        with floor.database.write() as db:
            mark_taken(db, work.id)


def checked(floor, *, read=None, again=None, **given):
    """A case of whom the pictures say nothing against them, as the worker leaves it; `again` is one to go on with."""
    case, submission = again or submitted_case(floor, **given)
    finished_run(floor, case, submission, "approve", read=read)
    perform(floor, RUN, {"verification": case, "submission": submission})
    return case


def hits(floor, case):
    """The hits of a case, the best first."""
    with floor.database.read() as db:
        return list_hits_of(db, case)

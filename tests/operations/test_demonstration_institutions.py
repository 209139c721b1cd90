"""The demonstration's institutions: one waits in the queue, one is a draft; drawn twice, there once."""

from fourcorners.clearance.queries import find_review
from fourcorners.infra.handover import list_waiting
from fourcorners.institutions.models import Institution
from fourcorners.institutions.queries import find_assessment, find_institution, read_assessment
from fourcorners.institutions.reading import progress_of
from fourcorners.operations.demonstration_institutions import DRAFT, WAITING, add_institutions
from fourcorners.workflows.handlers import perform


def test_two_institutions_are_drawn_once(sqlite_floor):
    floor = sqlite_floor
    add_institutions(floor)
    add_institutions(floor)
    with floor.database.read() as db:
        work = [w for w in list_waiting(db) if w.kind == "institution.assess"]
        assert db.query(Institution).count() == 2
        progress = progress_of(db, find_institution(db, reference=DRAFT), today=db.now.date())
        assert progress.states["ownership"] == "complete"
        assert not progress.is_complete
    (one,) = work
    perform(floor, one.kind, one.payload)
    with floor.database.read() as db:
        firm = find_institution(db, reference=WAITING)
        found = read_assessment(db, find_assessment(db, firm.id))
        assert find_review(db, firm.id).waits_for == "reviewer"
        assert {o["name"] for o in found["ownership"]["owners"]} == {"Owen Pritchard", "James Hartley"}
        assert len(found["people"]) == 3
        assert all(person["document"]["name_agrees"] for person in found["people"].values())
        told = {paper["paper"]: paper["problems"] for paper in found["papers"]}
        assert not any("paper_wrong_kind" in problems for problems in told.values())

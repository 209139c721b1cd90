"""How risky an institution is, by what was entered and by what screening found."""

from datetime import date
from typing import Any

from fourcorners.infra.db import ReadSession
from fourcorners.infra.floor import Floor
from fourcorners.institutions.application import Application
from fourcorners.institutions.queries import list_parties, read_party
from fourcorners.institutions.risk import assess_risk
from fourcorners.screening import Outcome
from fourcorners.screening.queries import list_screened, stops_approval
from fourcorners.screening.rules import State

__all__ = ["risk_of"]


def risk_of(floor: Floor, institution_id: str, application: Application, today: date) -> dict[str, Any]:
    """The scorecard as plain values (`institutions.risk.Risk`). To be asked after screening."""
    with floor.database.read() as db:
        screening = _screening(db, institution_id)
        exposed = [
            str(values.get("name", ""))
            for party in list_parties(db, institution_id)
            if (values := read_party(db, party).values).get("is_pep")
        ]
    return assess_risk(application, today=today, screening=screening, exposed=exposed).to_dict()


def _screening(db: ReadSession, institution_id: str) -> str:
    hits = {State(hit.state) for hit in stops_approval(db, institution_id)}
    if hits:
        return (State.TRUE_MATCH if State.TRUE_MATCH in hits else State.OPEN).value
    screened = {row.outcome for row in list_screened(db, institution_id)}
    return (Outcome.NO_HITS if screened and Outcome.NOT_SCREENED not in screened else Outcome.NOT_SCREENED).value

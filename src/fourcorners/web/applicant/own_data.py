"""What an applicant agreed to, how to take it back, and the way to a copy of their data."""

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.people import State
from fourcorners.people.consents import BIOMETRIC, find_consent
from fourcorners.privacy import withdraw_consent
from fourcorners.web.applicant.whose import mine, mine_to_write, page
from fourcorners.web.forms import Form, page_router
from fourcorners.web.pages import go

__all__ = ["router"]

router = page_router("/verify")
HERE = "/verify/data"
GOES_ON = (State.NOT_STARTED, State.IN_PROGRESS, State.ACTION_REQUIRED, State.EXPIRED_REVERIFY)


@router.get("/data")
def own_data(request: Request) -> Response:
    """The consent as it stands, and what taking it back would change where the verification stands now."""
    with mine(request) as (db, own):
        consent = find_consent(db, own.applicant.id, BIOMETRIC)
        return page(
            request,
            db,
            own,
            "own_data",
            consent=consent,
            holds=consent is not None and consent.withdrawn_at is None,
            goes_on=own.state in GOES_ON,
            has_account=own.applicant.account_id is not None,
        )


@router.post("/data/consent")
def take_consent_back(request: Request, form: Form) -> Response:
    """Take it back: one press, as it was one press to give it. A second one changes nothing."""
    with mine_to_write(request) as (db, own):
        withdraw_consent(db, own.applicant.id, actor=own.applicant.id)
    return go(HERE)

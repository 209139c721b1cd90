"""What a reviewer asks the applicant, and the answer."""

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.clearance.actions import answer
from fourcorners.clearance.errors import NotInReview, TextMissing
from fourcorners.clearance.queries import is_asked, list_messages, read_text
from fourcorners.infra.db import ReadSession
from fourcorners.web.applicant.whose import Mine, mine, mine_to_write, next_path, page
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, words_of

__all__ = ["router"]

router = page_router("/verify")
TEXT_LENGTH_MAX = 4000


@router.get("/question")
def question(request: Request) -> Response:
    """The thread, as long as an answer is waited for."""
    with mine(request) as (db, own):
        if not is_asked(db, own.id):
            return go(next_path(db, own))
        return _page(request, db, own)


@router.post("/question")
def reply(request: Request, form: Form) -> Response:
    """The answer goes back to the reviewer. Sent twice, it is kept once."""
    text = text_of(form, "text", length_max=TEXT_LENGTH_MAX + 1)
    with mine_to_write(request) as (db, own):
        try:
            answer(db, own.id, actor=own.applicant.id, text=text)
        except TextMissing:
            return _page(
                request, db, own, wrong=words_of(request, "applicant")("applicant.question.missing"), text=text
            )
        except NotInReview:
            return go(next_path(db, own))
    return go("/verify/waiting")


def _page(request: Request, db: ReadSession, own: Mine, wrong: str = "", text: str = "") -> Response:
    thread = [(m.direction, read_text(db, m), m.at) for m in list_messages(db, own.id)]
    errors = {"text": wrong} if wrong else {}
    return page(request, db, own, "question", status=422 if wrong else 200, thread=thread, errors=errors, text=text)

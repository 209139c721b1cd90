"""What reviewers say: the thread of questions with its answers, the feedback on what was not accepted (INS3, INS16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.clearance.actions import answer
from fourcorners.clearance.errors import NotInReview, TextMissing
from fourcorners.clearance.queries import is_asked, latest_decision, list_messages, read_text
from fourcorners.infra.db import ReadSession
from fourcorners.institutions import SECTIONS, SectionState, State
from fourcorners.institutions.actions import hand_in
from fourcorners.institutions.actions.handing_in import UPLOAD_ITEM
from fourcorners.institutions.kinds import sla_days
from fourcorners.institutions.letters import title_of
from fourcorners.institutions.papers import paper_reasons, paper_words
from fourcorners.institutions.queries import find_assessment, find_change, get_paper, read_assessment
from fourcorners.institutions.reasons import reason_words as institution_words
from fourcorners.institutions.reasons import reasons
from fourcorners.verdict.catalogue import catalogue
from fourcorners.verdict.catalogue import words as reason_words
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.files import open_files
from fourcorners.web.institutions.framing import page, standing_of
from fourcorners.web.institutions.whose import AREA_NAME, Mine, floor_of, locale_here, mine_to_write
from fourcorners.web.pages import go, words_of

__all__ = ["Refused", "Said", "is_waiting", "overview_page", "read_by_machine", "refused_items", "router", "thread_of"]

router = page_router("/institution")
TEXT_LETTERS_MAX = 4000
SUPPLEMENT = "supplement_letter"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread, ours or theirs."""

    ours: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that was not accepted, or the whole: reasons with what helps, and the way to it."""

    title: str
    reasons: tuple[tuple[str, str], ...]
    href: str


@router.post("/{institution_id}/answer/files")
def reply(request: Request, institution_id: str, form: Form) -> Response:
    """The answer goes back to the reviewer, with whatever papers came along. Sent twice, it is kept once."""
    words = words_of(request, AREA_NAME)
    text = text_of(form, "text", length_max=TEXT_LETTERS_MAX + 1)
    opened, wrong = open_files(request, list(form.getlist("file")), UPLOAD_ITEM)
    wrong = wrong or ("" if text else words("institutions.thread.missing"))
    with mine_to_write(request, institution_id) as (db, own):
        if not wrong and is_waiting(db, own):
            try:
                for file in opened if own.state is State.INFO_REQUESTED else ():
                    hand_in(
                        db, floor_of(request).blobs, own.id, actor=own.actor, paper=SUPPLEMENT, data=file.data,
                        media_type=file.media_type, name=file.name,
                    )  # fmt: skip
                answer(db, own.id, actor=own.actor, text=text)
            except TextMissing:
                wrong = words("institutions.thread.missing")
            except NotInReview:
                return go(own.path)
        if not wrong:
            return go(own.path)
        return overview_page(request, db, own, errors={"text": wrong}, text=text)


def overview_page(
    request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None, text: str = ""
) -> Response:
    """Where the application stands, what reviewers said, and what can be done now."""
    standing = standing_of(request, db, own)
    states = standing.progress.states
    onward = next((name for name in SECTIONS if states[name] is not SectionState.COMPLETE), SECTIONS[-1])
    least, most = sla_days()
    return page(
        request, db, own, "overview", status=422 if errors else 200, standing=standing, onward=onward, least=least,
        most=most, begun=any(state is not SectionState.EMPTY for state in states.values()), errors=errors or {},
        text=text, thread=thread_of(db, own), waiting=is_waiting(db, own), refused=refused_items(request, db, own),
        may_attach=own.state is State.INFO_REQUESTED, change=find_change(db, own.id),
    )  # fmt: skip


def is_waiting(db: ReadSession, own: Mine) -> bool:
    """Does a question wait for an answer?"""
    return own.state is State.INFO_REQUESTED or is_asked(db, own.id)


def thread_of(db: ReadSession, own: Mine) -> tuple[Said, ...]:
    """Every question and answer, the first one first."""
    return tuple(Said(m.direction == "out", read_text(db, m), m.at) for m in list_messages(db, own.id))


def refused_items(request: Request, db: ReadSession, own: Mine) -> tuple[Refused, ...]:
    """What the latest decision did not accept, in the reader's words where the catalogue has them."""
    decision = latest_decision(db, own.id)
    if decision is None or own.state not in (State.REJECTED, State.DRAFT):
        return ()
    items: Mapping[str, list[str]] = decision.items
    locale = locale_here(request)
    found = [Refused("", _told(decision.reasons, locale), own.path)] if decision.reasons else []
    for item, codes in items.items():
        title, href = _place(request, db, own, item)
        found.append(Refused(title, _told(codes, locale), href))
    return tuple(found)


def read_by_machine(request: Request, db: ReadSession, own: Mine) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By paper that was assessed: what the reading found amiss, in the reader's words; nothing where all was well."""
    assessment = find_assessment(db, own.id)
    told = read_assessment(db, assessment)["papers"] if assessment is not None else ()
    return {paper["id"]: _told(paper.get("problems", ()), locale_here(request)) for paper in told}


def _place(request: Request, db: ReadSession, own: Mine, item: str) -> tuple[str, str]:
    group, _, name = item.partition(":")
    words = words_of(request, AREA_NAME)
    if group == "section":
        return words(f"institutions.sections.{name}"), f"{own.path}/{name}"
    if group == "paper":
        paper = get_paper(db, own.id, name)
        return words(f"institutions.papers.{paper.paper}"), f"{own.path}/documents#paper-{paper.paper}"
    return title_of(db, own.id, item), f"{own.path}/key_people/{name}"


def _told(codes: object, locale: str) -> tuple[tuple[str, str], ...]:
    """Title and what helps of each reason; one that only reviewers read is left out."""
    found = []
    for code in codes if isinstance(codes, list | tuple) else ():
        if code in paper_reasons():
            words = paper_words(code, locale)
            found.append((words.title, words.todo))
        elif code in catalogue():
            general = reason_words(code, locale)
            found.append((general.title, general.todo))
        elif code in reasons() and reasons()[code].says:
            own = institution_words(code, locale)
            found.append((own.title, own.todo))
    return tuple(found)

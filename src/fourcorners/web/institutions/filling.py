"""Sections filled in field by field: the kind with its adviser, basic information, addresses, further answers."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.infra.db import ReadSession
from fourcorners.institutions import kinds, needs
from fourcorners.institutions.actions import save_section
from fourcorners.institutions.adviser import QUESTIONS, Proposal
from fourcorners.institutions.errors import FieldUnknown, SectionChanged
from fourcorners.institutions.kinds import Kind, Needs
from fourcorners.institutions.queries import read_section
from fourcorners.institutions.reading import advice_of
from fourcorners.institutions.sections import FILLED, fields_of, question_text, questions
from fourcorners.people.countries import country_names
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.institutions.framing import after, page, saved, standing_of, wants_json
from fourcorners.web.institutions.saving import changes_of, clash, kept_as_shown, seen_of, typed
from fourcorners.web.institutions.telling import problem_words
from fourcorners.web.institutions.whose import AREA_NAME, Mine, locale_here, mine, mine_to_write
from fourcorners.web.pages import go, words_of

__all__ = ["needs_of", "router"]

router = page_router("/institution")
ANSWERS = ("yes", "no")
QUESTIONNAIRE = "aml_programme"


@router.get("/{institution_id}/adviser")
def adviser(request: Request, institution_id: str) -> Response:
    """The next plain question, or the kind that follows from the answers, and why (INS1)."""
    with mine(request, institution_id) as (db, own):
        return _adviser(request, db, own)


@router.post("/{institution_id}/adviser")
def answer(request: Request, institution_id: str, form: Form) -> Response:
    """One answer; or all taken back; or what is proposed is taken."""
    with mine_to_write(request, institution_id) as (db, own):
        seen = read_section(db, own.id, "type").version
        advice = advice_of(db, own.id)
        changes: dict[str, str | None] = {}
        to_do = text_of(form, "do", length_max=10)
        if to_do == "again":
            changes = dict.fromkeys(QUESTIONS)
        elif to_do == "take" and advice.kind is not None:
            changes = {"kind": advice.kind.value, "variant": advice.variant or None}
        elif advice.next_question:
            said = text_of(form, "answer", length_max=20)
            fine = said in ANSWERS if advice.next_question != "state_share" else _is_share(said)
            if not fine:
                wrong = words_of(request, AREA_NAME)("institutions.adviser.answer")
                return _adviser(request, db, own, errors={"answer": wrong})
            changes = {advice.next_question: said if said in ANSWERS else f"{said.rstrip('% ').replace(',', '.')} %"}
        save_section(db, own.id, "type", actor=own.actor, changes=changes, seen=seen)
        return go(f"{own.path}/{'basic_info' if to_do == 'take' else 'adviser'}")


@router.get("/{institution_id}/{section}")
def fill(request: Request, institution_id: str, section: str) -> Response:
    """The fields of a section, as they stand."""
    if section not in FILLED:
        raise PageMissing("There is no such page.")
    with mine(request, institution_id) as (db, own):
        return _fill(request, db, own, section)


@router.post("/{institution_id}/{section}")
def save(request: Request, institution_id: str, section: str, form: Form) -> Response:
    """What was changed is kept, also what is wrong: that is said on its field."""
    if section not in FILLED:
        raise PageMissing("There is no such page.")
    said = typed(form, fields_of(section))
    if section == "type" and said.get("kind") not in _with_variants():
        said["variant"] = ""
    with mine_to_write(request, institution_id) as (db, own):
        changes = changes_of(form, said)
        try:
            kept = save_section(db, own.id, section, actor=own.actor, changes=changes, seen=seen_of(form))
        except SectionChanged as refusal:
            here = f"{own.path}/{section}"
            return clash(request, db, own, section, changes, refusal, action=here, back=here)
        except FieldUnknown as refusal:
            problems: Mapping[str, str] = refusal.fields["problems"]  # type: ignore[assignment]
            words = words_of(request, AREA_NAME)
            errors = {name: problem_words(words, problem) for name, problem in problems.items()}
            return _fill(request, db, own, section, said=said, errors=errors)
        standing = standing_of(request, db, own)
        if wants_json(request):
            return saved(request, standing, section, kept, changes)
        if any(told.section == section and told.is_error for told in standing.told):
            return _fill(request, db, own, section, status=422)
        return go(f"{own.path}/{after(section)}")


def needs_of(db: ReadSession, own: Mine) -> Needs | None:
    """What the chosen kind needs; None before one is chosen."""
    values = read_section(db, own.id, "type").values
    if values.get("kind") not in set(Kind):
        return None
    return needs(Kind(values["kind"]), variant=values.get("variant", ""), country=own.institution.country or "")


def _fill(
    request: Request,
    db: ReadSession,
    own: Mine,
    section: str,
    *,
    status: int = 200,
    said: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    held = read_section(db, own.id, section)
    shown = {name: held.values.get(name, "") for name in fields_of(section)}
    standing = standing_of(request, db, own)
    wanted = needs_of(db, own)
    return page(
        request,
        db,
        own,
        section,
        section=section,
        status=422 if errors else status,
        standing=standing,
        errors=errors or standing.errors_of(section),
        said={**shown, **(said or {})},
        was=kept_as_shown(shown),
        version=held.version,
        countries=list(country_names(locale_here(request), sandbox=own.institution.sandbox).items()),
        kinds=[(kind.value, entry.variants) for kind, entry in kinds().items()],
        needed=wanted,
        questionnaire=list(question_text(QUESTIONNAIRE)),
        obliged=set(questions()[QUESTIONNAIRE]),
        with_questionnaire=shown.get("regulated") == "yes"
        or (wanted is not None and QUESTIONNAIRE in wanted.questionnaires),
    )


def _adviser(request: Request, db: ReadSession, own: Mine, *, errors: Mapping[str, str] | None = None) -> Response:
    advice = advice_of(db, own.id)
    values = read_section(db, own.id, "type").values
    return page(
        request, db, own, "adviser", section="type", status=422 if errors else 200, errors=errors or {}, advice=advice,
        why=_why(advice, listed=values.get("is_listed") == "yes"),
        answers=[(name, values[name]) for name in QUESTIONS if name in values],
    )  # fmt: skip


def _why(advice: Proposal, *, listed: bool) -> str:
    """The key of the words that say why."""
    if advice.kind is None:
        return ""
    if advice.kind is Kind.FUND_PUBLIC and listed:
        return "fund_public_listed"
    return advice.variant if advice.variant in ("partnership", "sole_proprietorship") else advice.kind.value


def _with_variants() -> tuple[str, ...]:
    """The kinds that have variants."""
    return tuple(kind.value for kind, entry in kinds().items() if entry.variants)


def _is_share(said: str) -> bool:
    number = said.rstrip("% ").replace(",", ".")
    whole, _, part = number.partition(".")
    return (
        whole.isascii()
        and whole.isdigit()
        and len(whole) <= 3
        and int(whole) <= 100
        and (not part or (part.isascii() and part.isdigit()))
    )

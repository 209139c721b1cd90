"""What every page of an application stands on: the progress bar, what is missing, the way to the next section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fourcorners.infra.db import ReadSession
from fourcorners.institutions import SECTIONS, SectionState, badge
from fourcorners.institutions.letters import name_of
from fourcorners.institutions.reading import Progress, progress_of
from fourcorners.institutions.versioned import Versioned
from fourcorners.web.institutions.telling import Told, tell_items
from fourcorners.web.institutions.whose import AREA_NAME, Mine
from fourcorners.web.pages import show, words_of

__all__ = ["Standing", "after", "page", "saved", "standing_of", "wants_json"]


@dataclass(frozen=True)
class Standing:
    """How far the application is, and what it lacks, told in the reader's words."""

    progress: Progress
    told: tuple[Told, ...]

    def errors_of(self, section: str, party: str = "") -> dict[str, str]:
        """What stands on the fields of a section that was begun; in an empty one nothing is complained of yet."""
        empty = self.progress.states[section] is SectionState.EMPTY
        own = [told for told in self.told if told.section == section and told.party == party]
        return {told.field: told.words for told in own if told.is_error or not empty}


def standing_of(request: Request, db: ReadSession, own: Mine) -> Standing:
    """Where the application stands now."""
    progress = progress_of(db, own.institution, today=db.now.date())
    return Standing(progress, tell_items(request, db, own, progress.items))


def page(
    request: Request,
    db: ReadSession,
    own: Mine,
    template: str,
    *,
    section: str = "",
    status: int = 200,
    standing: Standing | None = None,
    **values: Any,  # noqa: ANN401 - what a template is given
) -> Response:
    """A page of an application, with its progress bar; `section` is the one that it shows."""
    standing = standing or standing_of(request, db, own)
    states = standing.progress.states
    done = sum(state is SectionState.COMPLETE for state in states.values())
    return show(
        request,
        f"{AREA_NAME}/{template}.html.j2",
        status=status,
        own=own,
        legal_name=name_of(db, own.institution) if own.institution.kind or states["basic_info"] != "empty" else "",
        state=own.state.value,
        badge=badge(own.state).value,
        section=section,
        sections=[(name, states[name].value) for name in SECTIONS],
        done=done,
        standing=standing,
        missing=standing.told,
        next_section=after(section) if section else "",
        **values,
    )


def after(section: str) -> str:
    """The section after this one; the last one follows itself."""
    here = SECTIONS.index(section)
    return SECTIONS[min(here + 1, len(SECTIONS) - 1)]


def wants_json(request: Request) -> bool:
    """Does the script that saves by itself ask?"""
    return "application/json" in request.headers.get("accept", "")


def saved(
    request: Request, standing: Standing, section: str, kept: Versioned, changes: Mapping[str, Any], party: str = ""
) -> Response:
    """The answer to a script that saved by itself: the new version, what is wrong on which field, all states.

    `kept` is what was changed, as it is now: what the form is compared with the next time.
    """
    words = words_of(request, AREA_NAME)
    wrong = {t.field: t.words for t in standing.told if t.section == section and t.party == party and t.is_error}
    states: Mapping[str, SectionState] = standing.progress.states
    told = {name: {"state": s.value, "words": words(f"institutions.states.{s.value}")} for name, s in states.items()}
    now = {name: kept.values.get(name, "") for name in changes}
    return JSONResponse({"version": kept.version, "kept": now, "errors": wrong, "states": told})

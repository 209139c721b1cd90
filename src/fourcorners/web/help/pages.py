"""Pages of the help centre: search, sections, articles, drawn examples, votes."""

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from markupsafe import Markup
from starlette.responses import Response

from fourcorners.help.actions import vote
from fourcorners.help.article import FALLBACK, Article, Kind, sections
from fourcorners.help.errors import ArticleMissing
from fourcorners.help.language import date_text
from fourcorners.help.language.languages import languages
from fourcorners.help.pictures import picture_file
from fourcorners.help.queries import find_vote, list_views
from fourcorners.help.reading import render
from fourcorners.help.rules import COMMENT_CHARS_MAX, Unhelpful
from fourcorners.help.search import PAGE_SIZE, TERM_CHARS_MAX, Fragment
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.help.readers import Reader, count, keep, live_index, reader_of, voter_of
from fourcorners.web.pages import Pages, go, show, words_of
from fourcorners.web.words import Words

__all__ = ["address_of", "pages", "tab_of"]

UNSEEN = {"x-robots-tag": "noindex"}
"""Lists that somebody searched for are nobody else's business, and no place for spam to be found by crawlers."""
PICTURES_KEPT = "public, max-age=604800"

pages = page_router("/help")


@pages.get("")
def search(
    request: Request, term: str = "", category: str = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> HTMLResponse:
    """The search page; without a term, the sections."""
    reader = reader_of(request)
    index = live_index(request).index()
    if not term.strip():
        seen = index.seen(reader.language, reader.region)
        named = _sections(reader)
        found = [(name, words, sum(a.section == name for a in seen)) for name, words in named.items()]
        return _shown(request, reader, "home", sections=found, newest=seen[:5], term="")
    kind = tab_of(category)
    results = index.search(term, reader.language, reader.region, kind, page)
    with request.app.state.floor.database.read() as db:
        views = list_views(db, [hit.slug for hit in results.hits])
    return _shown(
        request,
        reader,
        "results",
        headers=UNSEEN,
        results=results,
        views=views,
        term=results.term,
        kinds=list(Kind),
        named=_sections(reader),
        way=lambda kind, page: _way(results.term, kind, page),
    )


@pages.get("/section/{name}")
@pages.get("/section/{name}/page/{number}")
def section(request: Request, name: str, number: int = 1) -> HTMLResponse:
    """The articles of a section, the newest publication first. Raises ArticleMissing."""
    reader = reader_of(request)
    if name not in sections():
        raise ArticleMissing("There is no such section.")
    found = [a for a in live_index(request).index().seen(reader.language, reader.region) if a.section == name]
    count_of_pages = max(1, -(-len(found) // PAGE_SIZE))
    number = max(1, min(number, count_of_pages))
    first = (number - 1) * PAGE_SIZE
    listed = found[first : first + PAGE_SIZE]
    return _shown(
        request,
        reader,
        "section",
        term="",
        name=name,
        heading=_sections(reader)[name],
        articles=listed,
        first=first + 1 if listed else 0,
        last=first + len(listed),
        total=len(found),
        number=number,
        count_of_pages=count_of_pages,
    )


@pages.get("/pictures/{name}.jpg")
def picture(request: Request, name: str) -> FileResponse:
    """A drawn example. Raises ArticleMissing."""
    path = picture_file(name, request.app.state.floor.settings.data_dir / "help-pictures")
    return FileResponse(path, media_type="image/jpeg", headers={"cache-control": PICTURES_KEPT})


@pages.get("/{slug}")
def article(request: Request, slug: str, thanks: str = "") -> HTMLResponse:
    """An article. Raises ArticleMissing."""
    reader = reader_of(request)
    index = live_index(request)
    found = _found(index.find(slug, reader.language, reader.region))
    words = _words(request, reader)
    count(request, slug)
    with request.app.state.floor.database.read() as db:
        views = list_views(db, [slug]).get(slug, 0)
        given = find_vote(db, slug, voter_of(request))
    return _shown(
        request,
        reader,
        "article",
        term="",
        article=found,
        page=(page := render(found.body, found.language, address_of)),
        body=Markup(page.html),  # noqa: S704 - render() escapes all that comes from the text
        views=views,
        related=index.index().similar(slug, reader.language, reader.region),
        section_name=_sections(reader)[found.section],
        translated=found.language == reader.language,
        vote=None if given is None else given.helped,
        why=[(reason.value, words(f"help.why.{reason.value}")) for reason in Unhelpful],
        tongue_name=languages()[reader.language].name,
        thanks=bool(thanks),
    )


@pages.post("/{slug}/vote")
def give_vote(request: Request, slug: str, form: Form) -> Response:
    """Say whether an article helped; a second vote replaces the first. Raises ArticleMissing."""
    said = text_of(form, "reason")
    with request.app.state.floor.database.write() as db:
        vote(
            db,
            slug,
            voter_of(request),
            helped=text_of(form, "helped") == "yes",
            reason=Unhelpful(said) if said in set(Unhelpful) else None,
            comment=text_of(form, "comment", length_max=COMMENT_CHARS_MAX),
        )
    return go(f"/help/{slug}?thanks=1#vote")


def address_of(scheme: str, name: str) -> str:
    """The address of what an article points at."""
    return f"/help/pictures/{name}.jpg" if scheme == "picture" else f"/help/{name}"


def tab_of(category: str) -> Kind | None:
    """The tab of an address; one that is not known falls back to all."""
    return Kind(category) if category in set(Kind) else None


def _found(article: Article | None) -> Article:
    if article is None:
        raise ArticleMissing("There is no such article.")
    return article


def _sections(reader: Reader) -> dict[str, str]:
    return {name: words[reader.language] for name, words in sections().items()}


def _way(term: str, kind: Kind | None, page: int) -> str:
    asked = {"term": term, **({"category": kind.value} if kind else {}), **({"page": page} if page > 1 else {})}
    return f"/help?{urlencode(asked)}"


def _spoken_of(language: str) -> Markup:
    """The attributes that say in which language a text is, and in which direction it runs."""
    return Markup('lang="{}" dir="{}"').format(language, languages()[language].direction)


def _pieces(fragments: Iterable[Fragment]) -> Markup:
    """A text in pieces, escaped, with what answers to the question marked."""
    return Markup("").join(Markup("<mark>{}</mark>").format(f.text) if f.marked else f.text for f in fragments)


def _number_text(number: int, language: str) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", languages()[language].thousands)


def _words(request: Request, reader: Reader) -> Words:
    """The words around the articles: in the reader's language if the house speaks it, else as on every other page."""
    pages: Pages = request.app.state.pages
    return (
        pages.words.of(reader.language) if reader.language in pages.words.locales("help") else words_of(request, "help")
    )


def _shown(
    request: Request,
    reader: Reader,
    template: str,
    *,
    headers: dict[str, str] | None = None,
    **values: Any,  # noqa: ANN401 - whatever the template takes
) -> HTMLResponse:
    words = _words(request, reader)
    answer = show(
        request,
        f"help/{template}.html.j2",
        headers={"content-language": words.locale, **(headers or {})},
        t=words,
        locale=words.locale,
        reader=reader,
        term_max=TERM_CHARS_MAX,
        tongues=[(code, entry.name) for code, entry in languages().items()],
        spoken_of=_spoken_of,
        pieces=_pieces,
        number_text=lambda number: _number_text(number, reader.language),
        day=lambda day: date_text(day, reader.language, reader.region),
        fallback=FALLBACK,
        **values,
    )
    keep(request, answer, reader)
    return answer

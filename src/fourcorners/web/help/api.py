"""The help centre over JSON: open to everybody, as the pages are."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from fourcorners.help.errors import ArticleMissing
from fourcorners.help.language import parse_locale
from fourcorners.help.queries import list_views
from fourcorners.help.schemas import ArticleShape, ResultsShape
from fourcorners.web.help.pages import tab_of
from fourcorners.web.help.readers import live_index

__all__ = ["api"]

api = APIRouter(prefix="/v1/help", tags=["help"])

Locale = Annotated[str, Query(max_length=16, description="Language, and region if it matters, such as `en-AE`.")]


@api.get("/search")
def search(
    request: Request,
    term: Annotated[str, Query(description="What to look for; what lies beyond 200 characters is left out.")] = "",
    kind: Annotated[str, Query(description="`faq`, `announcement` or `product_document`; anything else: all.")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    locale: Locale = "en",
) -> ResultsShape:
    """Search the articles: a page of fifteen, with how many there are of each kind."""
    language, region = parse_locale(locale)
    results = live_index(request).index().search(term, language, region, tab_of(kind), page)
    with request.app.state.floor.database.read() as db:
        return ResultsShape.of(results, list_views(db, [hit.slug for hit in results.hits]))


@api.get("/articles/{slug}")
def article(request: Request, slug: str, locale: Locale = "en") -> ArticleShape:
    """An article with its Markdown, as a reader of that language and region sees it."""
    language, region = parse_locale(locale)
    live = live_index(request)
    found = live.find(slug, language, region)
    if found is None:
        raise ArticleMissing("There is no such article.")
    with request.app.state.floor.database.read() as db:
        views = list_views(db, [slug]).get(slug, 0)
    return ArticleShape.of(found, views, live.index().similar(slug, language, region))

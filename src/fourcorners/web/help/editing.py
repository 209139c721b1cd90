"""The help centre's editor, for staff: the list, the form with its preview, every version kept."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from fourcorners.accounts import Permission
from fourcorners.help.actions import checked_article, restore_version, save_article, set_shown
from fourcorners.help.article import BODY_CHARS_MAX, TITLE_CHARS_MAX, Article, Kind, article_from, sections
from fourcorners.help.errors import ArticleChanged, ArticleInvalid
from fourcorners.help.language.languages import languages
from fourcorners.help.models import HelpVariant
from fourcorners.help.queries import (
    get_variant,
    get_version,
    list_comments,
    list_variants,
    list_versions,
    list_views,
    vote_counts,
)
from fourcorners.help.reading import render
from fourcorners.infra import Floor
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.help.pages import address_of
from fourcorners.web.pages import go, show, words_of
from fourcorners.web.who import Who, staff_who

__all__ = ["editing"]

Writer = Annotated[Who, Depends(staff_who(Permission.WRITE_HELP))]
HERE = "/console/help"
FIELDS = ("slug", "language", "region", "kind", "section", "title", "body")

editing = page_router(HERE)


@editing.get("")
def listed(request: Request, who: Writer) -> Response:
    """Every variant of every article."""
    floor: Floor = request.app.state.floor
    with floor.database.read() as db:
        found = list_variants(db)
        views = list_views(db, {article.slug for article, _ in found})
    return show(request, "help/editor_list.html.j2", found=found, views=views, who=who)


@editing.get("/new")
def blank(request: Request, who: Writer) -> Response:
    """The form for a new variant."""
    return _form(request, dict.fromkeys(FIELDS, "") | {"language": "en", "kind": Kind.FAQ.value}, base=0)


@editing.post("/new")
def create(request: Request, form: Form, who: Writer) -> Response:
    """Preview or publish a new variant."""
    return _take(request, form, who)


@editing.get("/{variant_id}")
def edit(request: Request, variant_id: str, who: Writer) -> Response:
    """The form for a variant. Raises ArticleMissing."""
    floor: Floor = request.app.state.floor
    with floor.database.read() as db:
        article, variant = get_variant(db, variant_id)
    values = {name: str(getattr(article, name)) for name in FIELDS}
    return _form(request, values, base=variant.number, variant=variant)


@editing.post("/{variant_id}")
def change(request: Request, variant_id: str, form: Form, who: Writer) -> Response:
    """Preview or publish a new version. Raises ArticleMissing."""
    floor: Floor = request.app.state.floor
    with floor.database.read() as db:
        article, variant = get_variant(db, variant_id)
    return _take(request, form, who, variant=variant, present=article)


@editing.get("/{variant_id}/versions")
def versions(request: Request, variant_id: str, who: Writer, number: int = 0) -> Response:
    """Every version of a variant, one of them as it was read, and what readers said. Raises ArticleMissing."""
    floor: Floor = request.app.state.floor
    with floor.database.read() as db:
        article, variant = get_variant(db, variant_id)
        kept = list_versions(db, variant_id)
        chosen = get_version(db, variant_id, number or variant.number)
        votes, comments = vote_counts(db, article.slug), list_comments(db, article.slug)
    return show(
        request,
        "help/editor_versions.html.j2",
        article=article,
        variant=variant,
        versions=kept,
        chosen=chosen,
        preview=_preview(chosen.body, article.language),
        direction=languages()[article.language].direction,
        votes=votes,
        comments=comments,
    )


@editing.post("/{variant_id}/restore")
def restore(request: Request, variant_id: str, form: Form, who: Writer) -> Response:
    """Make an old version the newest. Raises ArticleMissing."""
    floor: Floor = request.app.state.floor
    said = text_of(form, "number")
    with floor.database.write() as db:
        restore_version(db, variant_id, int(said) if said.isdecimal() else 0, actor=who.id)
    return go(f"{HERE}/{variant_id}")


@editing.post("/{variant_id}/shown")
def hide_or_show(request: Request, variant_id: str, form: Form, who: Writer) -> Response:
    """Hide a variant from readers, or show it again. Raises ArticleMissing."""
    floor: Floor = request.app.state.floor
    with floor.database.write() as db:
        set_shown(db, variant_id, shown=text_of(form, "shown") == "yes", actor=who.id)
    return go(f"{HERE}/{variant_id}")


def _take(
    request: Request, form: FormData, who: Who, *, variant: HelpVariant | None = None, present: Article | None = None
) -> Response:
    """What the form asks for. The name, language and region of a variant that is there stay as they are."""
    floor: Floor = request.app.state.floor
    values = {name: text_of(form, name, length_max=BODY_CHARS_MAX + 1).replace("\r\n", "\n") for name in FIELDS}
    values["region"] = values["region"].upper()
    if present is not None:
        values |= {"slug": present.slug, "language": present.language, "region": present.region}
    said = text_of(form, "base")
    base = int(said) if said.isdecimal() else 0
    try:
        article = checked_article(_article(values, floor.clock().date()))
        if text_of(form, "do") != "publish":
            return _form(request, values, base=base, variant=variant, preview=_preview(article.body, article.language))
        with floor.database.write() as db:
            saved = save_article(db, article, actor=who.id, base=base)
    except (ArticleInvalid, ArticleChanged) as refusal:
        return _form(request, values, base=base, variant=variant, wrong=refusal.message)
    return go(f"{HERE}/{saved.id}")


def _article(values: dict[str, str], today: date) -> Article:
    return article_from(**values, published=today, updated=today)


def _preview(body: str, language: str) -> Markup:
    return Markup(render(body, language, address_of).html)  # noqa: S704 - render() escapes all that comes from the text


def _form(
    request: Request,
    values: dict[str, str],
    *,
    base: int,
    variant: HelpVariant | None = None,
    wrong: str = "",
    preview: Markup | None = None,
) -> Response:
    words = words_of(request, "help")
    return show(
        request,
        "help/editor.html.j2",
        status=422 if wrong else 200,
        values=values,
        base=base,
        variant=variant,
        wrong=wrong,
        preview=preview,
        direction=languages()[values["language"]].direction if values["language"] in languages() else "ltr",
        kinds=[(kind.value, words(f"help.chips.{kind.value}")) for kind in Kind],
        names=[(name, entry["en"]) for name, entry in sections().items()],
        tongues=[(code, entry.name) for code, entry in languages().items()],
        title_max=TITLE_CHARS_MAX,
        body_max=BODY_CHARS_MAX,
    )

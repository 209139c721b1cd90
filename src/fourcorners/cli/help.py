"""`fourcorners help`: search the help centre's articles from the terminal, or read one."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

if TYPE_CHECKING:
    from fourcorners.help.search import Fragment, Results

__all__ = ["help_centre"]


def help_centre(
    term: Annotated[list[str] | None, typer.Argument(help="What to look for, or an article's name.")] = None,
    locale: Annotated[str, typer.Option(help="Language, and region if it matters, such as en or en-AE.")] = "en",
    kind: Annotated[str | None, typer.Option(help="Only faq, announcement or product_document.")] = None,
    page: Annotated[int, typer.Option(min=1, help="Page of the list, 15 hits each.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Search the articles that come with the package; the name of an article prints it."""
    from fourcorners.help.article import Kind, best_variant, shipped
    from fourcorners.help.language import parse_locale
    from fourcorners.help.schemas import ResultsShape
    from fourcorners.help.search import SearchIndex

    language, region = parse_locale(locale)
    wanted = " ".join(term or ())
    article = best_variant([a for a in shipped() if a.slug == wanted], language, region)
    if article is not None and not as_json:
        Console().print(Markdown(f"# {article.title}\n\n{article.body}"))
        return
    if kind is not None and kind not in set(Kind):
        raise typer.BadParameter(f"There is no kind {kind}; there are {', '.join(Kind)}.")
    results = SearchIndex(shipped()).search(wanted, language, region, Kind(kind) if kind else None, page)
    if as_json:
        typer.echo(json.dumps(ResultsShape.of(results).model_dump(mode="json"), ensure_ascii=False))
    else:
        _show(Console(highlight=False), results, language, region)


def _show(console: Console, results: "Results", language: str, region: str) -> None:
    from fourcorners.help.article import sections
    from fourcorners.help.language import date_text

    if not results.answered:
        console.print(f"No article answers “{results.term}”." if results.term else "What are you looking for?")
        console.print("There are articles on: " + "; ".join(names[language] for names in sections().values()))
        for hit in results.near:
            console.print("Some of the words: ", _marked(hit.title, "bold"), f"  [{hit.slug}]", markup=False)
        return
    for typed, taken in results.mended:
        console.print(f"“{typed}” was taken for “{taken}”.")
    for hit in results.hits:
        console.print(_marked(hit.title, "bold underline"), f"  [{hit.slug}]", markup=False)
        console.print(_marked(hit.snippet, "bold"))
        published, updated = date_text(hit.published, language, region), date_text(hit.updated, language, region)
        console.print(f"Published {published}, updated {updated}\n", style="dim")
    console.print(f"Showing {results.first}-{results.last} of {results.total} articles")


def _marked(fragments: "tuple[Fragment, ...]", style: str) -> Text:
    return Text.assemble(*((f.text, style if f.marked else "") for f in fragments))

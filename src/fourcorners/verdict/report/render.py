"""Fill the template. Everything that came from outside is escaped; nothing is fetched when the page is opened."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from fourcorners.verdict.catalogue import text, words
from fourcorners.verdict.report.closeups import close_ups, face_pair, field_crops
from fourcorners.verdict.report.view import SOURCES, pictures, read_rows, sections, tasks
from fourcorners.verdict.verdict import Verdict

__all__ = ["render"]


def render(verdict: Verdict, locale: str = "en") -> str:
    """The report as one HTML page: style, drawings and pictures inside it, no script. Raises LocaleUnknown."""

    def t(section: str, key: str) -> str:
        return text(section, key, locale)

    rows = read_rows(verdict, locale)
    match = next((f for f in verdict.findings if f.check == "face_matches"), None)
    return _template().render(
        t=t,
        locale=locale,
        verdict=verdict,
        style=files(__package__).joinpath("style.css").read_text(encoding="utf-8"),
        tasks=tasks(verdict, locale),
        pictures=pictures(verdict, locale),
        sections=sections(verdict, locale),
        rows=rows,
        sources=[s for s in SOURCES if any(s in row.values for row in rows)],
        crops=close_ups(verdict.case, verdict.findings),
        field_crops=field_crops(verdict.case),
        face_pair=face_pair(verdict.case),
        match=match,
        match_words=words(match.reason, locale).title if match and match.reason else "",
        kind=t("kinds", verdict.case.reading.kind),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("fourcorners.verdict.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")

"""Fill a template. Everything that came from outside is escaped; nothing is fetched when the page is opened."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from fourcorners.verdict.catalogue import text

__all__ = ["fill"]


def fill(name: str, locale: str, **values: object) -> str:
    """The page that the template `name` makes of `values`, its words in `locale`. Raises LocaleUnknown."""

    def t(section: str, key: str) -> str:
        return text(section, key, locale)

    style = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    return _environment().get_template(name).render(t=t, locale=locale, style=style, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("fourcorners.verdict.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

"""Countries as people choose them: ISO 3166-1 alpha-2 codes with their names in a language, sorted as it sorts."""

from collections.abc import Mapping
from functools import cache

from anyascii import anyascii
from babel import Locale

from fourcorners.formats.states import states
from fourcorners.people.rules import flow

__all__ = ["country_name", "country_names"]

SPECIMEN_NAME = "Utopia"


@cache
def country_names(locale: str, *, sandbox: bool = False) -> Mapping[str, str]:
    """Every country by code, in the order of their names in `locale`; in the sandbox also that of our specimens.

    The names are those of Unicode CLDR; which countries there are is that of ICAO Doc 9303-3.
    """
    names = Locale.parse(locale).territories
    codes = {state.alpha2 for state in states().values() if state.kind == "iso" and state.alpha2}
    found = {code: str(names.get(code, code)) for code in codes}
    if sandbox:
        found[flow()["specimen"]["country"]] = SPECIMEN_NAME
    arabic = locale == "ar"
    return dict(sorted(found.items(), key=lambda pair: pair[1] if arabic else anyascii(pair[1]).casefold()))


def country_name(code: str | None, locale: str) -> str:
    """The name of one country; empty for none, the code itself where it has no name."""
    return country_names(locale, sandbox=True).get(code, code) if code else ""

"""Which drawn pair, right beside wrong, goes with which reason."""

from functools import cache

from fourcorners.kit.data import load_toml

__all__ = ["picture_for"]


def picture_for(code: str) -> str | None:
    """The name of the drawing in `drawings.html.j2`; None for a reason that no drawing explains."""
    return _by_reason().get(code)


@cache
def _by_reason() -> dict[str, str]:
    table = load_toml("fourcorners.web.applicant", "pictures.toml")["drawings"]
    return {code: name for name, codes in table.items() for code in codes}

"""Whether two texts name one state or nationality."""

from fourcorners.formats.names import fold
from fourcorners.formats.states import find_state

from .model import DIFFERENT, MISSING, TOO_LONG, Agreement, is_blank, is_too_long

__all__ = ["states_agree"]


def states_agree(a: str | None, b: str | None) -> Agreement:
    """Compare two states or nationalities: codes of one to three letters, names, or adjectives ("Utopian").

    Same: `notation` if one is a code and the other a name, or the codes differ in kind. Compatible: `former` (a code
    no longer given out), `british` (kinds of British nationality). Different: `unknown` if one is not known.
    """
    if is_too_long(a, b):
        return TOO_LONG
    if a is None or b is None or is_blank(a) or is_blank(b):
        return MISSING
    if fold(a) == fold(b):
        return Agreement("same") if a.strip() == b.strip() else Agreement("same", ("case",))
    first, second = find_state(a), find_state(b)
    if first is None or second is None:
        return Agreement("different", ("unknown",))
    if first == second:
        return Agreement("same", ("notation",))
    if first.alpha2 and first.alpha2 == second.alpha2:
        return Agreement("compatible", ("former",))
    if first.code.startswith("GB") and second.code.startswith("GB"):
        return Agreement("compatible", ("british",))
    return DIFFERENT

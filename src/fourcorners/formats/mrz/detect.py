"""Which format lines of a known shape have."""

from .check_digits import verify
from .layouts import LAYOUTS, MrzFormat

__all__ = ["format_of"]


def format_of(lines: tuple[str, ...]) -> MrzFormat:
    """The format of lines whose number and lengths fit one: a V makes a visa, IDFRA perhaps the French card of 1988."""
    visa = lines[0].startswith("V")
    match len(lines), len(lines[0]):
        case 1, _:
            return MrzFormat.EUDL1
        case 3, _:
            return MrzFormat.TD1
        case _, 44:
            return MrzFormat.MRVA if visa else MrzFormat.TD3
        case _:
            if visa:
                return MrzFormat.MRVB
            return MrzFormat.FRID if lines[0].startswith("IDFRA") and _looks_french(lines) else MrzFormat.TD2


def _looks_french(lines: tuple[str, ...]) -> bool:
    """Tell the card of 1988 from a TD2 card of France by where the more check digits agree."""
    agreeing = {
        name: sum([check.agrees for check in verify(LAYOUTS[name], lines)]) for name in (MrzFormat.FRID, MrzFormat.TD2)
    }
    return agreeing[MrzFormat.FRID] >= agreeing[MrzFormat.TD2]

"""What many apps have: a header, a strip along the foot, words to show."""

from collections.abc import Mapping
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.specimens.screens.parts import LETTERS_PT, ROW_PT, Colour, Place, Screen

__all__ = ["any_of", "dye", "header", "home_strip", "room_between", "words"]

HOME_PT = 28
"""The strip for gestures or buttons along the lower edge."""


def words(of: str) -> list[str]:
    """All words of a kind, such as "names" or "buttons"."""
    table: Mapping[str, Any] = load_toml("fourcorners.specimens.screens", "screens.toml")["words"]
    return list(table[of])


def any_of(screen: Screen, of: str) -> str:
    """One of the words of a kind."""
    return str(screen.rng.choice(words(of)))


def dye(screen: Screen) -> Colour:
    """Any colour, as icons of programs have."""
    red, green, blue = (int(level) for level in screen.rng.integers(30, 230, 3))
    return red, green, blue


def home_strip(screen: Screen) -> int:
    """The strip along the foot; returns where it begins."""
    top = screen.height - screen.px(HOME_PT)
    screen.row(top, screen.px(HOME_PT))
    if screen.rng.random() < 0.6:
        wide = screen.width // 3
        screen.fill((screen.width // 2 - wide // 2, top + screen.px(12), wide, screen.px(5)), screen.ink, 2.5)
    else:
        screen.icons(top + screen.px(HOME_PT / 2), 3, 14)
    return top


def room_between(screen: Screen, top: int, foot: int) -> Place:
    """All of the width between two heights."""
    return 0, top, screen.width, max(1, foot - top)


def header(screen: Screen, top: int, text: str) -> int:
    """A bar with a sign at each end and a title; returns where it ends."""
    end = screen.row(top, screen.px(ROW_PT))
    base = top + screen.px(ROW_PT / 2 + 6)
    screen.icon((screen.px(24), base - screen.px(6)), 18)
    screen.word(text, (screen.px(52), base), LETTERS_PT + 2)
    screen.icon((screen.width - screen.px(24), base - screen.px(6)), 18)
    return end

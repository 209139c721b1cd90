"""Made-up apps that show a picture. Each lays out a screen and returns where on it the picture lies."""

from collections.abc import Callable, Mapping

from fourcorners.specimens.model import Pixels
from fourcorners.specimens.screens.more_apps import MORE_APPS
from fourcorners.specimens.screens.parts import LETTERS_PT, ROW_PT, Place, Screen
from fourcorners.specimens.screens.strips import any_of, dye, header, home_strip, room_between, words

__all__ = ["APPS"]

App = Callable[[Screen, Pixels], Place]
COVERS = 0.12
"""How often somebody has zoomed in until the picture fills the room that there is."""


def _gallery(screen: Screen, picture: Pixels) -> Place:
    top = header(screen, screen.status_bar(screen.ground), any_of(screen, "titles"))
    foot = home_strip(screen) - screen.px(ROW_PT)
    place = screen.show(picture, room_between(screen, top, foot), cover=screen.rng.random() < COVERS)
    screen.icons(foot + screen.px(ROW_PT / 2), int(screen.rng.integers(3, 6)))
    return place


def _immersed(screen: Screen, picture: Pixels) -> Place:
    """Nothing but the picture on black; the clock stays with some."""
    screen.ground, screen.ink = (0, 0, 0), (255, 255, 255)
    screen.row(0, screen.height)
    place = screen.show(picture, (0, 0, screen.width, screen.height))
    if screen.rng.random() < 0.7:
        screen.status_bar()
    return place


def _desktop_viewer(screen: Screen, picture: Pixels) -> Place:
    bar = screen.px(32)
    screen.word(any_of(screen, "titles"), (screen.px(14), bar * 0.66), 13)
    for n in range(3):
        screen.icon((screen.width - screen.px(22 + 40 * n), bar / 2), 10)
    screen.fill((0, bar, screen.width, bar), screen.between(0.06))
    for n in range(6):
        screen.icon((screen.px(28 + 44 * n), bar * 1.5), 14)
    foot = screen.height - screen.px(44)
    screen.fill((0, foot, screen.width, screen.height - foot), screen.between(0.12))
    for n in range(9):
        x = screen.width // 2 + screen.px(44 * (n - 4))
        screen.fill((x - screen.px(12), foot + screen.px(10), screen.px(24), screen.px(24)), dye(screen), 4)
    screen.word("14:07", (screen.width - screen.px(60), foot + screen.px(27)), 12)
    return screen.show(picture, room_between(screen, 2 * bar, foot), cover=screen.rng.random() < COVERS)


def _chat(screen: Screen, picture: Pixels) -> Place:
    """A picture as somebody sent it, among other messages."""
    wide = screen.rng.uniform(0.55, 0.82)
    top = screen.status_bar(screen.accent, (255, 255, 255))
    screen.fill((0, top, screen.width, screen.px(ROW_PT)), screen.accent)
    screen.icon((screen.px(30), top + screen.px(24)), 28, (255, 255, 255))
    screen.word(any_of(screen, "names"), (screen.px(56), top + screen.px(30)), LETTERS_PT + 2, (255, 255, 255))
    top += screen.px(ROW_PT)
    foot = home_strip(screen) - screen.px(ROW_PT)
    screen.fill(
        (screen.px(10), foot + screen.px(6), screen.width - screen.px(70), screen.px(36)), screen.between(0.08), 18
    )
    screen.icon((screen.width - screen.px(30), foot + screen.px(24)), 26, screen.accent)
    y = top + screen.px(14)
    tall = min(round(screen.width * wide * picture.shape[0] / picture.shape[1]), max(1, (foot - y) * 2 // 3))
    for _ in range(int(screen.rng.integers(0, 3))):
        y = _bubble(screen, y)
    left = screen.width - screen.px(14) - round(screen.width * wide) if screen.rng.random() < 0.5 else screen.px(14)
    tall = min(tall, foot - y - screen.px(12))
    place = screen.show(picture, (left, y, round(screen.width * wide), max(1, tall)))
    y += tall + screen.px(10)
    while y + screen.px(44) < foot and screen.rng.random() < 0.8:
        y = _bubble(screen, y)
    return place


def _bubble(screen: Screen, y: int) -> int:
    mine = screen.rng.random() < 0.5
    wide = round(screen.width * screen.rng.uniform(0.3, 0.75))
    x = screen.width - wide - screen.px(14) if mine else screen.px(14)
    screen.fill((x, y, wide, screen.px(34)), screen.between(0.16 if mine else 0.07), 10)
    screen.word(any_of(screen, "lines"), (x + screen.px(10), y + screen.px(23)), LETTERS_PT)
    return y + screen.px(42)


def _browser(screen: Screen, picture: Pixels) -> Place:
    top = screen.status_bar(screen.between(0.05))
    screen.fill((0, top, screen.width, screen.px(ROW_PT)), screen.between(0.05))
    screen.fill(
        (screen.px(12), top + screen.px(7), screen.width - screen.px(100), screen.px(34)), screen.between(0.12), 17
    )
    screen.word(any_of(screen, "sites"), (screen.px(30), top + screen.px(30)), LETTERS_PT)
    screen.icons(top + screen.px(24), 1, 1)
    top += screen.px(ROW_PT + 18)
    for _ in range(int(screen.rng.integers(1, 4))):
        screen.word(any_of(screen, "lines"), (screen.px(16), top + screen.px(14)), LETTERS_PT + 1)
        top += screen.px(26)
    foot = home_strip(screen) - screen.px(ROW_PT)
    room = (screen.px(16), top, screen.width - screen.px(32), max(1, (foot - top) * 3 // 5))
    place = screen.show(picture, room, cover=screen.rng.random() < COVERS)
    y = place[1] + place[3] + screen.px(30)
    while y < foot - screen.px(30):
        screen.word(any_of(screen, "lines"), (screen.px(16), y), LETTERS_PT)
        y += screen.px(24)
    screen.fill((0, foot, screen.width, screen.px(ROW_PT)), screen.between(0.05))
    screen.icons(foot + screen.px(ROW_PT / 2), 5)
    return place


def _folder_window(screen: Screen, picture: Pixels) -> Place:
    """Files in a list at the left, the chosen one shown beside it."""
    bar, left = screen.px(38), screen.px(screen.rng.uniform(180, 300))
    screen.fill((0, 0, screen.width, bar), screen.between(0.1))
    screen.word(any_of(screen, "titles"), (left, bar * 0.66), 13)
    for n in range(3):
        screen.icon((screen.px(18 + 20 * n), bar / 2), 11, dye(screen))
    screen.fill((0, bar, left, screen.height - bar), screen.between(0.05))
    for n in range(int((screen.height - bar) / screen.px(28)) - 1):
        screen.icon((screen.px(20), bar + screen.px(28 * n + 20)), 12)
        screen.word(any_of(screen, "titles"), (screen.px(36), bar + screen.px(28 * n + 25)), 13)
    room = (
        left + screen.px(10),
        bar + screen.px(10),
        screen.width - left - screen.px(20),
        screen.height - bar - screen.px(20),
    )
    return screen.show(picture, room)


def _page_viewer(screen: Screen, picture: Pixels) -> Place:
    """A picture on a white page, as in a viewer of documents."""
    top = header(screen, screen.status_bar(screen.ground), any_of(screen, "titles"))
    foot = home_strip(screen)
    screen.fill((0, top, screen.width, foot - top), screen.between(0.2))
    wide = screen.width - screen.px(20)
    tall = min(round(wide * 1.414), foot - top - screen.px(20))
    y = top + (foot - top - tall) // 2
    screen.fill((screen.px(10), y, wide, tall), (255, 255, 255))
    margin = screen.px(screen.rng.uniform(6, 30))
    place = screen.show(
        picture, (screen.px(10) + margin, y + margin, wide - 2 * margin, max(1, (tall - 2 * margin) * 2 // 3))
    )
    screen.fill(
        (screen.width // 2 - screen.px(28), foot - screen.px(38), screen.px(56), screen.px(26)), screen.between(0.7), 13
    )
    screen.word("1 / 1", (screen.width // 2 - screen.px(15), foot - screen.px(20)), 13, screen.ground)
    return place


def _mail(screen: Screen, picture: Pixels) -> Place:
    top = header(screen, screen.status_bar(screen.ground), any_of(screen, "lines"))
    screen.icon((screen.px(34), top + screen.px(30)), 36, screen.accent)
    screen.word(any_of(screen, "names"), (screen.px(64), top + screen.px(26)), LETTERS_PT + 1)
    screen.word("to me", (screen.px(64), top + screen.px(46)), 12, screen.between(0.6))
    top += screen.px(80)
    for _ in range(int(screen.rng.integers(1, 5))):
        screen.word(any_of(screen, "lines"), (screen.px(18), top), LETTERS_PT)
        top += screen.px(24)
    foot = home_strip(screen) - screen.px(ROW_PT)
    place = screen.show(picture, (screen.px(18), top, screen.width - screen.px(36), max(1, foot - top - screen.px(20))))
    for n, name in enumerate(screen.rng.choice(words("buttons"), 3, replace=False).tolist()):
        x = screen.px(18) + n * (screen.width // 3)
        screen.fill((x, foot + screen.px(6), screen.width // 3 - screen.px(24), screen.px(36)), screen.between(0.1), 18)
        screen.word(name, (x + screen.px(16), foot + screen.px(29)), LETTERS_PT)
    return place


def _film_strip(screen: Screen, picture: Pixels) -> Place:
    """The picture large, small ones in a strip below it."""
    top = screen.status_bar(screen.ground)
    foot = home_strip(screen) - screen.px(ROW_PT)
    strip = foot - screen.px(44)
    place = screen.show(picture, room_between(screen, top, strip - screen.px(6)), cover=screen.rng.random() < COVERS)
    side = screen.px(34)
    for n in range(screen.width // side):
        turned = picture[::-1] if n % 3 else picture
        screen.show(turned, (n * side + 1, strip, side - 2, side), cover=True)
    screen.icons(foot + screen.px(ROW_PT / 2), 4, colour=screen.accent)
    return place


def _mail_window(screen: Screen, picture: Pixels) -> Place:
    bar, left = screen.px(48), screen.px(screen.rng.uniform(220, 360))
    screen.fill((0, 0, screen.width, bar), screen.accent)
    screen.word(any_of(screen, "titles"), (screen.px(18), bar * 0.62), 16, screen.ground)
    y = bar
    while y + screen.px(64) < screen.height:
        screen.fill((0, y + screen.px(63), left, max(1, screen.px(1))), screen.between(0.15))
        screen.word(any_of(screen, "names"), (screen.px(14), y + screen.px(24)), 14)
        screen.word(any_of(screen, "lines"), (screen.px(14), y + screen.px(46)), 12, screen.between(0.6))
        y += screen.px(64)
    screen.word(any_of(screen, "lines"), (left + screen.px(24), bar + screen.px(36)), 19)
    room = (
        left + screen.px(24),
        bar + screen.px(60),
        screen.width - left - screen.px(48),
        screen.height - bar - screen.px(80),
    )
    return screen.show(picture, room)


APPS: Mapping[str, App] = {
    "gallery": _gallery,
    "immersed": _immersed,
    "desktop_viewer": _desktop_viewer,
    "chat": _chat,
    "browser": _browser,
    "folder_window": _folder_window,
    "page_viewer": _page_viewer,
    "mail": _mail,
    "film_strip": _film_strip,
    "mail_window": _mail_window,
    **MORE_APPS,
}

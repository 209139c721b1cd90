"""More made-up apps: pages that take uploads, windows of documents, a bank's app, conversations, albums on tablets."""

from collections.abc import Callable, Mapping

from fourcorners.specimens.model import Pixels
from fourcorners.specimens.screens.parts import LETTERS_PT, ROW_PT, Place, Screen
from fourcorners.specimens.screens.strips import any_of, dye, header, home_strip, room_between, words

__all__ = ["MORE_APPS"]

App = Callable[[Screen, Pixels], Place]
WHITE = (255, 255, 255)


def _window_bar(screen: Screen, height: int) -> int:
    """A window's title and its buttons, left or right as systems have them; returns where it ends."""
    screen.fill((0, 0, screen.width, height), screen.between(screen.rng.uniform(0.0, 0.15)))
    left = screen.rng.random() < 0.5
    for n in range(3):
        x = screen.px(18 + 20 * n) if left else screen.width - screen.px(22 + 40 * n)
        screen.icon((x, height / 2), 11, dye(screen) if left else screen.ink)
    screen.word(any_of(screen, "titles"), (screen.px(90 if left else 14), height * 0.66), 13)
    return height


def _task_bar(screen: Screen) -> int:
    """The system's bar along the foot, where there is one; returns where it begins."""
    if screen.rng.random() < 0.4:
        return screen.height
    foot = screen.height - screen.px(44)
    screen.fill((0, foot, screen.width, screen.height - foot), screen.between(0.12))
    first = screen.px(20) if screen.rng.random() < 0.5 else screen.width // 2 - screen.px(176)
    for n in range(8):
        screen.fill((first + screen.px(44 * n), foot + screen.px(10), screen.px(24), screen.px(24)), dye(screen), 4)
    screen.word("9:41", (screen.width - screen.px(50), foot + screen.px(27)), 12)
    return foot


def _button(screen: Screen, place: Place, name: str, *, filled: bool) -> None:
    x, y, _, height = place
    screen.fill(place, screen.accent if filled else screen.between(0.12), 6)
    screen.word(name, (x + screen.px(18), y + height * 0.64), 14, WHITE if filled else screen.ink)


def _upload_page(screen: Screen, picture: Pixels) -> Place:
    """A page in a browser's window: a card in the middle, on it the picture that was chosen, and buttons."""
    top = _window_bar(screen, screen.px(40))
    screen.fill((0, top, screen.width, screen.px(40)), screen.between(0.06))
    screen.fill((screen.px(110), top + screen.px(6), screen.width // 2, screen.px(28)), screen.between(0.12), 14)
    screen.word(any_of(screen, "sites"), (screen.px(126), top + screen.px(25)), 14)
    for n in range(3):
        screen.icon((screen.px(20 + 30 * n), top + screen.px(20)), 13)
    top, foot = top + screen.px(40), _task_bar(screen)
    screen.fill((0, top, screen.width, foot - top), screen.between(0.03))
    wide = min(screen.width - screen.px(40), screen.px(screen.rng.uniform(560, 900)))
    x, y = (screen.width - wide) // 2, top + screen.px(24)
    screen.fill((x, y, wide, foot - y - screen.px(16)), screen.ground, 8)
    screen.word(any_of(screen, "advice"), (x + screen.px(24), y + screen.px(38)), 20)
    screen.word(any_of(screen, "advice"), (x + screen.px(24), y + screen.px(64)), 14, screen.between(0.6))
    end = foot - screen.px(84)
    room = (x + screen.px(24), y + screen.px(82), wide - screen.px(48), max(1, end - y - screen.px(94)))
    screen.fill(room, screen.between(0.08), 6)
    place = screen.show(picture, room)
    for n, name in enumerate(screen.rng.choice(words("buttons"), 2, replace=False).tolist()):
        _button(screen, (x + screen.px(24 + 140 * n), end, screen.px(120), screen.px(40)), name, filled=n == 0)
    return place


def _pdf_window(screen: Screen, picture: Pixels) -> Place:
    """A page on a darker ground, its small pages at the left."""
    top, foot = _window_bar(screen, screen.px(34)), _task_bar(screen)
    screen.fill((0, top, screen.width, screen.px(38)), screen.between(0.08))
    for n in range(9):
        screen.icon((screen.px(30 + 42 * n), top + screen.px(19)), 14)
    screen.word("1 / 2", (screen.width // 2, top + screen.px(24)), 13)
    top += screen.px(38)
    screen.fill((0, top, screen.width, foot - top), screen.between(0.25))
    left = screen.px(screen.rng.uniform(0, 200)) if screen.rng.random() < 0.6 else 0
    if left > screen.px(60):
        screen.fill((0, top, left, foot - top), screen.between(0.15))
        for n in range(2):
            small = (screen.px(16), top + screen.px(16 + 150 * n), left - screen.px(32), screen.px(130))
            screen.fill(small, WHITE)
            screen.show(picture, small)
    tall = foot - top - screen.px(20)
    wide = min(screen.width - left - screen.px(40), round(tall / screen.rng.uniform(0.8, 1.42)))
    x = left + (screen.width - left - wide) // 2
    screen.fill((x, top + screen.px(20), wide, tall), WHITE)
    margin = round(wide * screen.rng.uniform(0.02, 0.12))
    return screen.show(picture, (x + margin, top + screen.px(20) + margin, wide - 2 * margin, tall - 2 * margin))


def _story(screen: Screen, picture: Pixels) -> Place:
    """The picture on a ground of any colour, a line of progress above it, an answer below."""
    if screen.rng.random() < 0.5:
        screen.ground = dye(screen)
        screen.ink = WHITE
        screen.row(0, screen.height)
    top = screen.status_bar()
    for n in range(3):
        wide = screen.width // 3 - screen.px(10)
        screen.fill((screen.px(5) + n * (screen.width // 3), top, wide, screen.px(2)), screen.between(0.3 + 0.3 * n))
    screen.icon((screen.px(30), top + screen.px(30)), 30, screen.accent)
    screen.word(any_of(screen, "names"), (screen.px(54), top + screen.px(36)), LETTERS_PT)
    foot = screen.height - screen.px(64)
    place = screen.show(
        picture, room_between(screen, top + screen.px(ROW_PT + 8), foot), cover=screen.rng.random() < 0.2
    )
    screen.fill(
        (screen.px(14), foot + screen.px(12), screen.width - screen.px(110), screen.px(40)), screen.between(0.12), 20
    )
    screen.word(any_of(screen, "lines"), (screen.px(32), foot + screen.px(38)), LETTERS_PT)
    screen.icon((screen.width - screen.px(66), foot + screen.px(32)), 22)
    screen.icon((screen.width - screen.px(26), foot + screen.px(32)), 22)
    return place


def _bank_check(screen: Screen, picture: Pixels) -> Place:
    """A bank's app asks whether the photo is good."""
    top = header(screen, screen.status_bar(screen.ground), any_of(screen, "titles"))
    screen.word(any_of(screen, "advice"), (screen.px(20), top + screen.px(24)), LETTERS_PT + 3)
    screen.word(any_of(screen, "advice"), (screen.px(20), top + screen.px(50)), LETTERS_PT - 1, screen.between(0.65))
    foot = home_strip(screen) - screen.px(130)
    room = (screen.px(20), top + screen.px(70), screen.width - screen.px(40), max(1, foot - top - screen.px(86)))
    if screen.rng.random() < 0.5:
        screen.fill(room, screen.between(0.07), 12)
    place = screen.show(picture, room, cover=screen.rng.random() < 0.2)
    for n, name in enumerate(screen.rng.choice(words("buttons"), 2, replace=False).tolist()):
        where = (screen.px(20), foot + screen.px(8 + 58 * n), screen.width - screen.px(40), screen.px(48))
        _button(screen, where, name, filled=n == 0)
    return place


def _chat_window(screen: Screen, picture: Pixels) -> Place:
    """Conversations at the left, the open one with its picture at the right."""
    top, foot = _window_bar(screen, screen.px(32)), _task_bar(screen)
    left = screen.px(screen.rng.uniform(200, 320))
    screen.fill((0, top, left, foot - top), screen.between(0.04))
    y = top
    while y + screen.px(56) < foot:
        screen.icon((screen.px(30), y + screen.px(28)), 34, dye(screen))
        screen.word(any_of(screen, "names"), (screen.px(58), y + screen.px(24)), 13)
        screen.word(any_of(screen, "lines")[:24], (screen.px(58), y + screen.px(42)), 12, screen.between(0.6))
        y += screen.px(56)
    screen.fill((left, top, screen.width - left, screen.px(44)), screen.between(0.06))
    screen.word(any_of(screen, "names"), (left + screen.px(20), top + screen.px(28)), 15)
    screen.fill((left, foot - screen.px(48), screen.width - left, screen.px(48)), screen.between(0.06))
    screen.word(any_of(screen, "lines"), (left + screen.px(50), foot - screen.px(18)), 13, screen.between(0.5))
    y = top + screen.px(56)
    for _ in range(int(screen.rng.integers(1, 3))):
        wide = screen.px(screen.rng.uniform(180, 360))
        screen.fill((left + screen.px(20), y, wide, screen.px(30)), screen.between(0.12), 8)
        screen.word(any_of(screen, "lines")[:22], (left + screen.px(32), y + screen.px(20)), 13)
        y += screen.px(38)
    room = (
        left + screen.px(20),
        y,
        round((screen.width - left) * screen.rng.uniform(0.4, 0.8)),
        foot - y - screen.px(60),
    )
    return screen.show(picture, room)


def _album(screen: Screen, picture: Pixels) -> Place:
    """A tablet: the picture, and small ones beside or below it."""
    top = header(screen, screen.status_bar(screen.ground), any_of(screen, "titles"))
    side, gap = screen.px(92), screen.px(4)
    upright = screen.height > screen.width
    foot = screen.height - (side + 2 * gap if upright else gap)
    wide = screen.width - (0 if upright else side + 2 * gap)
    count = (screen.width if upright else screen.height - top) // (side + gap)
    for n in range(count):
        x, y = (n * (side + gap), foot + gap) if upright else (wide + gap, top + n * (side + gap))
        screen.show(picture[:, ::-1] if n % 2 else picture[::-1], (x, y, side, side), cover=True)
    return screen.show(picture, (0, top, wide, max(1, foot - top)))


MORE_APPS: Mapping[str, App] = {
    "upload_page": _upload_page,
    "pdf_window": _pdf_window,
    "story": _story,
    "bank_check": _bank_check,
    "chat_window": _chat_window,
    "album": _album,
}

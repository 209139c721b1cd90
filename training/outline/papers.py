"""Things that look like documents: cards, passport pages, pages of paper.

All as RGBA (h, w, 4) uint8, the longest side given.
"""

from collections.abc import Callable

import cv2
import numpy as np
from training.outline.grounds import Image, Rng, colour, noise, photo
from training.outline.print_marks import FAMILIES, words, write_column, write_line

CARD, PASSPORT, PAGE = 85.6 / 53.98, 125 / 88, 210 / 297


def _blank(rng: Rng, ratio: float, longest: int, paper: np.ndarray) -> Image:
    ratio *= rng.uniform(0.97, 1.03)
    w, h = (longest, round(longest / ratio)) if ratio > 1 else (round(longest * ratio), longest)
    return np.broadcast_to(paper, (h, w, 3)).astype(np.uint8).copy()


def rounded(picture: Image, radius: float) -> Image:
    """Add an alpha channel with corners rounded by `radius` px."""
    h, w = picture.shape[:2]
    r = round(radius)
    alpha = np.full((h, w), 255, np.uint8)
    if r > 1:
        alpha[:] = 0
        cv2.rectangle(alpha, (r, 0), (w - r - 1, h - 1), 255, -1)
        cv2.rectangle(alpha, (0, r), (w - 1, h - r - 1), 255, -1)
        for centre in ((r, r), (w - r - 1, r), (r, h - r - 1), (w - r - 1, h - r - 1)):
            cv2.circle(alpha, centre, r, 255, -1, cv2.LINE_AA)
    return np.dstack([picture, alpha])


def _guilloche(rng: Rng, picture: Image, strength: float) -> None:
    h, w = picture.shape[:2]
    longest = max(h, w)
    field = noise(rng, longest, (3, 3), 2)[:h, :w]
    y, x = np.mgrid[:h, :w].astype(np.float32) / longest
    for _ in range(int(rng.integers(1, 4))):
        fx, fy = rng.uniform(-60, 60, 2)
        wave = np.sin(fx * x + fy * y + field * rng.uniform(1, 8))
        tint = rng.uniform(-1, 1, 3) * strength
        picture[:] = np.clip(picture + wave[..., None] * tint, 0, 255)
    slope = (x * rng.uniform(-1, 1) + y * rng.uniform(-1, 1))[..., None] * rng.uniform(-60, 60, 3)
    picture[:] = np.clip(picture + slope, 0, 255)


def _ink(rng: Rng, paper: np.ndarray) -> tuple[int, ...]:
    dark = paper.mean() > 110
    return tuple(int(v) for v in (colour(rng, 0.5, 5, 90) if dark else colour(rng, 0.4, 170, 250)))


def _portrait(rng: Rng, picture: Image, box: tuple[int, int, int, int]) -> None:
    """A picture of somebody: a face-like ellipse on shoulders, or a crop of a free photo."""
    x, y, w, h = box
    patch = np.empty((h, w, 3), np.uint8)
    patch[:] = colour(rng, 0.2, 120, 245)
    if rng.random() < 0.25:
        patch = cv2.resize(photo(rng, max(w, h)), (w, h))
    else:
        skin = np.array([220, 175, 145]) * rng.uniform(0.35, 1.05)
        hair = colour(rng, 0.4, 10, 120)
        cv2.ellipse(
            patch,
            (w // 2, int(h * 1.05)),
            (int(w * 0.46), int(h * 0.3)),
            0,
            0,
            360,
            colour(rng, 0.7, 10, 200).tolist(),
            -1,
        )
        cv2.ellipse(patch, (w // 2, int(h * 0.42)), (int(w * 0.3), int(h * 0.34)), 0, 0, 360, hair.tolist(), -1)
        cv2.ellipse(patch, (w // 2, int(h * 0.48)), (int(w * 0.23), int(h * 0.3)), 0, 0, 360, skin.tolist(), -1)
        for dx in (-0.09, 0.09):
            cv2.circle(patch, (int(w * (0.5 + dx)), int(h * 0.43)), max(1, w // 30), (40, 30, 30), -1)
        cv2.ellipse(patch, (w // 2, int(h * 0.62)), (w // 12, h // 50 + 1), 0, 0, 360, (120, 60, 60), -1)
        patch = cv2.GaussianBlur(patch, (0, 0), max(0.5, w / 60))
    if rng.random() < 0.3:
        patch = cv2.cvtColor(cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    room = picture[y : y + h, x : x + w]
    share = rng.choice([1.0, rng.uniform(0.4, 0.9)])
    room[:] = (room * (1 - share) + patch[: room.shape[0], : room.shape[1]] * share).astype(np.uint8)


def _fields(rng: Rng, picture: Image, box: tuple[int, int, int, int], ink: tuple[int, ...]) -> None:
    """Label and value pairs in a box."""
    x, y, w, h = box
    family, height = str(rng.choice(FAMILIES)), int(rng.uniform(0.03, 0.06) * min(picture.shape[:2]) + 4)
    pale = tuple((int(i) + int(p)) // 2 for i, p in zip(ink, picture[y, x], strict=False))
    columns = int(rng.integers(1, 4))
    top = y
    while top < y + h - 2 * height:
        for column in range(columns if rng.random() < 0.6 else 1):
            at = x + column * w // columns
            write_line(rng, picture, (at, top), int(height * 0.6), w // columns, family, pale, " ".join(words(rng, 2)))
            write_line(
                rng,
                picture,
                (at, int(top + height * 0.7)),
                height,
                w // columns,
                family,
                ink,
                " ".join(words(rng, 2)).upper(),
            )
        top += int(height * rng.uniform(2, 3.2))


def _card_face(rng: Rng, picture: Image, paper: np.ndarray) -> None:
    h, w = picture.shape[:2]
    ink = _ink(rng, paper)
    if rng.random() < 0.6:
        band = int(h * rng.uniform(0.08, 0.2))
        picture[:band] = np.clip(picture[:band] * rng.uniform(0.5, 1.2) + rng.uniform(-30, 30, 3), 0, 255)
    write_line(
        rng,
        picture,
        (int(w * rng.uniform(0.02, 0.3)), int(h * 0.03)),
        int(h * rng.uniform(0.05, 0.1)),
        w,
        str(rng.choice(FAMILIES)),
        ink,
        " ".join(words(rng, 3)).upper(),
    )
    portrait_w = int(w * rng.uniform(0.2, 0.34))
    left = rng.random() < 0.75
    x = int(w * rng.uniform(0.02, 0.07)) if left else int(w * 0.95) - portrait_w
    y, ph = int(h * rng.uniform(0.15, 0.3)), int(portrait_w * rng.uniform(1.15, 1.4))
    if rng.random() < 0.9:
        _portrait(rng, picture, (x, y, portrait_w, min(ph, h - y - 2)))
    start = x + portrait_w + w // 40 if left else w // 30
    _fields(rng, picture, (start, int(h * 0.2), int(w * 0.62), int(h * rng.uniform(0.5, 0.75))), ink)
    if rng.random() < 0.4:
        _portrait(rng, picture, (int(w * rng.uniform(0.65, 0.85)), int(h * rng.uniform(0.4, 0.6)), w // 8, h // 4))
    if rng.random() < 0.3:
        chip = int(w * 0.12)
        cx, cy = int(rng.uniform(0.1, 0.8) * w), int(rng.uniform(0.2, 0.6) * h)
        cv2.rectangle(picture, (cx, cy), (cx + chip, int(cy + chip * 0.8)), (212, 180, 90), -1)
        cv2.rectangle(picture, (cx, cy), (cx + chip, int(cy + chip * 0.8)), (120, 100, 50), 1)


def _machine_zone(rng: Rng, picture: Image, lines: int, columns: int, ink: tuple[int, ...]) -> None:
    h, w = picture.shape[:2]
    pitch = w * 0.92 / columns
    top = int(h - lines * pitch * 2.6 - h * 0.04)
    if rng.random() < 0.5:
        picture[top - 4 :] = np.clip(picture[top - 4 :] * 0.3 + rng.uniform(140, 180), 0, 255)
    for row in range(lines):
        text = "".join(rng.choice(list("ABCDEFGHIJKLMNOPRSTUV0123456789<<<<<<<<<<<<"), columns))
        for i, letter in enumerate(text):
            write_line(
                rng,
                picture,
                (int(w * 0.04 + i * pitch), int(top + row * pitch * 2.6)),
                int(pitch * 1.5),
                int(pitch * 1.6),
                FAMILIES[0],
                ink,
                letter,
            )


def card(rng: Rng, longest: int) -> Image:
    paper = colour(rng, 0.6, 30, 250) if rng.random() < 0.35 else colour(rng, 0.4, 170, 250)
    picture = _blank(rng, CARD, longest, paper)
    _guilloche(rng, picture, rng.uniform(2, 25))
    if rng.random() < 0.8:
        _card_face(rng, picture, paper)
    else:
        _card_back(rng, picture, paper)
    if rng.random() < 0.15:
        cv2.rectangle(
            picture,
            (0, 0),
            (picture.shape[1] - 1, picture.shape[0] - 1),
            colour(rng).tolist(),
            int(rng.integers(2, longest // 30)),
        )
    return rounded(picture, longest * 3.18 / 85.6 if rng.random() < 0.85 else 0)


def _card_back(rng: Rng, picture: Image, paper: np.ndarray) -> None:
    h, w = picture.shape[:2]
    ink = _ink(rng, paper)
    if rng.random() < 0.4:
        _machine_zone(rng, picture, 3, 30, ink)
        _fields(rng, picture, (w // 20, h // 12, int(w * 0.8), int(h * 0.4)), ink)
        return
    if rng.random() < 0.6:
        bars = (rng.random((int(rng.integers(1, 25)), 90)) < 0.5).astype(np.uint8) * 230 + 10
        box = (
            int(w * rng.uniform(0.03, 0.1)),
            int(h * rng.uniform(0.05, 0.6)),
            int(w * rng.uniform(0.5, 0.9)),
            int(h * rng.uniform(0.15, 0.35)),
        )
        code = cv2.resize(bars, box[2:], interpolation=cv2.INTER_NEAREST)
        room = picture[box[1] : box[1] + box[3], box[0] : box[0] + box[2]]
        room[:] = code[: room.shape[0], : room.shape[1], None]
    if rng.random() < 0.4:
        y = int(h * rng.uniform(0.05, 0.2))
        picture[y : y + int(h * 0.2)] = colour(rng, 0.1, 5, 50)
    write_column(
        rng,
        picture,
        (w // 20, int(h * rng.uniform(0.3, 0.6)), int(w * 0.9), int(h * 0.35)),
        max(6, h // 25),
        str(rng.choice(FAMILIES)),
        ink,
    )


def passport(rng: Rng, longest: int) -> Image:
    paper = colour(rng, 0.35, 160, 245)
    picture = _blank(rng, PASSPORT, longest, paper)
    _guilloche(rng, picture, rng.uniform(3, 22))
    ink = _ink(rng, paper)
    _card_face(rng, picture, paper)
    if rng.random() < 0.9:
        _machine_zone(rng, picture, 2, 44, ink)
    return rounded(picture, longest * rng.choice([0.0, 0.025]))


def sheet(rng: Rng, longest: int) -> Image:
    """A letter, bill, form or cutting: mostly white with grey print."""
    paper = colour(rng, 0.08, 205, 254) if rng.random() < 0.9 else colour(rng, 0.4, 150, 240)
    picture = _blank(rng, PAGE if rng.random() < 0.8 else rng.uniform(0.5, 0.85), longest, paper)
    h, w = picture.shape[:2]
    ink = tuple(int(v) for v in colour(rng, 0.2, 10, 110))
    family = str(rng.choice(FAMILIES))
    margin = int(w * rng.uniform(0.05, 0.14))
    y = int(margin * rng.uniform(0.5, 1.4))
    while y < h - margin:
        kind, height = rng.random(), int(h * rng.uniform(0.03, 0.22))
        width = int((w - 2 * margin) * rng.choice([1, 1, 0.5]))
        x = margin if rng.random() < 0.75 else w - margin - width
        if kind < 0.12:
            write_line(rng, picture, (x, y), int(rng.integers(14, 34)), width, family, ink)
            height = 40
        elif kind < 0.6:
            write_column(rng, picture, (x, y, width, height), int(rng.integers(6, 13)), family, ink)
        elif kind < 0.7:
            picture[y : y + height, x : x + width] = photo(rng, longest)[: min(height, h - y), :width]
        elif kind < 0.85:
            _table(rng, picture, (x, y, width, height), ink, family)
        y += int(height * rng.uniform(1.0, 1.4))
    return rounded(picture, 0)


def _table(rng: Rng, picture: Image, box: tuple[int, int, int, int], ink: tuple[int, ...], family: str) -> None:
    x, y, w, h = box
    line = int(rng.integers(12, 24))
    if rng.random() < 0.5:
        picture[y : y + line, x : x + w] = colour(rng, 0.6, 60, 220)
    for top in range(y, y + h, line):
        cv2.line(picture, (x, top), (x + w, top), ink, 1)
        for column in range(4):
            write_line(
                rng,
                picture,
                (x + column * w // 4 + 3, top + 2),
                line // 2,
                w // 5,
                family,
                ink,
                " ".join(words(rng, 1)),
            )


def grey_copy(rng: Rng, longest: int) -> Image:
    """A card or passport page printed in grey on paper and cut out."""
    return in_grey(rng, (card if rng.random() < 0.5 else passport)(rng, longest))


def in_grey(rng: Rng, picture: Image) -> Image:
    """A picture of a document as an office printer would copy it, cut out square."""
    grey = cv2.cvtColor(picture[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    low = rng.uniform(10, 80)
    grey = low + grey * (rng.uniform(170, 250) - low) / 255
    tint = 1 + rng.uniform(-0.04, 0.04, 3)
    flat = np.clip(grey[..., None] * tint, 0, 255).astype(np.uint8)
    return rounded(flat, 0)


KINDS: tuple[tuple[str, float, Callable[[Rng, int], Image]], ...] = (
    ("card", 0.34, card),
    ("passport", 0.18, passport),
    ("sheet", 0.26, sheet),
    ("grey_copy", 0.22, grey_copy),
)


def draw(rng: Rng, longest: int) -> tuple[str, Image]:
    """One paper of a random kind, with the kind's name."""
    index = int(rng.choice(len(KINDS), p=[share for _, share, _ in KINDS]))
    name, _, make = KINDS[index]
    return name, make(rng, longest)

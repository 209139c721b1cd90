"""What stands in the lines: half obeys Doc 9303, half is random, so that the reader looks instead of guessing."""

from __future__ import annotations

import numpy as np

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
LETTERS = ALPHABET[10:36]
DIGITS = ALPHABET[:10]
LOOK_ALIKES = "O0QDOI1LTZ2S5B8G6UVYMNHWKX<C4A7"
SYLLABLES = [
    "AN",
    "MA",
    "RI",
    "EL",
    "LO",
    "SA",
    "TO",
    "KO",
    "VI",
    "DE",
    "LA",
    "JO",
    "HA",
    "NA",
    "BER",
    "GUS",
    "TIN",
    "OLD",
    "ERIK",
    "SON",
    "SEN",
    "OV",
    "SKI",
    "ES",
    "QU",
    "ZA",
    "YU",
    "XI",
    "WEI",
    "PH",
    "TH",
    "CH",
    "SCH",
    "KA",
    "LU",
    "MI",
    "NO",
    "PE",
    "RO",
    "SU",
    "TA",
    "VE",
    "WO",
    "YA",
    "ZO",
    "AB",
    "BE",
    "CI",
    "DO",
    "FE",
    "GI",
    "HU",
    "IB",
    "JA",
    "OS",
    "UR",
    "IN",
    "ER",
    "EN",
    "UL",
    "AI",
    "EY",
    "OUT",
]


def line(rng: np.random.Generator, length: int) -> str:
    """One line of `length` characters."""
    kind = rng.random()
    if kind < 0.25:
        return "".join(rng.choice(list(ALPHABET), length))
    if kind < 0.45:
        return "".join(rng.choice(list(LOOK_ALIKES), length))
    if kind < 0.65:
        return _names(rng, length)
    return _data(rng, length)


def zone(rng: np.random.Generator) -> list[str]:
    """The lines of a whole zone: TD1, TD2, TD3 or a single line, with the usual runs of fillers."""
    count, length = ((3, 30), (2, 36), (2, 44), (1, 30))[int(rng.choice(4, p=[0.4, 0.17, 0.4, 0.03]))]
    lines = [_names(rng, length) if rng.random() < 0.5 else _data(rng, length) for _ in range(count)]
    return [
        text[: int(rng.integers(length // 2, length))].ljust(length, "<") if rng.random() < 0.4 else text
        for text in lines
    ]


def _word(rng: np.random.Generator) -> str:
    if rng.random() < 0.15:
        return "".join(rng.choice(list(LETTERS), int(rng.integers(1, 9))))
    return "".join(rng.choice(SYLLABLES, int(rng.integers(1, 5))))


def _names(rng: np.random.Generator, length: int) -> str:
    start = "" if rng.random() < 0.4 else str(rng.choice(["P<", "PA", "PO", "V<", "I<", "ID", "AC"])) + _letters(rng, 3)
    family = "<".join(_word(rng) for _ in range(int(rng.integers(1, 3))))
    given = "<".join(_word(rng) for _ in range(int(rng.integers(1, 4))))
    text = (start + family + "<<" + given).ljust(length, "<")
    # any window of a line may be shown
    shift = int(rng.integers(0, max(1, min(len(text), length)) // 2)) if rng.random() < 0.5 else 0
    return (text[shift:] + "<" * length)[:length]


def _data(rng: np.random.Generator, length: int) -> str:
    text = ""
    while len(text) < length:
        part = rng.random()
        if part < 0.3:
            text += _digits(rng, 7)
        elif part < 0.5:
            text += "".join(rng.choice(list(LETTERS + DIGITS), 9)) + _digits(rng, 1)
        elif part < 0.65:
            text += _letters(rng, 3)
        elif part < 0.75:
            text += str(rng.choice(["M", "F", "<"]))
        elif part < 0.9:
            text += "<" * int(rng.integers(1, 12))
        else:
            text += _letters(rng, 1) + _digits(rng, int(rng.integers(1, 9)))
    return text[:length]


def _letters(rng: np.random.Generator, n: int) -> str:
    return "".join(rng.choice(list(LETTERS), n))


def _digits(rng: np.random.Generator, n: int) -> str:
    return "".join(rng.choice(list(DIGITS), n))

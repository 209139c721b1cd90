"""Names for the bench of screening: people and companies of thirty countries, and other ways to write their names.

The words are those of Faker (MIT) and of `screening_names.toml`, parted into two halves of which one is for tuning.
Nothing here uses the matcher's own tables. Half of the family names are made up letter by letter as those of their
country go, so that the list has as many different ones as lists have.
"""

import random
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from tomllib import loads
from zlib import crc32

__all__ = ["HALVES", "Made", "company", "diacritics", "in_latin", "omitted", "order", "person", "rewritten", "typed"]

HALVES = ("tuning", "test")
LOCALES = (
    *("ru_RU", "uk_UA", "bg_BG", "el_GR", "ka_GE", "hy_AM", "zh_CN", "ar", "en_US", "de_DE", "fr_FR", "es_ES", "it_IT"),
    *("pt_BR", "tr_TR", "cs_CZ", "sv_SE", "fi_FI", "hu_HU", "ro_RO", "nl_NL", "id_ID"),
)
SCRIPTS = {"ru_RU": "cyrillic", "uk_UA": "cyrillic", "bg_BG": "cyrillic", "el_GR": "greek", "ka_GE": "georgian"}
SCRIPTS |= {"hy_AM": "armenian"}
THIRD_WORD = {"en_US": 0.3, "es_ES": 0.7, "pt_BR": 0.6, "ru_RU": 0.5, "fr_FR": 0.1, "id_ID": 0.2, "ar": 0.3}
"""How often a name has a word more: a middle name, a second family name, a patronymic, a grandfather's name."""
SKEW = 0.6
"""Names are as frequent as rank to the power of minus this: a few are common, most are rare."""
CONTEXT, LETTERS_MAX, MADE_UP = 3, 20, 8_000
START, END = "^^^", "$"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TRADES = (
    *("Trading", "Shipping", "Energy", "Logistics", "Construction", "Consulting", "Metals", "Foods", "Textiles"),
    *("Chemicals", "Motors", "Pharma"),
)
FORMS = {
    "Ltd": "Limited",
    "LLC": "L.L.C.",
    "Inc": "Incorporated",
    "GmbH": "G.m.b.H.",
    "S.A.": "SA",
    "Corp": "Corporation",
}
Rng = random.Random


@dataclass(frozen=True)
class Made:
    """A person or company: the name in its own script and in Latin letters, by word; `other` is spelt otherwise."""

    locale: str
    native: tuple[str, ...]
    latin: tuple[str, ...]
    other: tuple[str, ...]
    birth: date | None
    is_company: bool = False


def person(rng: Rng, half: str) -> Made:
    """Somebody whose words are all of one half."""
    locale = rng.choice(LOCALES)
    given, family = tables(locale, half)
    chosen = [given_name(rng, locale, given), family_name(rng, locale, half, family)]
    if rng.random() < THIRD_WORD.get(locale, 0):
        second = locale in ("es_ES", "pt_BR")
        chosen.insert(1, family_name(rng, locale, half, family) if second else pick(rng, given))
    birth = date(1940, 1, 1) + timedelta(days=rng.randrange(24_000))
    if locale == "zh_CN":
        chosen = [chosen[1], chosen[0]]
    styles = [in_latin(rng, locale, word) for word in chosen]
    others = [in_latin(rng, locale, word) for word in chosen]
    return Made(locale, tuple(chosen), tuple(styles), tuple(others), birth)


def company(rng: Rng, half: str) -> Made:
    """A company with a made-up word, a family name, its trade and a form."""
    _, family = tables("en_US", half)
    made = "".join(rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))).capitalize()
    words = (made, pick(rng, family), rng.choice(TRADES), rng.choice(list(FORMS)))
    return Made("en_US", words, words, words, None, is_company=True)


@cache
def tables(locale: str, half: str) -> tuple[Sequence[str], Sequence[str]]:
    """Given and family names of one half: a word is in the half that its checksum says."""
    if locale == "ar":
        found = [list(latin_table()["arabic"][kind]) for kind in ("given", "family")]
    else:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        found = [list(dict.fromkeys(provider.first_names)), list(dict.fromkeys(provider.last_names))]
    kept = [[w for w in words if crc32(w.encode()) % 2 == HALVES.index(half)] for words in found]
    return kept[0], kept[1]


def given_name(rng: Rng, locale: str, given: Sequence[str]) -> str:
    """A given name; Chinese ones are mostly of two characters."""
    return pick(rng, given) + (rng.choice(given)[0] if locale == "zh_CN" and rng.random() < 0.8 else "")


def family_name(rng: Rng, locale: str, half: str, family: Sequence[str]) -> str:
    """One of the table, or made up after it."""
    if locale in ("ar", "zh_CN") or rng.random() < 0.5:
        return pick(rng, family)
    return rng.choice(made_up(locale, half))


@cache
def made_up(locale: str, half: str) -> list[str]:
    """Family names as they go in a country, letter by letter; all of one half."""
    rng, follows, found = random.Random(f"{locale} {half}"), followers(locale, half), dict[str, None]()  # noqa: S311
    for _ in range(5 * MADE_UP):
        word = START
        while not word.endswith(END) and len(word) < LETTERS_MAX:
            word += rng.choice(follows[word[-CONTEXT:]])
        made = word[CONTEXT:].rstrip(END)
        if len(made) >= 4 and word.endswith(END) and crc32(made.encode()) % 2 == HALVES.index(half):
            found[made] = None
    return list(found)[:MADE_UP]


@cache
def followers(locale: str, half: str) -> Mapping[str, list[str]]:
    """After each three letters those that follow them in the family names of the table."""
    found: dict[str, list[str]] = {}
    for name in tables(locale, half)[1]:
        text = f"{START}{name}{END}"
        for place in range(CONTEXT, len(text)):
            found.setdefault(text[place - CONTEXT : place], []).append(text[place])
    return found


@cache
def ranks(count: int) -> tuple[float, ...]:
    """Cumulated frequencies of `count` words."""
    return tuple(accumulate((rank + 1) ** -SKEW for rank in range(count)))


def pick(rng: Rng, words: Sequence[str]) -> str:
    """A word, the first ones more often."""
    return rng.choices(words, cum_weights=ranks(len(words)))[0]


def in_latin(rng: Rng, locale: str, word: str) -> str:
    """A word in Latin letters, in one of the styles of its script."""
    if locale == "ar":
        table = latin_table()["arabic"]
        return rng.choice([*table["given"].get(word, []), *table["family"].get(word, [])])
    if locale == "zh_CN":
        from pypinyin import lazy_pinyin

        return "".join(lazy_pinyin(word)).capitalize()
    if locale not in SCRIPTS:
        return word
    style = rng.choice(list(latin_table()[SCRIPTS[locale]].values()))
    return resolved(word, style["letters"])


@cache
def resolved(word: str, letters: str) -> str:
    """A word through one table; letters of two come first in it."""
    table = [pair.split("=") for pair in letters.split(" ")]
    # Greek: the accent goes; Cyrillic: й and ё are letters of their own.
    text = word.lower() if any("\u0400" <= c < "\u0500" for c in word) else without_marks(word.lower())
    out = ""
    while text:
        for letter, latin in table:
            if text.startswith(letter):
                out, text = out + latin, text[len(letter) :]
                break
        else:
            out, text = out + text[0], text[1:]
    return out.capitalize()


def without_marks(text: str) -> str:
    """Letters without marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def latin_table() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    """The tables beside this file."""
    return loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def order(rng: Rng, made: Made) -> str | None:
    """The words in another order, perhaps with a comma or in capitals."""
    words = list(made.latin)
    while words == list(made.latin):
        rng.shuffle(words)
    text = f"{words[0]}, {' '.join(words[1:])}" if rng.random() < 0.3 else " ".join(words)
    return text.upper() if rng.random() < 0.3 else text


GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
PLAIN = str.maketrans({"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"})


def diacritics(rng: Rng, made: Made) -> str | None:
    """Marks left out, or written as two letters; None for a name without."""
    text = " ".join(made.latin)
    resolve = GERMAN if made.locale in ("de_DE", "sv_SE", "fi_FI") and rng.random() < 0.5 else PLAIN
    plain = without_marks(text.lower().translate(resolve)).title()
    return None if plain.lower() == text.lower() else plain


def rewritten(rng: Rng, made: Made) -> str | None:
    """In its own script, or in Latin letters by another style; None for a name of the Latin script."""
    if made.native == made.latin:
        return None
    if made.other != made.latin and rng.random() < 0.5:
        return " ".join(made.other)
    return "".join(made.native) if made.locale == "zh_CN" else " ".join(made.native)


def typed(rng: Rng, made: Made, slips: int = 1) -> str | None:
    """A slip in so many different words of five letters or more; None where there are too few."""
    words = list(made.latin)
    long = [n for n, word in enumerate(words) if len(word) >= 5]
    if len(long) < slips:
        return None
    for place in rng.sample(long, slips):
        words[place] = slipped(rng, words[place])
    return " ".join(words)


def slipped(rng: Rng, word: str) -> str:
    """One letter changed, left out, put in, or exchanged with the next."""
    wrong = word
    while wrong == word:
        at, letter = rng.randrange(1, len(word) - 1), rng.choice(LETTERS)
        ways: tuple[Callable[[], str], ...] = (
            lambda at=at, letter=letter: word[:at] + letter + word[at + 1 :],
            lambda at=at: word[:at] + word[at + 1 :],
            lambda at=at, letter=letter: word[:at] + letter + word[at:],
            lambda at=at: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        wrong = rng.choice(ways)()
    return wrong


def omitted(rng: Rng, made: Made) -> str | None:
    """The middle of three words left out or made an initial; a company's form written otherwise."""
    words = list(made.latin)
    if made.is_company:
        return " ".join([*words[:-1], FORMS[words[-1]]])
    if len(words) < 3:
        return None
    words[1:2] = [] if rng.random() < 0.5 else [f"{words[1][0]}."]
    return " ".join(words)

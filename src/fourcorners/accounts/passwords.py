"""Passwords: which are taken, and how they are kept (Argon2id). Slow on purpose: call it outside a transaction."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from fourcorners.accounts.errors import PasswordWeak
from fourcorners.accounts.policy import number

__all__ = ["PasswordProof", "check_strength", "hash_password", "prove"]


@dataclass(frozen=True, slots=True)
class PasswordProof:
    """Did the password fit `stored`? `rehashed` is set where the parameters have changed since."""

    stored: str | None
    fits: bool
    rehashed: str | None = None


def check_strength(password: str, about: tuple[str, ...] = ()) -> None:
    """Raises PasswordWeak if too short, too long, or guessed early. `about`: what others know of its owner."""
    password = _normal(password)
    if len(password) < number("password", "length_min"):
        least = number("password", "length_min")
        raise PasswordWeak(f"Use {least} characters or more; several words are fine.", why="short", length_min=least)
    if len(password) > number("password", "length_max"):
        most = number("password", "length_max")
        raise PasswordWeak(f"Use at most {most} characters.", why="long", length_max=most)
    known = [word for text in (*about, "fourcorners") for word in (text, *text.replace("@", " ").split())]
    guess = zxcvbn(password[: number("password", "guessed_length_max")], user_inputs=known)
    if float(guess["guesses_log10"]) < number("password", "guesses_log10_min"):
        raise PasswordWeak("That is among the first that somebody would try.", why="common")


def hash_password(password: str) -> str:
    """The text to store: algorithm, parameters, salt and hash."""
    return _hasher().hash(_normal(password))


def prove(stored: str | None, password: str) -> PasswordProof:
    """Does it fit? Takes the same time where there is no account or no password."""
    try:
        _hasher().verify(stored or _decoy(), _normal(password[: 4 * number("password", "length_max")]))
    except (VerificationError, InvalidHashError):
        return PasswordProof(stored, fits=False)
    if not stored:
        return PasswordProof(stored, fits=False)
    again = hash_password(password) if _hasher().check_needs_rehash(stored) else None
    return PasswordProof(stored, fits=True, rehashed=again)


def _normal(password: str) -> str:
    """One form for what looks the same, however it was typed (SP 800-63B-4 asks NFKC or NFKD)."""
    return unicodedata.normalize("NFKC", password)


def _hasher() -> PasswordHasher:
    return PasswordHasher(
        time_cost=number("argon2id", "passes"),
        memory_cost=number("argon2id", "memory_kib"),
        parallelism=number("argon2id", "lanes"),
        type=Type.ID,
    )


@cache
def _decoy() -> str:
    """What a password is held against where there is none to hold it against."""
    return hash_password("a password that nobody has")

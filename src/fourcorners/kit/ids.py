"""Identifiers: a UUIDv7 (RFC 9562) behind the kind of thing that it names, such as `app_01jdkz6b3mfhvs5tq9w8e0r2xy`.

The 128 bits are written in Crockford's base 32, so that ids sort by the time they were made. One form is used
everywhere: in the database, in addresses, in logs.
"""

import re
import secrets
import time
from datetime import UTC, datetime

__all__ = ["is_id", "made_at", "new_id"]

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FORM = re.compile(r"([a-z]{2,5})_([0-7][0-9a-hjkmnp-tv-z]{25})")
DIGITS = 26


def new_id(prefix: str, at_ms: int | None = None) -> str:
    """A new id of the kind `prefix` (2 to 5 letters); `at_ms` is its time in ms since 1970, else now.

    The 12 bits after the milliseconds are a fraction of one (RFC 9562, section 6.2, method 3): two ids that one process
    makes, one after the other, sort in that order. 62 bits are drawn.
    """
    moment, within = divmod(time.time_ns(), 1_000_000) if at_ms is None else (at_ms, secrets.randbelow(1_000_000))
    fraction = within * 4096 // 1_000_000
    bits = (moment & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62)
    return f"{prefix}_" + "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(DIGITS)))


def is_id(text: str, prefix: str = "") -> bool:
    """Is this an id (of the kind `prefix`, if given)? Says nothing of whether the thing exists."""
    found = FORM.fullmatch(text)
    return found is not None and prefix in ("", found[1])


def made_at(text: str) -> datetime | None:
    """When this id was made, to the millisecond, in UTC; None for what is no id."""
    found = FORM.fullmatch(text)
    if found is None:
        return None
    bits = 0
    for digit in found[2]:
        bits = bits << 5 | ALPHABET.index(digit)
    return datetime.fromtimestamp((bits >> 80) / 1000, UTC)

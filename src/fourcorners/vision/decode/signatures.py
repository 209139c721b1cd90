"""What kind of file the bytes are, and whether they are two kinds at once."""

import re
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.vision.decode.containers import Container

__all__ = ["foreign_part", "limits", "suffix_types", "type_of"]


def limits() -> dict[str, Any]:
    """The decoder's limits and file signatures."""
    return load_toml("fourcorners.vision.decode", "limits.toml")


def type_of(data: bytes) -> str | None:
    """The name of the file type by its first bytes, or None."""
    for entry in limits()["type"]:
        signature, offset = bytes.fromhex(entry["hex"]), entry.get("offset", 0)
        if not data.startswith(signature, offset):
            continue
        brand = data[8:12].decode("ascii", "replace")
        if "brands" not in entry or brand in entry["brands"]:
            return str(entry["name"])
    if b"%PDF-" in data[: limits()["pdf_header_within_bytes"]]:
        return "PDF"
    return None


def suffix_types(suffix: str) -> set[str]:
    """The file types that end in `suffix` (no dot, any case); empty for a suffix that says nothing."""
    return {entry["name"] for entry in limits()["type"] if suffix.lower() in entry["suffixes"]}


def foreign_part(data: bytes, container: Container) -> int | None:
    """Where another format begins in the parts of the file that hold no pixels, or None."""
    for start, end in (*container.side_parts, (container.end, len(data))):
        found = _foreign().search(data, start, end)
        if found is not None:
            return found.start()
    return None


@cache
def _foreign() -> re.Pattern[bytes]:
    table = limits()["polyglot"]
    exact = [re.escape(bytes.fromhex(h)) for h in table["signatures_hex"]]
    words = [b"(?i:" + re.escape(word.encode()) + b")" for word in table["words"]]
    return re.compile(b"|".join(exact + words))

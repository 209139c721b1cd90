"""Control characters that a reader or a log has spelled out ("<LF>", "\\n", "%0A"), back to what they are."""

import re

__all__ = ["with_control_characters"]

NAMES = {"LF": "\n", "CR": "\r", "RS": "\x1e", "FS": "\x1c", "GS": "\x1d", "US": "\x1f", "TAB": "\t"}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
SEPARATORS_MAX = 3
"""Real control characters in a text from which its separators are taken to be whole."""

SPELLED = re.compile(
    r"[<\[](?P<name>LF|CR|RS|FS|GS|US|TAB)[>\]]"
    r"|\\(?P<escape>[nrt])"
    r"|(?:\\x|\\u00|%)(?P<hex>0[0-9A-Fa-f]|1[0-9A-Fa-f])"
    r"|&#(?:(?P<decimal>\d{1,2})|x(?P<hexed>[01]?[0-9A-Fa-f]));"
    r"|\^(?P<caret>[JM\\\]^_])"
    r"|(?P<picture>[\u2400-\u241f])"
)


def with_control_characters(text: str) -> str:
    """The text with its control characters; as it was if it has some already, for then these are data."""
    if sum(c < " " for c in text) > SEPARATORS_MAX:
        return text
    return SPELLED.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    if found["name"]:
        return NAMES[found["name"]]
    if found["escape"]:
        return ESCAPES[found["escape"]]
    if found["caret"]:
        return chr(ord(found["caret"]) - ord("@"))
    if found["picture"]:
        return chr(ord(found["picture"]) - 0x2400)
    code = int(found["decimal"]) if found["decimal"] else int(found["hex"] or found["hexed"], 16)
    return chr(code) if code < ord(" ") else found[0]

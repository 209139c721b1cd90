"""Plain decisions: who counts as a reader, and why an article did not help."""

from enum import StrEnum

from fourcorners.kit.data import load_toml

__all__ = ["COMMENT_CHARS_MAX", "Unhelpful", "is_bot"]

COMMENT_CHARS_MAX = 1000


class Unhelpful(StrEnum):
    """Why an article did not help."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"
    OTHER_SUBJECT = "other_subject"


def is_bot(user_agent: str) -> bool:
    """Is it a program and no reader (HC10)? Whoever does not say what they are is taken for one."""
    said = user_agent.casefold()
    return not said.strip() or any(word in said for word in load_toml("fourcorners.help", "bots.toml")["words"])

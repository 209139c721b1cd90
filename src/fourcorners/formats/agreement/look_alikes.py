"""Characters that are taken for one another."""

from functools import cache

from fourcorners.kit.data import load_toml

__all__ = ["one_edit_apart", "sight"]


def sight(text: str) -> str:
    """The text as somebody sees who cannot tell O from 0 or I from 1."""
    return text.translate(_first_of_group())


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one character was changed, added, lost, or swapped with its neighbour."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    return rest_a[1:] == rest_b or rest_a == rest_b[1:]


@cache
def _first_of_group() -> dict[int, str]:
    groups = load_toml("fourcorners.formats", "look_alikes.toml")["groups"]
    return {ord(character): group[0] for group in groups for character in group}

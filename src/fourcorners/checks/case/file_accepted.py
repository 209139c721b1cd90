"""The file is a picture that we take: its type, its size, whole, nothing attached (IDP6)."""

from fourcorners.checks.finding import Fact, Finding, fail, ok
from fourcorners.checks.limits import Limits
from fourcorners.checks.subject import Case

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "file_accepted"
VERSION = 1
REASONS = (
    "file_missing",
    "file_empty",
    "file_too_large",
    "file_type_unsupported",
    "file_type_mismatch",
    "file_truncated",
    "file_damaged",
    "file_polyglot",
    "picture_too_large",
    "picture_too_small",
    "picture_animated",
)


def check(case: Case, limits: Limits) -> Finding:
    """Judge the one picture in `case` (the runner asks for each in turn); the decoder's refusal is the reason."""
    for subject, refusal in case.refused.items():
        details = tuple((name, str(value)) for name, value in refusal.fields.items())
        return fail(NAME, VERSION, refusal.code, [Fact("file", details, refusal.message)]).about(subject)
    for subject, frame in case.frames.items():
        picture = frame.picture
        values = (("type", picture.format), ("size", f"{picture.width} x {picture.height}"))
        return ok(NAME, VERSION, [Fact("file", values)]).about(subject)
    return ok(NAME, VERSION)

"""No editing program saved the picture (IDP2, FAI10).

Only what the file says of itself is judged: forgeries whose traces were wiped pass here. Comparing the noise of the
portrait with that of its page was tried and left out: print differs as much as forgery does.
"""

from fourcorners.checks.finding import Fact, Finding, fail, ok
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "not_edited"
VERSION = 2
REASONS = ("edited_picture",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Fails when the metadata name an editing program or generator (data)."""
    for key, value in sorted(frame.picture.metadata.items()):
        if key != "FileName" and any(word in value.casefold() for word in limits["editors"]):
            return fail(NAME, VERSION, REASONS[0], [Fact("metadata", ((key, value),))])
    return ok(NAME, VERSION, [Fact("metadata", (), "name no editing program")])

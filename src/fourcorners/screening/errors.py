"""What screening declines."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["HitsOpen", "ListChanged", "ListFormUnknown", "ListNameInvalid", "ListUnreadable", "ReasonMissing"]


class ListUnreadable(Refusal):
    """The file is no list, or so much of it is broken that it must not replace what is there."""

    code = "list_unreadable"


class ListFormUnknown(Refusal):
    """Lists are FollowTheMoney JSON lines or CSV."""

    code = "list_form_unknown"


class ListNameInvalid(Refusal):
    """A list's name is of lower-case letters, digits and hyphens."""

    code = "list_name_invalid"


class ListChanged(Refusal):
    """Somebody else imported a version of this list at the same time."""

    code = "list_changed"
    retryable: ClassVar[bool] = True


class ReasonMissing(Refusal):
    """Whoever decides a hit says why."""

    code = "hit_reason_missing"


class HitsOpen(Refusal):
    """Hits on lists wait to be decided, or are confirmed: this case cannot be approved so."""

    code = "hits_open"

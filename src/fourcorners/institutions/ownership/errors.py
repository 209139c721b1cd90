"""What of a graph of owners cannot be worked with."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["GraphInvalid", "GraphTooLarge", "SharesExceedWhole", "SubjectUnknown"]


class GraphInvalid(Refusal):
    """A graph of owners is not written as it has to be; the message names the place.

    `fault` tells what is amiss with a holding of `owner` in `owned` (their names): `end_missing`, `share_missing`,
    `share_not_counted`, `nobody_owns`, `role_elsewhere`, `arrangement_held`.
    """

    code: ClassVar[str] = "ownership_graph_invalid"
    retryable: ClassVar[bool] = True


class GraphTooLarge(Refusal):
    """A graph of owners has more nodes or edges than are worked with."""

    code: ClassVar[str] = "ownership_graph_too_large"
    retryable: ClassVar[bool] = True


class SubjectUnknown(Refusal):
    """The institution whose owners are asked for is not in the graph."""

    code: ClassVar[str] = "ownership_subject_unknown"
    retryable: ClassVar[bool] = True


class SharesExceedWhole(Refusal):
    """More than the whole of an institution is said to be held, so that no share in it means anything."""

    code: ClassVar[str] = "ownership_over_whole"
    retryable: ClassVar[bool] = True

"""What is refused about somebody's data."""

from fourcorners.kit.errors import Refusal

__all__ = ["MustBeKept"]


class MustBeKept(Refusal):
    """The law or a legal hold asks for these data to be kept; `until` says how long, if that is known."""

    code = "must_be_kept"

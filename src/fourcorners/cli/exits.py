"""Exit statuses: stable, so that scripts may rely on them."""

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What a command's exit status says. Commands over many files end with `OK` once each file has its answer."""

    OK = 0
    """The case is approved, or the work was done."""
    USAGE = 2
    """The command line is wrong."""
    REFUSED = 3
    """What was handed in cannot be worked with; the message has a code."""
    RESUBMIT = 10
    """The applicant is asked for something again."""
    REVIEW = 11
    """A person must decide."""
    REJECT = 12
    """The case is rejected."""
    INTERNAL = 70
    """A bug: please report it."""

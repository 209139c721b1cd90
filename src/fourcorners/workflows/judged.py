"""What came of checking a submission, ready to be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Judged"]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict's canonical JSON, and what is kept beside it in the open."""

    verdict: bytes
    decision: str
    reasons: Sequence[str]
    versions: Mapping[str, object]

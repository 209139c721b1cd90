"""Fields that several people fill in at once: each keeps the version in which it was last changed.

Whoever saves names the version that they saw. Fields that nobody else changed since are taken, others are a conflict:
so two people who write in different fields never lose anything, and two who write in the same one are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fourcorners.institutions.errors import SectionChanged

__all__ = ["Versioned"]


@dataclass(frozen=True, slots=True)
class Versioned:
    """Values by field, the version of the whole (0 before anything was saved), and that of each field."""

    values: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)

    def saved(self, changes: Mapping[str, Any], seen: int) -> "Versioned":
        """With `changes` (None takes a field away), by somebody who saw version `seen`.

        The same object when nothing changes, as when a form is sent twice. Raises SectionChanged with what the others
        wrote meanwhile.
        """
        new = {name: value for name, value in changes.items() if self.values.get(name) != value}
        if not new:
            return self
        clashes = sorted(name for name in new if self.changed.get(name, 0) > seen)
        if clashes:
            raise SectionChanged(
                "Somebody else changed this meanwhile. Look at what they wrote, then save again.",
                version=self.version,
                fields=clashes,
                values={name: self.values.get(name) for name in clashes},
            )
        version = self.version + 1
        values = {name: value for name, value in {**self.values, **new}.items() if value is not None}
        return Versioned(values, version, {**self.changed, **dict.fromkeys(new, version)})

    def to_plain(self) -> dict[str, Any]:
        """What is kept, ready for JSON."""
        return {"values": dict(self.values), "changed": dict(self.changed)}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any], version: int) -> "Versioned":
        """What `to_plain` gave."""
        return cls(kept["values"], version, kept["changed"])

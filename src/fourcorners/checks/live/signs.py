"""A sign that a clip does not show what it should."""

from dataclasses import dataclass

__all__ = ["Sign"]


@dataclass(frozen=True, slots=True)
class Sign:
    """`reason` is a code of results.toml; `value` was measured `at_s` seconds into the clip and passed `limit`."""

    reason: str
    at_s: float
    value: float
    limit: float

    def to_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "reason": self.reason,
            "at_s": round(self.at_s, 3),
            "value": float(f"{self.value:.4g}"),
            "limit": self.limit,
        }

"""Refusals: what we decline to do, said in one sentence with a stable code."""

from typing import ClassVar

__all__ = ["Refusal"]


class Refusal(Exception):
    """Base of every expected error. A bug is not a refusal.

    Subclasses set `code` (stable, snake_case, documented) and `retryable` (may the same person try again?).
    `fields` carries typed details for a machine; the message is a sentence for a person.
    """

    code: ClassVar[str] = "refused"
    retryable: ClassVar[bool] = False

    def __init__(self, message: str, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.fields = fields

    def to_dict(self) -> dict[str, object]:
        """`code`, `message` and the fields, ready for JSON."""
        return {"code": self.code, "message": self.message, **self.fields}

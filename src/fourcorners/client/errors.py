"""What the client raises."""

from collections.abc import Mapping
from typing import Any

__all__ = ["ApiRefused", "ApiUnreachable"]


class ApiRefused(Exception):
    """The service declined: `code` is stable, `fields` say more, `status` is that of HTTP."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        super().__init__(str(told.get("detail", "The service declined.")))
        self.status, self.fields = status, dict(told)
        self.code = str(told.get("code", "unknown"))
        self.retryable = bool(told.get("retryable", False))


class ApiUnreachable(Exception):
    """The service did not answer, however often it was asked."""

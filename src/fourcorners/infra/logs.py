"""Structured logs, one JSON object a line, of ids and codes only: names, numbers and pixels never reach them."""

import logging
import os
import re
import sys
from collections.abc import MutableMapping
from functools import cache
from typing import Any, TextIO, cast

import structlog

from fourcorners.kit.ids import is_id

__all__ = ["log", "set_up_logs"]

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,63}")
"""Codes, names of events, methods: words without spaces, letters first."""

WITHHELD = "[withheld]"
OWN_KEYS = ("event", "level", "timestamp")

log = structlog.get_logger("fourcorners")


def set_up_logs(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Write to `stream`; left out, to standard error, by a way of our own.

    Libraries that chatter while they load are silenced by turning the file behind standard error away for a moment: a
    line that was written by another thread just then would be lost with theirs.
    """
    own = stream or _own_way()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            withhold,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(own),
        cache_logger_on_first_use=False,
    )


@cache
def _own_way() -> TextIO:
    """The one of this process."""
    try:
        return os.fdopen(os.dup(sys.stderr.fileno()), "w", buffering=1, encoding="utf-8")
    except OSError:  # standard error is no file: somebody has put something of theirs in its place
        return cast("TextIO", _StandardError())


class _StandardError:
    """What stands for standard error when a line is written, since what stood there before may be closed by then."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def withhold(_: object, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Let ids, codes, short counts and true or false through; everything else is withheld, whoever wrote it."""
    return {key: value if key in OWN_KEYS or _harmless(value) else WITHHELD for key, value in entry.items()}


def _harmless(value: object) -> bool:
    if isinstance(value, bool | float) or value is None:
        return True
    if isinstance(value, int):
        return abs(value) < 10_000_000  # a count, a size, a status; not a document's number
    return isinstance(value, str) and (is_id(value) or PLAIN.fullmatch(value) is not None)

"""What is done regularly, by name; retries.toml says when."""

from collections.abc import Callable, Mapping

from fourcorners.infra.floor import Floor
from fourcorners.privacy.jobs import sweep_orphans, sweep_retention
from fourcorners.workflows.stuck import sweep_stuck

__all__ = ["SWEEPS"]


def _retention(floor: Floor) -> None:
    sweep_retention(floor.database)


def _orphans(floor: Floor) -> None:
    sweep_orphans(floor.database, floor.blobs)


def _stuck(floor: Floor) -> None:
    sweep_stuck(floor.database)


SWEEPS: Mapping[str, Callable[[Floor], None]] = {
    "retention.sweep": _retention,
    "orphans.sweep": _orphans,
    "stuck.sweep": _stuck,
}
"""Every regular sweep but the worker's own two. Each may run at any time, on any worker, twice at once."""

"""What is done regularly, by name; retries.toml says when."""

from collections.abc import Callable, Mapping

from fourcorners.accounts.answers import sweep_answers
from fourcorners.infra.floor import Floor
from fourcorners.privacy.jobs import sweep_orphans, sweep_retention
from fourcorners.workflows.conclusions import watch_expiry
from fourcorners.workflows.institution_renewal import watch_reviews
from fourcorners.workflows.institution_screening import screen_institutions_again
from fourcorners.workflows.screening import screen_everybody_again
from fourcorners.workflows.stuck import sweep_stuck

__all__ = ["SWEEPS"]


def _retention(floor: Floor) -> None:
    sweep_retention(floor.database)


def _orphans(floor: Floor) -> None:
    sweep_orphans(floor.database, floor.blobs)


def _stuck(floor: Floor) -> None:
    sweep_stuck(floor.database)


def _answers(floor: Floor) -> None:
    sweep_answers(floor.database)


def _screening(floor: Floor) -> None:
    screen_everybody_again(floor)
    screen_institutions_again(floor)


SWEEPS: Mapping[str, Callable[[Floor], None]] = {
    "retention.sweep": _retention,
    "answers.sweep": _answers,
    "orphans.sweep": _orphans,
    "stuck.sweep": _stuck,
    "expiry.watch": watch_expiry,
    "institutions.watch": watch_reviews,
    "screening.sweep": _screening,
}
"""Every regular sweep but the worker's own two. Each may run at any time, on any worker, twice at once."""

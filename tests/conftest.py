"""What all tests share: the public evaluation pictures, if they are there, and the service's ground floor."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from engines import TestClock, open_test_floor, tidy_up
from fourcorners.infra.db import Database
from fourcorners.infra.floor import Floor

# How long an example takes says how busy the machine is: no property test may fail by it.
settings.register_profile("fourcorners", deadline=None)
settings.load_profile("fourcorners")


def pytest_sessionfinish() -> None:
    """Nothing of ours stays behind in the folder for temporary files."""
    tidy_up()


@pytest.fixture(scope="session")
def eval_root() -> Path:
    """The public evaluation set named by FOURCORNERS_EVAL; tests that measure on it are left out without it."""
    root = os.environ.get("FOURCORNERS_EVAL")
    if not root:
        pytest.skip("FOURCORNERS_EVAL names no folder")
    return Path(root)


@pytest.fixture
def clock() -> TestClock:
    """Stands at 2026-11-01 09:00 UTC until `clock.move(hours=1)`."""
    return TestClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def floor(request, tmp_path, clock) -> Iterator[Floor]:
    """Everything an edge needs, once on each engine."""
    opened = open_test_floor(request.param, tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def database(floor) -> Database:
    """The database alone, once on each engine."""
    return floor.database


@pytest.fixture
def sqlite_floor(tmp_path, clock) -> Iterator[Floor]:
    """Everything an edge needs, on SQLite only: for pages and other edges."""
    opened = open_test_floor("sqlite", tmp_path, clock)
    yield opened
    opened.close()

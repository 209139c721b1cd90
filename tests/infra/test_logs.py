"""Logs outlive whatever stood for standard error when they were set up."""

import io
import json
import sys

import pytest

from fourcorners.infra.logs import _own_way, log, set_up_logs


@pytest.fixture(autouse=True)
def as_before():
    _own_way.cache_clear()
    yield
    _own_way.cache_clear()


def test_a_stand_in_for_standard_error_may_be_closed(monkeypatch):
    """A test's capture, a notebook, a supervisor's pipe: logs go to what stands there when a line is written."""
    first, second = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", first)
    set_up_logs()
    log.info("worker.started")
    assert json.loads(first.getvalue())["event"] == "worker.started"
    monkeypatch.setattr(sys, "stderr", second)
    first.close()
    log.info("worker.stopped")
    assert json.loads(second.getvalue())["event"] == "worker.stopped"

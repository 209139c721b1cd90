"""A site of its own for each file of tests in a browser."""

import pytest

from engines import TestClock, open_test_floor
from fourcorners.web.applicant import AREA
from serving import serving


@pytest.fixture(scope="module")
def floor(tmp_path_factory):
    opened = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(floor):
    from pytest_socket import enable_socket

    enable_socket()
    with serving(floor, (AREA,)) as origin:
        yield origin

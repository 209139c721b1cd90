"""A site of its own for each file of tests, and Chromium to visit it."""

import pytest

from engines import TestClock, open_test_floor
from serving import CHROMIUM, CHROMIUM_FLAGS, serving

WAIT_MS = 60_000
"""Longer than any busy machine needs; every wait is for a condition."""


@pytest.fixture(scope="module")
def floor(tmp_path_factory):
    opened = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(floor):
    from pytest_socket import enable_socket

    enable_socket()
    with serving(floor) as origin:
        yield origin


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)


@pytest.fixture
def visit(browser, address):
    contexts = []

    def come(size):
        context = browser.new_context(base_url=address, viewport=size, locale="en")
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield come
    for context in contexts:
        context.close()

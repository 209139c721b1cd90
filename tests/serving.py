"""A real server on a free port of this machine, and Chromium's flags: for the tests that use a browser."""

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from fourcorners.accounts.actions.sessions import Further, nothing_further
from fourcorners.infra.floor import Floor
from fourcorners.web import Area, Site, create_app
from fourcorners.web.areas import AREAS

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.flaky(reruns=1, only_rerun=[r"^Error: (Browser|Page|Frame|Locator)", r"^TimeoutError: "]),
]
"""The marks of a test in a real browser; pip cannot bring one.

Where the browser itself gives up (a page did not come in time on a busy machine), the test begins once more and the
summary names it. What the test asserts has one try.
"""


def arrive(page: Page, address: str) -> None:
    """Wait until the page is at this address (`*` stands for anything).

    Unlike `wait_for_url`, this is content with a page that moves twice by itself, so that one move aborts the other.
    """
    pattern = re.compile(re.escape(address).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") + "$")
    expect(page).to_have_url(pattern, timeout=60_000)
    page.wait_for_load_state()


@contextmanager
def serving(floor: Floor, areas: tuple[Area, ...] = AREAS, *, further: Further = nothing_further) -> Iterator[str]:
    """Serve these areas, asking for a `further` factor; gives the origin.

    The name is `localhost`, as passkeys are bound to a name.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    site = Site(f"http://localhost:{listening.getsockname()[1]}", bytes(range(32)))
    app = create_app(floor, areas=areas, site=site)
    app.state.further = further
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield site.origin
    finally:
        server.should_exit = True
        thread.join()

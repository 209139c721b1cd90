"""The site of the design tests, and a client of it."""

import pytest
from design_site import SECRET, design_area
from fastapi.testclient import TestClient

from fourcorners.web import Site, create_app


@pytest.fixture
def site():
    return Site("http://testserver", SECRET)


@pytest.fixture
def app(site, sqlite_floor):
    return create_app(sqlite_floor, site=site, areas=(design_area(),))


@pytest.fixture
def client(app):
    with TestClient(app, headers={"accept": "text/html", "accept-language": "en"}) as client:
        yield client

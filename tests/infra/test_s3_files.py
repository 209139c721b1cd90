"""Files in an S3-like store: a local server speaks the protocol."""

from urllib.request import Request, urlopen

import pytest
from moto.server import ThreadedMotoServer

from fourcorners.infra.blobs import open_blobs
from fourcorners.infra.errors import NotFound, StoreUnavailable

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def endpoint(monkeypatch):
    """The address of a server with one empty bucket."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with urlopen(Request(f"http://{host}:{port}/bucket", method="PUT")):
        yield f"http://{host}:{port}"
    server.stop()


def test_files_come_and_go(endpoint):
    blobs = open_blobs("s3://bucket/house", endpoint)
    blobs.put("app_1/upl_1", b"sealed")
    blobs.put("app_1/upl_1", b"sealed again")
    assert blobs.get("app_1/upl_1") == b"sealed again"
    assert blobs.list() == ["app_1/upl_1"]
    blobs.delete("app_1/upl_1")
    blobs.delete("app_1/upl_1")
    with pytest.raises(NotFound):
        blobs.get("app_1/upl_1")


def test_a_bucket_that_is_not_there_is_a_refusal(endpoint):
    with pytest.raises(StoreUnavailable):
        open_blobs("s3://none/house", endpoint).put("app_1/upl_1", b"sealed")

"""A virus scanner is asked in its own protocol; whatever is no clear "clean" stops the file."""

import socket
import threading

import pytest

from clamd import LIMIT_BYTES, TEST_VIRUS, VERSION, clamd
from fourcorners.infra.errors import FileInfected, ScannerUnavailable
from fourcorners.infra.scanning import Scanner, open_scanner


@pytest.fixture
def socket_path(tmp_path_factory):
    """Short enough for a socket's address."""
    return tmp_path_factory.mktemp("c") / "s"


def test_clean_files_pass_whole_and_infected_ones_are_stopped(socket_path):
    with clamd(socket_path) as (url, seen):
        scanner = open_scanner(url)
        large = bytes(range(256)) * 1000
        for data in (b"", b"a", large):
            scanner.scan(data)
        assert seen == [b"", b"a", large]
        with pytest.raises(FileInfected) as refused:
            scanner.scan(b"before" + TEST_VIRUS + b"after")
        assert refused.value.to_dict().keys() == {"code", "message"}
        assert scanner.version() == VERSION


@pytest.mark.enable_socket
def test_over_the_network():
    with clamd() as (url, seen):
        open_scanner(url).scan(b"clean")
        assert seen == [b"clean"]


def test_what_is_above_its_own_limit_is_not_called_clean(socket_path):
    with clamd(socket_path) as (url, _), pytest.raises(ScannerUnavailable):
        open_scanner(url).scan(bytes(8 * LIMIT_BYTES))


@pytest.mark.parametrize("answer", [b"", b"OK", b"stream: OK FOUND?\0", b"UNKNOWN COMMAND\0", b"\xff" * 9000])
def test_an_answer_that_is_not_clear_stops_the_file(socket_path, answer):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(socket_path))
        listening.listen()

        def answer_once():
            line, _ = listening.accept()
            with line:
                line.recv(100)
                line.sendall(answer)

        thread = threading.Thread(target=answer_once)
        thread.start()
        with pytest.raises(ScannerUnavailable):
            Scanner(path=str(socket_path)).scan(b"data")
        thread.join()


def test_silence_ends(socket_path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(socket_path))
        listening.listen()
        with pytest.raises(ScannerUnavailable):
            Scanner(path=str(socket_path), timeout_s=0.05).scan(b"data")


def test_nobody_there(socket_path):
    with pytest.raises(ScannerUnavailable):
        Scanner(path=str(socket_path)).scan(b"data")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", None),
        ("clamd://av.example.org", Scanner("av.example.org", 3310)),
        ("clamd://av.example.org:4000", Scanner("av.example.org", 4000)),
        ("clamd:///run/clamav/clamd.ctl", Scanner(path="/run/clamav/clamd.ctl")),
    ],
)
def test_addresses(url, expected):
    assert open_scanner(url) == expected


@pytest.mark.parametrize("url", ["http://av.example.org", "clamd://", "clamd:///", "/run/clamav/clamd.ctl"])
def test_addresses_that_are_none(url):
    with pytest.raises(ValueError, match="FOURCORNERS_SCANNER_URL"):
        open_scanner(url)

"""Files are shown to the operator's virus scanner before anything opens them: clamd, over its socket (INSTREAM)."""

import socket
import struct
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from fourcorners.infra.errors import FileInfected, ScannerUnavailable
from fourcorners.infra.logs import log

__all__ = ["Scanner", "open_scanner"]

PORT = 3310
PIECE_BYTES = 1 << 16
ANSWER_BYTES_MAX = 4096
TIMEOUT_S = 30.0
"""Of each send and receive; clamd looks through 20 MB in a few seconds, and says nothing meanwhile."""

CLEAN, FOUND = " OK", " FOUND"


@dataclass(frozen=True, slots=True)
class Scanner:
    """A clamd at `host:port`, or at a socket of this machine when `path` is set. One connection a file."""

    host: str = ""
    port: int = PORT
    path: str = ""
    timeout_s: float = TIMEOUT_S

    def scan(self, data: bytes) -> None:
        """Raises FileInfected; ScannerUnavailable without a clear answer: what was not scanned is not clean."""
        pieces = (data[at : at + PIECE_BYTES] for at in range(0, len(data), PIECE_BYTES))
        sent = b"".join(struct.pack(">I", len(piece)) + piece for piece in pieces)
        answer = self._ask(b"zINSTREAM\0" + sent + struct.pack(">I", 0))
        if answer.endswith(FOUND):
            signature = answer.removeprefix("stream: ").removesuffix(FOUND)
            log.warning("file.infected", signature=signature[:64])
            raise FileInfected("A virus scanner stopped this file.")
        if not answer.endswith(CLEAN):
            log.error("scanner.unclear")
            raise ScannerUnavailable("The virus scanner gave no clear answer. Nothing was kept; please try again soon.")

    def version(self) -> str:
        """What it calls itself, with the day of its signatures. Raises ScannerUnavailable."""
        return self._ask(b"zVERSION\0")

    def _ask(self, command: bytes) -> str:
        """Its answer, up to the zero byte. Reads what it said even if it closed before everything was sent."""
        try:
            with closing(self._connect()) as line:
                broken = _send(line, command)
                answer = _receive(line)
        except OSError as error:
            log.error("scanner.unavailable", kind=type(error).__name__)
            raise ScannerUnavailable(
                "The virus scanner does not answer. Nothing was kept; please try again soon."
            ) from error
        if not answer and broken is not None:
            log.error("scanner.unavailable", kind=type(broken).__name__)
            raise ScannerUnavailable("The virus scanner closed the line.") from broken
        return answer

    def _connect(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), timeout=self.timeout_s)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self.timeout_s)
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _send(line: socket.socket, command: bytes) -> OSError | None:
    """The error when the other side stops taking it: a file above its own limit ends so, after it said why."""
    try:
        line.sendall(command)
    except (BrokenPipeError, ConnectionResetError) as error:
        return error
    return None


def _receive(line: socket.socket) -> str:
    heard = bytearray()
    while len(heard) < ANSWER_BYTES_MAX and b"\0" not in heard:
        piece = line.recv(ANSWER_BYTES_MAX)
        if not piece:
            break
        heard += piece
    return bytes(heard).partition(b"\0")[0].decode("utf-8", "replace").strip()


def open_scanner(url: str) -> Scanner | None:
    """The scanner at `clamd://host:port` or `clamd:///path/to/socket`; None for an empty address. Raises ValueError."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "clamd" or not (parts.hostname or parts.path.strip("/")):
        raise ValueError("FOURCORNERS_SCANNER_URL must be clamd://host:port or clamd:///path/to/socket")
    if parts.hostname:
        return Scanner(parts.hostname, parts.port or PORT)
    return Scanner(path=parts.path)

"""A small server that speaks clamd's protocol, and finds the test file that every virus scanner knows."""

import socketserver
import struct
import threading
from contextlib import contextmanager

# In pieces, so that no scanner stops this file.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-" + b"STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
SIGNATURE = "Eicar-Test-Signature"
VERSION = "ClamAV 1.4.3/27800/Thu Nov 26 09:00:00 2026"
LIMIT_BYTES = 1_000_000


class Line(socketserver.StreamRequestHandler):
    """One connection: one command, one answer."""

    def handle(self):
        command = self._until_zero()
        if command == b"zVERSION":
            self.wfile.write(VERSION.encode() + b"\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._look_through() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _until_zero(self):
        command = bytearray()
        while (letter := self.rfile.read(1)) not in (b"\0", b""):
            command += letter
        return bytes(command)

    def _look_through(self):
        data = bytearray()
        while (length := struct.unpack(">I", self.rfile.read(4))[0]) > 0:
            data += self.rfile.read(length)
            if len(data) > LIMIT_BYTES:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.seen.append(bytes(data))
        return f"stream: {SIGNATURE} FOUND".encode() if TEST_VIRUS in data else b"stream: OK"


class OverSocketFile(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


class OverNetwork(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def clamd(path=None):
    """(address, what it saw) of a server at the socket `path`, or else at a port of 127.0.0.1."""
    server = OverSocketFile(str(path), Line) if path else OverNetwork(("127.0.0.1", 0), Line)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"clamd://{path}" if path else f"clamd://127.0.0.1:{server.server_address[1]}", server.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

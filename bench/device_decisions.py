"""How long a decision on a device takes, without camera: `python -m bench.device_decisions [rounds]`.

Each round: a new browser knocks, the trusted one lets it in, it comes in, and it comes in again as a known one. Given
are the CPU time of the process (what a decision costs, whoever else uses the machine) and the time on the wall: the
median, the 99th percentile and the worst.
"""

import base64
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import update

from fourcorners.accounts import Opened, Proof
from fourcorners.accounts.actions.links import make_account
from fourcorners.accounts.actions.sessions import open_session
from fourcorners.accounts.queries import get_account
from fourcorners.accounts.rules import Kind
from fourcorners.devices import ask_device
from fourcorners.devices.actions import Arrived, allow, arrive
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.models import DeviceRequest
from fourcorners.devices.one_time import code_shown
from fourcorners.devices.queries import Seen, find_binding, get_request, secret_of
from fourcorners.devices.rules import Knock
from fourcorners.devices.signing import message, new_challenge
from fourcorners.infra import Settings, open_floor
from fourcorners.migrations import migrate

SECRET, SEEN = bytes(range(32)), Seen("Firefox", "192.0.2.7")
WARM = 5
T = TypeVar("T")


def text(data: bytes) -> str:
    """Base64url, as a browser sends it."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Timed:
    """CPU and wall times by what was done, in milliseconds."""

    def __init__(self) -> None:
        self.cpu: dict[str, list[float]] = defaultdict(list)
        self.wall: dict[str, list[float]] = defaultdict(list)

    def __call__(self, name: str, act: Callable[[], T]) -> T:
        """Do it and note how long it took."""
        cpu, wall = time.process_time(), time.perf_counter()
        answer = act()
        self.cpu[name].append(1e3 * (time.process_time() - cpu))
        self.wall[name].append(1e3 * (time.perf_counter() - wall))
        return answer


class House:
    """An account on SQLite in a folder, and the browsers at it."""

    def __init__(self, folder: Path) -> None:
        self.floor = open_floor(Settings(data_dir=folder))
        migrate(self.floor.database)
        with self.floor.database.write() as db:
            self.account = make_account(db, "cleo@example.org", "Cleo", Kind.CUSTOMER, None, "en", actor="bench").id

    def half(self, by: str = "password") -> Opened:
        """A sign-in, as far as the password goes."""
        with self.floor.database.write() as db:
            account = get_account(db, self.account)
            return open_session(db, account, Proof(by, "Firefox", "192.0.2.7"), ask_device, actor=self.account)

    def come(
        self, key: EllipticCurvePrivateKey, half: Opened, timed: Callable[[Callable[[], Arrived]], Arrived]
    ) -> Arrived:
        """The browser's signature is made before the clock runs: it is the browser's work."""
        challenge = new_challenge(SECRET, half.session, self.floor.clock())
        numbers = decode_dss_signature(key.sign(message("POST", "/sign-in/pending", challenge), ECDSA(SHA256())))
        raw = b"".join(number.to_bytes(32, "big") for number in numbers)
        public = text(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
        signed = Signed(SECRET, "POST", "/sign-in/pending", challenge, text(raw))

        def act() -> Arrived:
            with self.floor.database.write() as db:
                return arrive(db, half.session, public, signed, SEEN, actor=self.account, wording=lambda *_: ("a", "b"))

        return timed(act)

    def let_in(self, request: str, opened: Opened) -> Knock:
        """The code is typed on the trusted device."""
        with self.floor.database.read() as db:
            row = get_request(db, request)
            code = code_shown(secret_of(db, row), row.opened_at, db.now)
        with self.floor.database.write() as db:
            bound = find_binding(db, opened.session)
            return allow(db, request, code, bound[1] if bound else None, actor=self.account)

    def forget(self) -> None:
        """Requests of earlier rounds lie a day back, so that the day's limit does not end the measurement."""
        with self.floor.database.write() as db:
            db.execute(update(DeviceRequest).values(opened_at=db.now.replace(year=db.now.year - 1)))


def main(rounds: int) -> None:
    """Measure and print."""
    timed = Timed()
    with tempfile.TemporaryDirectory() as folder:
        house, owner = House(Path(folder)), generate_private_key(SECP256R1())
        trusted = house.come(owner, house.half("passkey"), lambda act: act()).opened
        for at in range(rounds + WARM):
            into = timed if at >= WARM else Timed()
            key, half = generate_private_key(SECP256R1()), house.half()
            request = house.come(key, half, lambda act, into=into: into("knocks", act)).request
            into("is let in", lambda request=request: house.let_in(request.id, trusted))
            house.come(key, half, lambda act, into=into: into("comes in", act))
            house.come(key, house.half(), lambda act, into=into: into("comes again", act))
            house.forget()
        house.floor.close()
    print(f"{rounds} rounds, SQLite; milliseconds: median, 99th percentile, worst")
    for name in timed.cpu:
        for what, times in (("CPU", sorted(timed.cpu[name])), ("wall", sorted(timed.wall[name]))):
            p99 = times[min(len(times) - 1, int(0.99 * len(times)))]
            print(f"{name:12} {what:4} {times[len(times) // 2]:7.2f} {p99:7.2f} {times[-1]:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

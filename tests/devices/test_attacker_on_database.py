"""The attacker once more, drawn by seed, against the actions themselves: they must put the rules together rightly."""

from collections import Counter
from contextlib import suppress
from random import Random

import pytest
from sqlalchemy import select

from device_tools import ABROAD, SECRET, first_device, half_open, wording
from fourcorners.accounts import find_session
from fourcorners.accounts.secret import hash_of
from fourcorners.devices.actions import allow, answer_link, arrive, check_signed, deny, remove_device
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.models import DeviceLink
from fourcorners.devices.one_time import code_shown
from fourcorners.devices.queries import find_binding, get_request, list_knocking, secret_of
from fourcorners.devices.signing import new_challenge
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.kit.errors import Refusal
from signing_keys import BrowserKey

STEPS = 150


class Attack:
    """The owner's browser, an honest new one, two of a thief who knows the password; and a book of what was shown."""

    def __init__(self, database, clock, seed):
        self.database, self.clock, self.draw = database, clock, Random(seed)  # noqa: S311 - a test is drawn by its seed
        self.account, owner, opened = first_device(database)
        self.keys = {"owner": owner, "new": BrowserKey(), "thief": BrowserKey(), "thief2": BrowserKey()}
        self.trusted, self.whole = {"owner"}, {opened.session: ("owner", opened)}
        self.halves, self.proofs, self.requests, self.shown = [], [], [], {}
        self.reached = Counter()

    def sign(self, who, session, path):
        challenge = new_challenge(SECRET, session, self.database.clock())
        proof = Signed(SECRET, "POST", path, challenge, self.keys[who].sign("POST", path, challenge))
        self.proofs.append(proof)
        return proof

    def half(self):
        self.halves.append(half_open(self.database))

    def show_key(self):
        half = self.draw.choice(self.halves[-3:])
        key = self.draw.choice(list(self.keys))
        if self.requests and self.draw.random() < 0.6:
            _, half, key = self.draw.choice(self.requests[-2:])
        signer = key if self.draw.random() < 0.8 else self.draw.choice(list(self.keys))
        replayed = self.draw.random() < 0.15
        proof = self.draw.choice(self.proofs) if replayed else self.sign(signer, half.session, "/sign-in/pending")
        with self.database.write() as db:
            arrived = arrive(
                db, half.session, self.keys[key].public, proof, ABROAD, actor=self.account, wording=wording
            )
        assert signer == key
        if arrived.opened is None:
            if arrived.request.id not in self.shown:
                self.requests.append((arrived.request.id, half, key))
                self.shown[arrived.request.id] = set()
            return
        by_request = arrived.request is not None and self.shown[arrived.request.id] >= set(arrived.request.needed)
        assert key in self.trusted or by_request
        self.reached["asked" if by_request else "trusted"] += 1
        self.reached["thief with stolen factors"] += by_request and key.startswith("thief")
        self.trusted.add(key)
        self.whole[half.session] = (key, arrived.opened)

    def open_link(self):
        with self.database.read() as db:
            texts = [read_mail(db, mail.id).text for mail in list_mails(db, at_most=6)]
            token = self.draw.choice([text for text in texts if text] or ["guessed"])
            link = db.scalar(select(DeviceLink).where(DeviceLink.token_hash == hash_of(token)))
            fresh = link is not None and link.used_at is None and (db.now - link.created_at).total_seconds() < 600
        with self.database.write() as db:
            answer_link(db, token, allowed=True, wording=wording)
        assert fresh
        self.shown[link.request].add("email")

    def type_code(self):
        request, _, _ = self.draw.choice(self.requests[-2:])
        who, opened = self.draw.choice(list(self.whole.values()))
        signer = who if self.draw.random() < 0.7 else self.draw.choice(list(self.keys))
        proof = self.sign(signer, opened.session, "/devices/allow")
        with self.database.read() as db:
            row = get_request(db, request)
            shown = code_shown(secret_of(db, row), row.opened_at, db.now)
        typed = shown if self.draw.random() < 0.7 else f"{self.draw.randrange(10**6):06}"
        with self.database.write() as db:
            device = check_signed(db, opened.session, proof, actor=self.account)
            knock = allow(db, request, typed, device, actor=self.account)
        assert signer == who
        assert who in self.trusted
        if typed == shown:
            assert not knock.missing
            self.shown[request].add("device")

    def use_cookie(self):
        who, opened = self.draw.choice(list(self.whole.values()))
        signer = self.draw.choice(list(self.keys))
        try:
            with self.database.write() as db:
                check_signed(db, opened.session, self.sign(signer, opened.session, "/x"), actor=self.account)
        except Refusal:
            self.reached["cookie refused"] += signer != who
            return
        assert signer == who
        assert who in self.trusted

    def say_no(self):
        with self.database.write() as db:
            waiting = list_knocking(db, self.account)
            if waiting and self.draw.random() < 0.3:
                deny(db, waiting[0].id, actor=self.account, wording=wording)
                self.reached["denied"] += 1

    def remove(self):
        who, opened = self.draw.choice(list(self.whole.values()))
        other, theirs = self.draw.choice(list(self.whole.values()))
        if self.draw.random() < 0.7 or other == "owner":
            return
        with self.database.write() as db:
            device = find_binding(db, theirs.session)[1]
            remove_device(db, opened.session, device.id, actor=self.account, wording=wording)
        assert who in self.trusted
        self.trusted.discard(other)
        with self.database.read() as db:
            for key, kept in self.whole.values():
                assert key != other or find_session(db, kept.token) is None

    def wait(self):
        self.clock.move(seconds=self.draw.choice([1, 20, 61, 61, 300, 601, 7200, 86_400]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_actions_let_nobody_in_without_the_required_factors(sqlite_floor, clock, seed):
    attack = Attack(sqlite_floor.database, clock, seed)
    acts = [attack.half] + [attack.show_key, attack.type_code] * 4 + [attack.use_cookie, attack.open_link, attack.wait]
    acts += [attack.say_no, attack.remove]
    attack.half()
    for _ in range(STEPS):
        act = attack.draw.choice(acts)
        if act == attack.type_code and not attack.requests:
            continue
        with suppress(Refusal):
            act()
    assert attack.reached["asked"], attack.reached
    assert attack.reached["cookie refused"], attack.reached
    with sqlite_floor.database.read() as db:
        assert verify_chain(db).broken_at is None

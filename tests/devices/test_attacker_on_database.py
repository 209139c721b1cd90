"""The attacker once more, drawn by seed, against the actions themselves: they must put the rules together rightly.

Once against an account with a telephone, once against one that was verified with its face.
"""

from collections import Counter
from contextlib import suppress
from random import Random
from secrets import SystemRandom

import pytest
from sqlalchemy import select

from device_tools import (
    ABROAD,
    HOME,
    SECRET,
    bind_number,
    first_device,
    half_open,
    phone_said,
    script,
    vector,
    verify,
    wording,
)
from fourcorners.accounts import find_session
from fourcorners.accounts.secret import hash_of
from fourcorners.checks.live import LiveResult, ResultCode
from fourcorners.devices.actions import (
    Offers,
    allow,
    answer_link,
    arrive,
    begin_face,
    check_signed,
    deny,
    end_face,
    place_call,
    press_key,
    remove_device,
    send_text,
    type_text,
)
from fourcorners.devices.actions.keeping import clear_trust
from fourcorners.devices.actions.signing import Signed
from fourcorners.devices.models import DeviceLink
from fourcorners.devices.one_time import code_shown
from fourcorners.devices.queries import find_binding, get_request, list_knocking, secret_of
from fourcorners.devices.signing import new_challenge
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.kit.errors import Refusal
from signing_keys import BrowserKey

STEPS = 200
FACE = vector(1)
PASSED = LiveResult(ResultCode.PASSED, (), (), (), "")


class Attack:
    """The owner's browser, an honest new one, two of a thief who knows the password; and a book of what was shown."""

    def __init__(self, floor, clock, seed):
        self.floor, self.database = floor, floor.database
        self.clock, self.draw = clock, Random(seed)  # noqa: S311 - a test is drawn by its seed
        self.account, owner, opened = first_device(self.database)
        self.verified = seed % 2 == 0
        if self.verified:
            verify(floor, self.account, FACE)
        else:
            bind_number(self.database, self.account, opened, "+493030903001")
        self.checks, self.tokens, self.faces = [], [], {}
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
        self.arrive(half, key, proof, Offers(camera=self.draw.random() < 0.7))
        assert signer == key

    def knock(self, half, key):
        """The honest signature of this key: the request that waits; None once it is in."""
        return self.arrive(half, key, self.sign(key, half.session, "/sign-in/pending"), Offers(camera=True))

    def arrive(self, half, key, proof, offers):
        with self.database.write() as db:
            arrived = arrive(
                db,
                half.session,
                self.keys[key].public,
                proof,
                ABROAD,
                actor=self.account,
                wording=wording,
                offers=offers,
            )
        if arrived.opened is None:
            if arrived.request.id not in self.shown:
                self.requests.append((arrived.request.id, half, key))
                self.shown[arrived.request.id] = set()
            return arrived.request
        asked = arrived.request
        by_request = asked is not None and self.shown.get(asked.id, set()) >= set(asked.needed)
        if by_request and "face" in asked.needed:
            by_request = (self.clock.now - self.faces[asked.id]).total_seconds() <= 300
            self.reached["face"] += by_request
        self.reached["phone"] += by_request and "phone" in asked.needed
        assert key in self.trusted or by_request
        self.reached["asked" if by_request else "trusted"] += 1
        self.reached["thief with stolen factors"] += by_request and key.startswith("thief")
        self.trusted.add(key)
        self.whole[half.session] = (key, arrived.opened)
        return None

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

    def lose_trust(self):
        """So that items are asked for, and not a device."""
        if self.draw.random() < 0.3:
            with self.database.write() as db:
                clear_trust(db, self.account, why="test", actor=self.account)
            self.trusted.clear()

    def ring(self):
        """Call or text, answered by whoever has the telephone or stole what it said; for this request or another."""
        request, _, _ = self.draw.choice(self.requests[-2:])
        with self.database.write() as db:
            (place_call if self.draw.random() < 0.5 else send_text)(db, request, actor=self.account, script=script)
        self.tokens.append((request, self.clock.now, phone_said(self.database).text.split("|")))

    def answer_ring(self):
        request, at, (way, code, token) = self.draw.choice(self.tokens[-3:])
        if way == "call":
            key = self.draw.choice(["1", "1", "1", "3", ""])
            before = self.state(request)
            with self.database.write() as db:
                press_key(db, token if self.draw.random() < 0.8 else "guessed", key, wording=wording)
            if self.state(request) != before:
                assert key == "1"
                assert (self.clock.now - at).total_seconds() < 300
                self.shown[request].add("phone")
            return
        other = request if self.draw.random() < 0.7 else self.draw.choice(self.requests[-3:])[0]
        latest = next(rung for rung in reversed(self.tokens) if rung[0] == other and rung[2][0] == "text")
        with self.database.write() as db:
            knock = type_text(db, other, code, actor=self.account)
        if "phone" in knock.shown:
            assert "phone" in self.shown[other] or code == latest[2][1]
            self.shown[other].add("phone")

    def look(self):
        """A live check; its result is shown for the request, for another one, once more, or by a stranger."""
        request, half, _ = self.draw.choice(self.requests[-2:])
        if self.draw.random() < 0.6 or not self.checks:
            with self.database.write() as db:
                check, _ = begin_face(db, request, half.session, actor=self.account, draw=SystemRandom())
            self.checks.append((check, request, half))
        check, asked, session = self.draw.choice(self.checks[-2:])
        if self.draw.random() < 0.3:
            asked, session = request, half
        stranger, away = self.draw.random() < 0.2, self.draw.random() < 0.2
        before = self.state(asked)
        with self.database.write() as db:
            face, seen = vector(2) if stranger else FACE, HOME if away else ABROAD
            faced = end_face(db, check, asked, session.session, PASSED, face, seen, actor=self.account)
        known = next(kept for kept in self.checks if kept[0] == check)
        assert known[1] == asked
        self.checks.remove(known)
        if faced.code == "passed" and self.state(asked) != before:
            assert not stranger
            assert not away
            self.shown[asked].add("face")
            self.faces[asked] = self.clock.now

    def state(self, request):
        with self.database.read() as db:
            row = get_request(db, request)
            return row.status, tuple(row.shown)

    def come_all_the_way(self):
        """Everything is shown by whoever has it, or has stolen it all: so that deep places are reached."""
        self.half()
        half, key = self.halves[-1], self.draw.choice(list(self.keys))
        request = self.knock(half, key)
        for factor in [] if request is None else sorted(set(request.needed) - {"device"}):
            with self.database.write() as db:
                if factor == "email":
                    link = next(m.text for m in [read_mail(db, m.id) for m in list_mails(db, at_most=6)] if m.text)
                    answer_link(db, link, allowed=True, wording=wording)
                elif factor == "phone":
                    place_call(db, request.id, actor=self.account, script=script)
                else:
                    check, _ = begin_face(db, request.id, half.session, actor=self.account, draw=SystemRandom())
                    end_face(db, check, request.id, half.session, PASSED, FACE, ABROAD, actor=self.account)
                    self.faces[request.id] = self.clock.now
            if factor == "phone":
                with self.database.write() as db:
                    token = phone_said(self.database).text.split("|")[2]
                    press_key(db, token, "1", wording=wording)
            self.shown[request.id].add(factor)
        self.knock(half, key)

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


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_actions_let_nobody_in_without_the_required_factors(sqlite_floor, clock, seed):
    attack = Attack(sqlite_floor, clock, seed)
    acts = [attack.half] + [attack.show_key, attack.type_code] * 4 + [attack.use_cookie, attack.open_link, attack.wait]
    acts += [attack.say_no, attack.remove, attack.open_link, attack.wait] + [attack.come_all_the_way] * 2
    acts += [attack.look] * 4 if attack.verified else [attack.ring, attack.answer_ring] * 2 + [attack.lose_trust]
    attack.half()
    for _ in range(STEPS):
        act = attack.draw.choice(acts)
        if act in (attack.type_code, attack.ring, attack.look) and not attack.requests:
            continue
        if act == attack.answer_ring and not attack.tokens:
            continue
        with suppress(Refusal):
            act()
    assert attack.reached["asked"], attack.reached
    assert attack.reached["face" if attack.verified else "phone"], attack.reached
    assert attack.reached["cookie refused"], attack.reached
    with sqlite_floor.database.read() as db:
        assert verify_chain(db).broken_at is None

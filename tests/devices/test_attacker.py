"""An attacker with the password at the gate: replays, reorders, guesses, races, steals cookies, links and codes.

Nobody's session becomes whole without the factors that were asked for, whatever order things come in. What was truly
shown is written down beside the gate, by other means than the gate's own.
"""

import logging
import os
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from attacks_by_other_ways import AttacksByOtherWays
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from gate import Gate, Kept
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from fourcorners.devices.rules import Factor, Status
from fourcorners.devices.signing import fingerprint_of, read_key
from fourcorners.kit.errors import Refusal
from signing_keys import BrowserKey

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
LATE = st.integers(0, 2)
"""Which one, counted from the latest: what is old is over, and tried by `ANY`."""

ANY = st.integers(0, 2**16)
SELDOM = st.integers(0, 5).map(lambda drawn: drawn == 0)
WHO = st.sampled_from(["owner", "new", "thief", "thief2"])
KEYS = {name: BrowserKey() for name in ("owner", "new", "thief", "thief2")}
"""Made once: a device's key does not change, and making one takes as long as many steps."""

NAMES = {who: fingerprint_of(read_key(key.public)) for who, key in KEYS.items()}

LONG = os.environ.get("FOURCORNERS_LONG") == "1"
FIRST_SEED = int(os.environ.get("FOURCORNERS_SEED", "1"))
SEEDS = [FIRST_SEED + more for more in range(10)] if LONG else [FIRST_SEED]
"""A long run is ten runs; the same seeds draw the same steps again."""

REACHED = [
    "in as trusted",
    "in by device",
    "in by email",
    "in by authenticator+email",
    "in by email+phone",
    "in by authenticator+email+phone",
    "in by email+face",
    "in by person",
    "by call",
    "by text",
    "by face",
    "face refused",
    "objected",
    "thief in by stolen factors",
    "stolen cookie refused",
    "denied",
    "locked",
]
STEPS, EXAMPLES = 100, 1_500 if LONG else 260
reached: Counter[str] = Counter()
"""How often what was reached, so that a machine that never comes anywhere is found out."""


class AtTheGate(AttacksByOtherWays, RuleBasedStateMachine):
    """Anybody does anything; `shown` holds what was truly shown for each request, `signed` what was truly signed."""

    names, reached = NAMES, reached

    @initialize(authenticator=st.booleans(), phone=st.booleans(), verified=st.booleans(), owner_trusted=st.booleans())
    def begin(self, authenticator, phone, verified, owner_trusted):
        self.secret = b"12345678901234567890" if authenticator else None
        self.gate = Gate(START, self.secret, phone=phone, verified=verified)
        self.open_books()
        self.faces: dict[int, datetime] = {}
        self.trusted: set[str] = set()
        self.shown: dict[int, set[Factor]] = {}
        self.needed: dict[int, set[Factor]] = {}
        self.signed: set[tuple[str, str, str, str]] = set()
        self.taken: set[str] = set()
        self.mails: list[tuple[str, int, datetime]] = []
        self.opened_links: set[str] = set()
        self.used_codes: set[int] = set()
        self.observed: list[tuple[str, str, str]] = []
        self.codes: list[str] = ["000000", "00000000"]
        self.tokens: list[str] = []
        if owner_trusted:
            self.let_in_first("owner")

    def let_in_first(self, who):
        """The owner's own device, as it was let in when the account was made."""
        token = self.gate.sign_in()
        kept = self.arrive(token, who, who)
        link = self.gate.mail(kept)
        self.gate.confirm_link(link)
        self.shown[id(kept)].add(Factor.EMAIL)
        if self.secret:
            step = int(self.gate.now.timestamp()) // 30
            self.gate.type_authenticator(kept, self.code_of(step))
            self.used_codes.add(step)
            self.shown[id(kept)].add(Factor.AUTHENTICATOR)
        if self.gate.phone:
            self.gate.press(self.gate.place_call(kept), "1")
            self.note(kept, Factor.PHONE)
            self.called_at.append(self.gate.now)
        assert self.arrive(token, who, who) is None
        self.tokens.append(token)

    def code_of(self, step):
        return HOTP(self.secret or bytes(20), 8, SHA1()).generate(step).decode()  # noqa: S303

    def sign(self, who, token, path):
        challenge = self.gate.challenge(token)
        signature = KEYS[who].sign("POST", path, challenge)
        self.signed.add((who, token, path, challenge))
        self.observed.append((token, challenge, signature))
        return challenge, signature

    def note(self, kept, factor):
        """It was truly shown, for this request; a face for five minutes only."""
        self.shown[id(kept)].add(factor)
        if factor is Factor.FACE:
            self.faces[id(kept)] = self.gate.now

    def arrive(self, token, key, signer, proof=None, *, camera=False, network="home"):
        challenge, signature = proof or self.sign(signer, token, "/sign-in/pending")
        trusted, decided = self.trusted_now(), self.truly_decided(key)
        before = self.latest(token, key)
        kept = self.gate.arrive(token, KEYS[key].public, challenge, signature, camera=camera, network=network)
        # from here on the gate has taken the signature
        assert (key, token, "/sign-in/pending", challenge) in self.signed
        assert challenge not in self.taken
        self.taken.add(challenge)
        mine = self.latest(token, key)
        if kept is None and key not in trusted and mine is not before:  # it never waited: a person had decided
            assert decided
            decided[0]["over"] = True
            self.shown[id(mine)] = self.needed[id(mine)] = {Factor.PERSON}
        if kept is None:
            fully = mine is not None and self.shown[id(mine)] >= self.needed[id(mine)]
            if fully and Factor.FACE in self.needed[id(mine)]:
                fully = self.face_is_fresh(mine)
            reached["in as trusted" if key in trusted else f"in by {self.way(mine)}"] += 1
            reached["thief in by stolen factors"] += key.startswith("thief") and key not in trusted
            assert key in trusted or (fully and mine.knock.status is Status.APPROVED)
            self.trusted.add(key)
        elif id(kept) not in self.shown:
            self.shown[id(kept)] = set()
            items = {Factor.EMAIL} | ({Factor.AUTHENTICATOR} if self.secret else set())
            items |= {Factor.PHONE} if self.gate.phone else set()
            self.needed[id(kept)] = {Factor.DEVICE} if trusted else items
            if self.gate.verified and camera:
                self.needed[id(kept)] = {Factor.FACE, Factor.EMAIL}
            assert not decided
            assert kept.knock.needed == self.needed[id(kept)]
        return kept

    def trusted_now(self):
        kept = self.gate.devices
        unused = {who: self.gate.now - kept[NAMES[who]].used_at for who in self.trusted}
        return {who for who, span in unused.items() if span.total_seconds() < 30 * 86_400}

    def way(self, kept):
        return "+".join(sorted(factor.value for factor in self.needed[id(kept)]))

    def latest(self, token, key) -> Kept | None:
        mine = [k for k in self.gate.knocks if k.session == token and k.device == NAMES[key]]
        return mine[-1] if mine else None

    def knock(self, n):
        return self.gate.knocks[-1 - n % len(self.gate.knocks)]

    def has_knocks(self):
        return bool(self.gate.knocks)

    @rule()
    def sign_in_with_the_password(self):
        self.tokens.append(self.gate.sign_in())

    @precondition(lambda self: self.tokens)
    @rule(n=LATE, key=WHO, signer=WHO, forged=SELDOM, camera=st.booleans(), abroad=SELDOM)
    def show_a_key(self, n, key, signer, forged, camera, abroad):
        """The thief signs with keys of his own, also for a key that is not his; of cameras anybody says anything."""
        network = "abroad" if abroad else "home"
        with suppress(Refusal):
            token = self.tokens[-1 - n % len(self.tokens)]
            self.arrive(token, key, signer if forged else key, camera=camera, network=network)

    @precondition(has_knocks)
    @rule(n=LATE)
    def come_in_with_what_was_shown(self, n):
        kept = self.knock(n)
        who = next(who for who, name in NAMES.items() if name == kept.device)
        with suppress(Refusal):
            self.arrive(kept.session, who, who)

    @precondition(lambda self: self.tokens and self.observed)
    @rule(n=ANY, m=ANY, key=WHO)
    def replay_a_signature(self, n, m, key):
        _, challenge, signature = self.observed[-1 - m % len(self.observed)]
        with suppress(Refusal):
            self.arrive(self.tokens[-1 - n % len(self.tokens)], key, key, (challenge, signature))

    @precondition(has_knocks)
    @rule(n=LATE)
    def have_a_mail_sent(self, n):
        kept = self.knock(n)
        self.mails.append((self.gate.mail(kept), id(kept), self.gate.now))

    @precondition(lambda self: self.mails)
    @rule(n=LATE, guess=SELDOM)
    def confirm_a_link(self, n, guess):
        """Stolen or one's own, fresh, used or run out; or guessed."""
        link, kept, at = self.mails[-1 - n % len(self.mails)]
        link = link[:-2] + "xx" if guess else link
        fresh = (self.gate.now - at).total_seconds() < 600 and link not in self.opened_links
        with suppress(Refusal):
            self.gate.confirm_link(link)
            assert fresh
            self.opened_links.add(link)
            self.shown[kept].add(Factor.EMAIL)

    @precondition(has_knocks)
    @rule(n=LATE, off=st.sampled_from([-2, -1, 0, 0, 0, 1, 2]), guess=st.integers(0, 10**8 - 1), guesses=SELDOM)
    def type_a_code_of_the_authenticator(self, n, off, guess, guesses):
        kept, step = self.knock(n), int(self.gate.now.timestamp()) // 30
        typed = f"{guess:08}" if guesses else self.code_of(step + off)
        self.codes.append(typed)
        with suppress(Refusal):
            self.gate.type_authenticator(kept, typed)
            fits = {s for s in (step - 1, step, step + 1) if self.code_of(s) == typed}
            assert self.secret
            assert fits - self.used_codes
            assert max(fits) > max(self.used_codes, default=0)
            self.used_codes |= fits
            self.shown[id(kept)].add(Factor.AUTHENTICATOR)

    @precondition(has_knocks)
    @rule(n=LATE, first=st.integers(0, 10**8 - 10))
    def guess_again_and_again(self, n, first):
        """One after the other; where the authenticator's codes in force are among them, it is not a wrong guess."""
        kept, step = self.knock(n), int(self.gate.now.timestamp()) // 30
        in_force = {self.code_of(s) for s in (step - 1, step, step + 1)}
        for typed in (f"{first + more:08}" for more in range(9)):
            if typed not in in_force:
                with suppress(Refusal):
                    self.gate.type_authenticator(kept, typed)
                    raise AssertionError(typed)

    @precondition(lambda self: self.gate.knocks and self.tokens)
    @rule(n=LATE, m=ANY, signer=WHO, old=ANY, wrong=SELDOM, forged=SELDOM)
    def type_the_shown_code_on_a_device(self, n, m, signer, old, wrong, forged):
        """On the owner's device, or with a stolen cookie, or a code that was seen earlier."""
        whole = [token for token in self.tokens if self.gate.sessions[token].whole and not wrong] or self.tokens
        token, kept = whole[-1 - m % len(whole)], self.knock(n)
        shown = self.gate.code_on(kept)
        typed = self.codes[old % len(self.codes)] if wrong else shown
        own = next((who for who, name in NAMES.items() if name == self.gate.sessions[token].device), signer)
        signer = signer if forged else own
        self.codes.append(shown)
        challenge, signature = self.sign(signer, token, "/devices/allow")
        trusted = self.trusted_now()
        with suppress(Refusal):
            self.gate.type_shown(token, kept, typed, challenge, signature)
            assert typed == shown
            assert signer in trusted
            assert self.gate.sessions[token].device == NAMES[signer]
            self.taken.add(challenge)
            self.shown[id(kept)].add(Factor.DEVICE)

    @precondition(lambda self: self.tokens)
    @rule(n=ANY, signer=WHO)
    def use_a_stolen_cookie(self, n, signer):
        """A session answers to its own device alone."""
        token = self.tokens[-1 - n % len(self.tokens)]
        challenge, signature = self.sign(signer, token, "/security/password")
        try:
            self.gate.signed_by(token, "/security/password", challenge, signature)
        except Refusal:
            reached["stolen cookie refused"] += self.gate.sessions[token].whole
            return
        assert self.gate.sessions[token].device == NAMES[signer]
        assert signer in self.trusted

    @precondition(has_knocks)
    @rule(n=ANY, does=SELDOM)
    def deny(self, n, does):
        if not does:
            return
        with suppress(Refusal):
            self.gate.deny(self.knock(n))
            assert self.gate.sessions[self.knock(n).session].ended
            reached["denied"] += 1

    @rule(who=WHO, does=SELDOM)
    def remove_a_device(self, who, does):
        name = NAMES[who]
        if does and name in self.gate.devices:
            self.gate.remove(name)
            self.trusted.discard(who)
            assert all(s.ended for s in self.gate.sessions.values() if s.device == name)

    @rule(seconds=st.sampled_from([*[1, 20, 30, 61] * 6, *[300, 601] * 2, 3600, 86_401, 31 * 86_400]))
    def time_passes(self, seconds):
        self.gate.move(seconds)

    @invariant()
    def every_whole_session_has_its_device(self):
        reached["steps"] += 1
        for session in self.gate.sessions.values():
            assert not session.whole or session.device is not None
        reached["locked"] += any(kept.knock.status is Status.LOCKED for kept in self.gate.knocks)


@pytest.mark.parametrize("drawn", SEEDS)
def test_no_session_without_the_required_factors(drawn):
    """DEV2 to DEV9, DEV11: 20,000 steps; more than a million under FOURCORNERS_LONG=1."""
    reached.clear()
    run_state_machine_as_test(
        seed(drawn)(AtTheGate),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    logging.getLogger(__name__).info("seed %s: %s", drawn, dict(sorted(reached.items())))
    assert reached["steps"] >= (100_000 if LONG else 20_000), reached
    assert {what for what in REACHED if not reached[what]} == set(), reached

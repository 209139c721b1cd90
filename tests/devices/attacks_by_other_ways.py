"""What is tried at the telephone, before the camera and with the staff; what was truly shown is noted beside it."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from fourcorners.checks.live import ResultCode
from fourcorners.devices.rules import Factor
from fourcorners.kit.errors import Refusal

LATE, ANY = st.integers(0, 2), st.integers(0, 2**16)
SELDOM = st.integers(0, 5).map(lambda drawn: drawn == 0)
SEEN = st.sampled_from([ResultCode.PASSED] * 3 + [ResultCode.LIVENESS_FAILED, ResultCode.NETWORK_TIMEOUT])
NETWORK = st.sampled_from(["home", "home", "home", "abroad"])
WHO = st.sampled_from(["owner", "new", "thief", "thief2"])
REVIEWERS = st.sampled_from(["anna", "bo"])
HOUR, DAY, PASS = timedelta(hours=1), timedelta(days=1), timedelta(minutes=5)


def has_knocks(machine):
    return bool(machine.gate.knocks)


class AttacksByOtherWays:
    """Rules for the machine at the gate; `calls`, `texts`, `looks` and `tickets` are its own books."""

    def open_books(self):
        self.calls, self.texts, self.looks, self.tickets = [], [], [], []
        self.called_at, self.wrong_texts_at = [], []

    def face_is_fresh(self, kept):
        at = self.faces.get(id(kept))
        return at is not None and self.gate.now - at <= PASS

    def truly_decided(self, key):
        """Is there a decision in force on this device: everybody needed said yes, a day ago, and nobody no?"""
        now = self.gate.now
        return [
            t
            for t in self.tickets
            if t["key"] == key and t["approved"] and not t["over"] and DAY <= now - t["approved"] < 8 * DAY
        ]

    @precondition(has_knocks)
    @rule(n=LATE)
    def have_the_telephone_ring(self, n):
        kept = self.knock(n)
        with suppress(Refusal):
            token = self.gate.place_call(kept)
            assert sum(self.gate.now - at < HOUR for at in self.called_at) < 5
            self.called_at.append(self.gate.now)
            self.calls.append({"token": token, "kept": kept, "at": self.gate.now, "over": False})

    @precondition(has_knocks)
    @rule(n=LATE, which=ANY, by_text=st.booleans())
    def show_what_is_missing(self, n, which, by_text):
        """By whoever has it, or has stolen it: so that deep places are reached."""
        kept = self.knock(n)
        missing = sorted(kept.knock.missing)
        if not missing:
            return
        factor = missing[which % len(missing)]
        if factor is Factor.EMAIL:
            self.have_a_mail_sent(n=n)
            self.confirm_a_link(n=0, guess=False)
        elif factor is Factor.AUTHENTICATOR:
            self.type_a_code_of_the_authenticator(n=n, off=0, guess=0, guesses=False)
        elif factor is Factor.FACE:
            looks = len(self.looks)
            self.begin_a_live_check(n=n, network=kept.network, other=False)
            if len(self.looks) > looks:
                self.end_a_live_check(n=0, m=n, seen=ResultCode.PASSED, stranger=False, elsewhere=False, token=False)
        elif factor is Factor.PHONE and by_text:
            texts = len(self.texts)
            self.have_a_text_sent(n=n)
            if len(self.texts) > texts:
                self.type_the_code_of_a_text(n=0, m=n, guess=0, guesses=False, twice=bool(which % 2))
        elif factor is Factor.PHONE:
            calls = len(self.calls)
            self.have_the_telephone_ring(n=n)
            if len(self.calls) > calls:
                self.press_a_key(n=0, key="1", guessed=False, twice=bool(which % 2))

    @rule(who=WHO, camera=st.booleans(), by_text=st.booleans(), goes=st.sampled_from(["well"] * 3 + ["badly"]))
    def come_all_the_way(self, who, camera, by_text, goes):
        """Signed in, asked, everything shown: the owner, or a thief who has stolen it all; or who has not."""
        token = self.gate.sign_in()
        self.tokens.append(token)
        with suppress(Refusal):
            kept = self.arrive(token, who, who, camera=camera)
            for which in range(0 if kept is None else len(kept.knock.missing)):
                if goes == "badly":
                    self.guess_again_and_again(n=0, first=0)
                    self.look_as_a_stranger(n=0)
                    self.use_a_result_elsewhere(n=0, m=1, in_session=by_text)
                self.show_what_is_missing(n=0, which=which, by_text=by_text)
            self.arrive(token, who, who)

    @rule(who=WHO, m=LATE, no=SELDOM)
    def knock_where_a_device_is_trusted(self, who, m, no):
        """Its owner types the code there, or says no."""
        token = self.gate.sign_in()
        self.tokens.append(token)
        with suppress(Refusal):
            kept = self.arrive(token, who, who)
            if kept is not None and no:
                self.deny(n=0, does=True)
            elif kept is not None and Factor.DEVICE in kept.knock.missing:
                self.type_the_shown_code_on_a_device(n=0, m=m, signer="owner", old=0, wrong=False, forged=False)
            self.arrive(token, who, who)

    @rule(in_session=st.booleans(), twice=st.booleans())
    def show_one_face_for_two(self, in_session, twice):
        """The owner looks into the camera for their own new device, and the thief waits beside it."""
        for who in ("new", "thief"):
            self.tokens.append(self.gate.sign_in())
            with suppress(Refusal):
                if self.arrive(self.tokens[-1], who, who, camera=True) is None:
                    return
        if len(self.gate.knocks) > 1:
            self.use_a_result_elsewhere(n=1, m=0, in_session=in_session)
            if twice:
                self.use_a_result_elsewhere(n=0, m=0, in_session=False)
                self.end_again()

    def end_again(self):
        if self.looks:
            passed = ResultCode.PASSED
            self.end_a_live_check(n=0, m=0, seen=passed, stranger=False, elsewhere=False, token=False)

    @rule(who=WHO, second=REVIEWERS, waits=st.booleans())
    def be_let_in_by_a_person(self, who, second, waits):
        """The whole way by hand; where one reviewer decides twice, or nobody waits, it leads nowhere."""
        token = self.gate.sign_in()
        self.tokens.append(token)
        with suppress(Refusal):
            if self.arrive(token, who, who) is None:
                return
            self.ask_for_a_person(n=0)
            if not self.tickets:
                return
            self.hand_in_photos(n=0, guessed=False)
            for by in ("anna", second):
                self.the_staff_decides(n=0, by=by, no=False)
        if self.tickets and any(t["approved"] for t in self.tickets):
            self.come_in_by_decision(n=0, waits=waits, other=False, who=who)

    @precondition(lambda self: self.calls)
    @rule(n=LATE, key=st.sampled_from(["1", "1", "1", "2", "", "3", "11"]), guessed=SELDOM, twice=SELDOM)
    def press_a_key(self, n, key, guessed, twice):
        """By the owner, by whoever stole the provider's address, or by whoever guesses one."""
        call = self.calls[-1 - n % len(self.calls)]
        kept, session = call["kept"], self.gate.sessions[call["kept"].session]
        for pressed in [key] + twice * [key, "2"]:
            before, ended = kept.knock.shown, session.ended
            with suppress(Refusal):
                self.gate.press(call["token"] + "x" if guessed else call["token"], pressed)
            did = (kept.knock.shown != before, session.ended != ended)
            if not any(did):
                continue
            assert did == (pressed == "1", pressed == "2")
            assert not guessed
            assert not call["over"]
            assert self.gate.now - call["at"] < timedelta(minutes=5)
            call["over"] = True
            if pressed == "1":
                self.note(kept, Factor.PHONE)
                self.reached["by call"] += 1

    @precondition(has_knocks)
    @rule(n=LATE)
    def have_a_text_sent(self, n):
        kept = self.knock(n)
        with suppress(Refusal):
            code = self.gate.send_text(kept)
            self.codes.append(code)
            self.texts.append({"code": code, "kept": kept, "at": self.gate.now, "over": False})

    @precondition(lambda self: self.texts)
    @rule(n=LATE, m=LATE, guess=st.integers(0, 10**8 - 1), guesses=SELDOM, twice=SELDOM)
    def type_the_code_of_a_text(self, n, m, guess, guesses, twice):
        """Stolen from the telephone, of this request or another, the latest or one before it; or guessed."""
        text, kept = self.texts[-1 - n % len(self.texts)], self.knock(m)
        typed = f"{guess:08}" if guesses else text["code"]
        for _ in range(1 + twice):
            self.type_text(kept, typed)

    def type_text(self, kept, typed):
        mine = [t for t in self.texts if t["kept"] is kept]
        try:
            self.gate.type_text(kept, typed)
        except Refusal as refusal:
            if refusal.code == "code_wrong":
                since = [at for at in self.wrong_texts_at if self.gate.now - at < HOUR / 2]
                assert len(since) < 6
                self.wrong_texts_at.append(self.gate.now)
            return
        assert mine
        assert mine[-1]["code"] == typed
        assert not mine[-1]["over"]
        assert self.gate.now - mine[-1]["at"] < timedelta(minutes=30)
        mine[-1]["over"] = True
        self.note(kept, Factor.PHONE)
        self.reached["by text"] += 1

    @precondition(has_knocks)
    @rule(n=LATE, network=NETWORK, other=SELDOM)
    def begin_a_live_check(self, n, network, other):
        kept = self.knock(n)
        with suppress(Refusal):
            purpose = "kyc" if other else "login_new_device"
            check = self.gate.begin_face(kept, kept.session, network, purpose)
            look = {"check": check, "kept": kept, "purpose": purpose, "network": network, "over": False}
            self.looks.append(look)

    @precondition(lambda self: self.looks)
    @rule(n=LATE, m=LATE, seen=SEEN, stranger=SELDOM, elsewhere=SELDOM, token=SELDOM)
    def end_a_live_check(self, n, m, seen, stranger, elsewhere, token):
        """A stranger's face, a result that is shown again, for another request, or in another session."""
        look = self.looks[-1 - n % len(self.looks)]
        kept = self.knock(m) if elsewhere else look["kept"]
        session = self.tokens[-1] if token and self.tokens else kept.session
        with suppress(Refusal):
            told = self.gate.end_face(look["check"], kept, session, seen, 0.9 if stranger else 0.3)
            assert not look["over"]
            assert look["kept"] is kept
            assert session == kept.session
            assert look["purpose"] == "login_new_device"
            look["over"] = True
            if told is not ResultCode.PASSED:
                self.reached["face refused"] += 1
                return
            assert (seen, stranger, look["network"]) == (ResultCode.PASSED, False, kept.network)
            self.note(kept, Factor.FACE)
            self.reached["by face"] += 1

    @precondition(has_knocks)
    @rule(n=LATE)
    def look_as_a_stranger(self, n):
        looks = len(self.looks)
        self.begin_a_live_check(n=n, network=self.knock(n).network, other=False)
        if len(self.looks) > looks:
            passed = ResultCode.PASSED
            self.end_a_live_check(n=0, m=n, seen=passed, stranger=True, elsewhere=False, token=False)

    @precondition(has_knocks)
    @rule(n=LATE, m=LATE, in_session=st.booleans())
    def use_a_result_elsewhere(self, n, m, in_session):
        """What was looked at for one request is shown for another one, or in another session."""
        looks = len(self.looks)
        self.begin_a_live_check(n=n, network=self.knock(m).network, other=False)
        if len(self.looks) > looks:
            passed = ResultCode.PASSED
            self.end_a_live_check(n=0, m=m, seen=passed, stranger=False, elsewhere=True, token=in_session)

    @precondition(has_knocks)
    @rule(n=LATE)
    def ask_for_a_person(self, n):
        kept = self.knock(n)
        with suppress(Refusal):
            waits = self.gate.ask_person(kept)
            key = next(who for who, name in self.names.items() if name == kept.device)
            ticket = {"waits": waits, "key": key, "photos": False, "yes": set(), "approved": None, "over": False}
            self.tickets.append(ticket)

    @precondition(lambda self: self.tickets)
    @rule(n=LATE, guessed=SELDOM)
    def hand_in_photos(self, n, guessed):
        ticket = self.tickets[-1 - n % len(self.tickets)]
        link = ticket["waits"].link
        with suppress(Refusal):
            self.gate.hand_in(link + "x" if guessed else link)
            assert not guessed
            assert not ticket["photos"]
            ticket["photos"] = True

    @precondition(lambda self: self.tickets)
    @rule(n=LATE, by=REVIEWERS, no=SELDOM)
    def the_staff_decides(self, n, by, no):
        """Four eyes: one person alone, however often, lets nobody in."""
        ticket = self.tickets[-1 - n % len(self.tickets)]
        with suppress(Refusal):
            self.gate.staff_says(ticket["waits"], by, approve=not no, four_eyes=True)
            assert ticket["photos"]
            assert not ticket["over"]
            assert by not in ticket["yes"] or no
            ticket["over"] = no
            ticket["yes"] |= set() if no else {by}
            if len(ticket["yes"]) == 2 and not no:
                assert ticket["approved"] is None
                ticket["approved"] = self.gate.now

    @precondition(lambda self: self.tickets)
    @rule(n=LATE, does=SELDOM)
    def object_to_a_decision(self, n, does):
        ticket = self.tickets[-1 - n % len(self.tickets)]
        if does:
            with suppress(Refusal):
                self.gate.object_to(ticket["waits"])
                assert not ticket["over"]
                ticket["over"] = True
                self.reached["objected"] += 1

    @precondition(lambda self: any(t["approved"] for t in self.tickets))
    @rule(n=LATE, waits=st.booleans(), other=SELDOM, who=WHO)
    def come_in_by_decision(self, n, waits, other, who):
        """With the device that was decided on, or another one; before the hold is over, or after it."""
        ticket = self.tickets[-1 - n % len(self.tickets)]
        if waits:
            self.gate.move(86_400)
        token = self.gate.sign_in()
        self.tokens.append(token)
        key = who if other else ticket["key"]
        with suppress(Refusal):
            self.arrive(token, key, key)

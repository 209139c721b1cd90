"""INS3 as a machine: in whatever order things are done, only allowed moves happen, nothing is lost or done twice."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cases import staff
from engines import TestClock, open_test_floor
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import answer
from fourcorners.clearance.institutions import ask_institution, decide_institution, rule_item, standings
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.infra.audit import verify_chain
from fourcorners.institutions.actions import reopen, sign, submit, withdraw
from fourcorners.institutions.queries import get_institution, list_submissions, read_section
from fourcorners.institutions.rules import Action, State, can, next_state
from fourcorners.kit.errors import Refusal
from institution_cases import ORIGIN, begin, fill_in, save, work_off

PEOPLE = [staff(), staff(name="berta"), staff("senior_reviewer", name="carl")]


class InstitutionMachine(RuleBasedStateMachine):
    """`state` is what the model says; every refusal must leave everything as it was."""

    @initialize()
    def set_up(self):
        self.floor = open_test_floor("sqlite", Path(tempfile.mkdtemp()), TestClock())
        self.institution = begin(self.floor)
        fill_in(self.floor, self.institution)
        self.state, self.typed, self.submissions = State.DRAFT, "wholesale", 0

    def teardown(self):
        if hasattr(self, "floor"):
            self.floor.close()

    def attempt(self, act, *moves):
        """Do it, and follow the first of `moves` that the state allows; a refusal changes nothing."""
        try:
            with self.floor.database.write() as db:
                done = act(db)
        except Refusal:
            return None
        allowed = [move for move in moves if can(self.state, move)]
        with self.floor.database.read() as db:
            now = State(get_institution(db, self.institution).state)
        if now is not self.state:
            assert now in [next_state(self.state, move) for move in allowed]
            self.state = now
        return done

    @rule(word=st.sampled_from(["wholesale", "retail", "shipping"]))
    def type_something(self, word):
        try:
            save(self.floor, self.institution, "basic_info", {"industry": word})
            self.typed = word
            assert self.state is State.DRAFT
        except Refusal:
            assert self.state is not State.DRAFT

    @rule(times=st.integers(1, 2))
    def hand_in(self, times):
        self.attempt(lambda db: sign(db, self.institution, actor="edi", signer="Ann Lee", kind="typed"))
        was = self.state
        for _ in range(times):
            self.attempt(lambda db: submit(db, self.institution, actor="edi", origin=ORIGIN), Action.SUBMIT)
        self.submissions += was is State.DRAFT and self.state is State.UNDER_REVIEW

    @rule()
    def work(self):
        work_off(self.floor)

    @rule(who=st.sampled_from(PEOPLE), accepted=st.booleans())
    def judge_everything(self, who, accepted):
        def judge(db):
            for item in standings(db, self.institution):
                accepting = accepted or not item.startswith("section:addr")
                reasons = [] if accepting else ["details_wrong"]
                rule_item(db, self.institution, item, actor=who, accepted=accepting, reasons=reasons)

        self.attempt(judge)

    @rule(who=st.sampled_from(PEOPLE), outcome=st.sampled_from([Outcome.APPROVE, Outcome.REJECT]))
    def decide(self, who, outcome):
        reasons = ["owners_unclear"] if outcome is Outcome.REJECT else []
        self.attempt(
            lambda db: decide_institution(db, self.institution, actor=who, outcome=outcome, reasons=reasons),
            Action.APPROVE,
            Action.REJECT,
        )

    @rule(who=st.sampled_from(PEOPLE))
    def ask(self, who):
        self.attempt(
            lambda db: ask_institution(db, self.institution, actor=who, text="Who?", origin=ORIGIN),
            Action.REQUEST_INFORMATION,
        )

    @rule()
    def answer(self):
        was = self.state
        self.attempt(lambda db: answer(db, self.institution, actor="edi", text="He."), Action.ANSWER)
        self.submissions += was is State.INFO_REQUESTED and self.state is State.UNDER_REVIEW

    @rule()
    def open_again(self):
        self.attempt(lambda db: reopen(db, self.institution, actor="edi"), Action.REOPEN)

    @precondition(lambda self: self.submissions > 1)
    @rule()
    def give_up(self):
        self.attempt(lambda db: withdraw(db, self.institution, actor="edi"), Action.WITHDRAW)

    @invariant()
    def holds(self):
        if not hasattr(self, "floor"):
            return
        with self.floor.database.read() as db:
            row = get_institution(db, self.institution)
            assert row.state == self.state
            assert read_section(db, self.institution, "basic_info").values["industry"] == self.typed
            assert len(list_submissions(db, self.institution)) == self.submissions
            review, effective = find_review(db, self.institution), list_decisions(db, self.institution)
            if self.state in (State.APPROVED, State.REJECTED):
                assert review.closed_at is not None
                assert effective[-1].standing == "effective"
            assert (row.due_at is not None) is (self.state in (State.UNDER_REVIEW, State.INFO_REQUESTED))
            assert verify_chain(db).broken_at is None


TestInstitutionMachine = InstitutionMachine.TestCase
TestInstitutionMachine.settings = settings(
    max_examples=5, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

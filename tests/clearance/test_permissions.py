"""Who may do what, and where: every role, every act, every phase."""

from itertools import product

import pytest

from fourcorners.accounts import Actor, Kind, Role
from fourcorners.accounts.errors import NotAllowed
from fourcorners.clearance.errors import AlreadyDecided, CaseTaken, NotInReview, SecondPersonNeeded
from fourcorners.clearance.permissions import (
    HELD,
    OTHERS_ONLY,
    can_act,
    check_can_act,
    sees_personal_data,
    sees_who_is_alike,
)
from fourcorners.clearance.phases import ALLOWED, OVERRULED_TO, Act, Phase, allows, check_allows, phase_of
from fourcorners.people import State
from fourcorners.people.rules import may_move

REVIEW = {Role.REVIEWER, Role.SENIOR_REVIEWER, Role.COMPLIANCE_OFFICER}
SENIOR = {Role.SENIOR_REVIEWER, Role.COMPLIANCE_OFFICER}
MAY = {
    Act.SEE: REVIEW | {Role.DEVELOPER},
    Act.CLAIM: REVIEW,
    Act.RELEASE: REVIEW,
    Act.ASSIGN: SENIOR,
    Act.DECIDE: REVIEW,
    Act.SECOND: REVIEW,
    Act.SETTLE: SENIOR,
    Act.OVERRULE: SENIOR,
    Act.EXEMPT: REVIEW,
    Act.NOTE: REVIEW,
    Act.ASK: REVIEW,
    Act.LIFT: SENIOR,
}
CAN = {
    Phase.ABSENT: {Act.SEE, Act.NOTE},
    Phase.WAITING: {Act.SEE, Act.NOTE, Act.CLAIM, Act.RELEASE, Act.ASSIGN, Act.DECIDE, Act.EXEMPT, Act.ASK},
    Phase.PROPOSED: {Act.SEE, Act.NOTE, Act.CLAIM, Act.RELEASE, Act.ASSIGN, Act.SECOND, Act.ASK},
    Phase.DISPUTED: {Act.SEE, Act.NOTE, Act.CLAIM, Act.RELEASE, Act.ASSIGN, Act.SETTLE},
    Phase.DECIDED: {Act.SEE, Act.NOTE, Act.OVERRULE},
    Phase.LISTED: {Act.SEE, Act.NOTE, Act.CLAIM, Act.RELEASE, Act.ASSIGN, Act.OVERRULE},
}
PEOPLE = [*(Actor("acc_1", Kind.STAFF, role) for role in Role), Actor("acc_1", Kind.CUSTOMER), Actor("acc_1")]


@pytest.mark.parametrize(("actor", "act"), list(product(PEOPLE, Act)))
def test_who_may(actor, act):
    may = actor.role in MAY[act]
    assert can_act(actor, act) is may
    if not may:
        with pytest.raises(NotAllowed):
            check_can_act(actor, act)


@pytest.mark.parametrize(("phase", "act"), list(product(Phase, Act)))
def test_what_the_case_allows(phase, act):
    can = act in CAN[phase] | {Act.LIFT}
    assert allows(phase, act) is can
    if can:
        check_allows(phase, act)
        return
    with pytest.raises(AlreadyDecided if phase is Phase.DECIDED else NotInReview):
        check_allows(phase, act)


def test_the_tables_are_whole():
    assert set(ALLOWED) == set(MAY) == set(Act)
    assert set(CAN) == set(Phase)


@pytest.mark.parametrize(("role", "act"), list(product(Role, Act)))
def test_nobody_seconds_what_they_proposed(role, act):
    actor = Actor("acc_1", Kind.STAFF, role)
    assert can_act(actor, act, decided_by=["acc_1"]) is (role in MAY[act] and act not in OTHERS_ONLY)
    assert can_act(actor, act, decided_by=["acc_2"]) is (role in MAY[act])
    if role in MAY[act] and act in OTHERS_ONLY:
        with pytest.raises(SecondPersonNeeded):
            check_can_act(actor, act, decided_by=["acc_2", "acc_1"])


@pytest.mark.parametrize(("role", "act"), list(product(Role, Act)))
def test_a_case_that_somebody_took_is_theirs(role, act):
    actor = Actor("acc_1", Kind.STAFF, role)
    kept_out = act in HELD and role not in MAY[Act.ASSIGN]
    assert can_act(actor, act, assignee="acc_2") is (role in MAY[act] and not kept_out)
    assert can_act(actor, act, assignee="acc_1") is (role in MAY[act])
    if role in MAY[act] and kept_out:
        with pytest.raises(CaseTaken):
            check_can_act(actor, act, assignee="acc_2")


def test_who_sees_names_and_pictures():
    """A developer and an administrator see neither; which other cases are alike is for seniors."""
    assert {a.role for a in PEOPLE if sees_personal_data(a)} == REVIEW
    assert {a.role for a in PEOPLE if sees_who_is_alike(a)} == SENIOR


@pytest.mark.parametrize(("state", "waits", "proposals"), list(product(State, (False, True), (0, 1, 2, 3))))
def test_the_phase_follows_from_state_and_proposals(state, waits, proposals):
    phase = phase_of(state, open_review=waits, proposals=proposals)
    if state is State.UNDER_REVIEW:
        assert phase is ((Phase.WAITING, Phase.PROPOSED, Phase.DISPUTED)[min(proposals, 2)] if waits else Phase.ABSENT)
    else:
        decided = state in (State.VERIFIED, State.ACTION_REQUIRED, State.REJECTED_FINAL)
        assert phase is (Phase.DECIDED if decided else Phase.ABSENT)
    for_hits = phase_of(state, open_review=waits, proposals=proposals, for_hits=True)
    assert for_hits is (Phase.LISTED if waits else phase)


def test_overruling_keeps_to_the_moves_of_a_verification():
    """IND2: nothing but the moves it lists."""
    assert may_move(State.VERIFIED, State.EXPIRED_REVERIFY)
    assert may_move(State.ACTION_REQUIRED, State.UNDER_REVIEW)
    assert set(OVERRULED_TO) == {State.VERIFIED, State.ACTION_REQUIRED}

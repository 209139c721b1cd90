import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.checks.finding import Outcome, judge
from fourcorners.checks.limits import GROUPS, Scale, limits_for, limits_version

HIGH = Scale("px", pass_at=10, fail_at=5, worst=0, best=20)
LOW = Scale("px", pass_at=5, fail_at=10, worst=20, best=0)


@pytest.mark.parametrize(
    ("raw", "outcome", "score"),
    [(20, "pass", 100), (10, "pass", 60), (7.5, "unsure", 50), (5, "fail", 40), (-3, "fail", 0), (99, "pass", 100)],
)
def test_a_value_is_judged_on_its_scale(raw: float, outcome: str, score: float) -> None:
    finding = judge("sharp", 1, raw, HIGH, "blurred")
    assert (finding.outcome, finding.score) == (outcome, pytest.approx(score))
    assert finding.margin == pytest.approx(raw - 10)
    assert finding.reason == (None if outcome == "pass" else "blurred")


@given(st.floats(-10, 40), st.floats(-10, 40))
def test_better_is_never_scored_lower(a: float, b: float) -> None:
    worse, better = sorted((a, b))
    assert HIGH.score(worse) <= HIGH.score(better)
    assert LOW.score(worse) >= LOW.score(better)


def test_what_is_not_a_number_never_passes() -> None:
    assert judge("sharp", 1, float("nan"), HIGH, "blurred").outcome is Outcome.FAIL
    assert HIGH.score(float("nan")) == 0


def test_a_kind_overrides_only_what_it_names() -> None:
    assert limits_for("document", "no_such_check").values == {}


def test_every_group_states_its_version() -> None:
    assert [part.rsplit("-", 1)[0] for part in limits_version().split()] == list(GROUPS)

import pytest

from fourcorners.kit.stats import wilson_interval


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (50, 100, 0.4038, 0.5962)],
)
def test_known_intervals(successes: int, trials: int, low: float, high: float) -> None:
    """Values of Newcombe 1998 and of the closed formula."""
    assert wilson_interval(successes, trials) == pytest.approx((low, high), abs=1e-4)

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.kit.quantiles import median, quantile, quantiles

KINDS = (np.uint8, np.int64, np.float32, np.float64)
SHARES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.02, 0.25, 0.45, 0.5, 0.8, 0.9, 0.97, 1.0]))


@settings(deadline=None)
@given(st.integers(1, 700), st.sampled_from(KINDS), st.integers(0, 1000), st.integers(0, 2), SHARES)
def test_they_are_numpys_to_the_last_bit(length, kind, seed, digits, share):
    """Also where many values are equal, as counted and rounded ones are."""
    values = np.round(np.random.default_rng(seed).normal(100, 30, length).clip(0, 255), digits).astype(kind)
    before = values.copy()
    assert median(values) == float(np.median(values))
    assert quantile(values, share) == float(np.quantile(values, share))
    rows = np.stack([values, values[::-1] // 2])
    assert np.array_equal(quantiles(rows, share), np.quantile(rows, share, axis=1))
    assert np.array_equal(values, before)


def test_any_shape_will_do():
    values = np.arange(12, dtype=np.float32).reshape(3, 4)[:, ::2]
    assert median(values) == float(np.median(values))
    assert quantile(values, 0.8) == float(np.quantile(values, 0.8))


def test_of_nothing_there_is_no_median_and_no_quantile():
    assert np.isnan(median(np.zeros(0)))
    with pytest.raises(IndexError):
        quantile(np.zeros(0), 0.5)

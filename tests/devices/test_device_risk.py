"""Risk rules: each speaks with its figures, and the same inputs give the same answer."""

from datetime import UTC, datetime, timedelta

import pytest

from fourcorners.devices.risk import Place, Visit, assess, kilometres

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LISBON = Place("Lisbon, PT", 38.7, -9.1)
PORTO = Place("Porto, PT", 41.1, -8.6)
TOKYO = Place("Tokyo, JP", 35.7, 139.7)


def codes(risk):
    return [sign.code for sign in risk.signs]


def ago(**span):
    return NOW - timedelta(**span)


def test_distances_are_those_of_the_atlas():
    assert kilometres(LISBON, PORTO) == pytest.approx(270, abs=5)
    assert kilometres(LISBON, TOKYO) == pytest.approx(11140, abs=40)
    assert kilometres(TOKYO, TOKYO) == 0


def test_a_place_is_new_unless_the_account_was_there_and_nothing_is_said_without_places():
    assert codes(assess([Visit(ago(days=2), LISBON)], PORTO, NOW, [])) == ["new_place"]
    assert codes(assess([Visit(ago(days=2), LISBON)], LISBON, NOW, [])) == []
    assert codes(assess([Visit(ago(days=181), PORTO), Visit(ago(days=2), LISBON)], PORTO, NOW, [])) == ["new_place"]
    for visits, here in (([], LISBON), ([Visit(ago(days=2), None)], LISBON), ([Visit(ago(days=2), LISBON)], None)):
        assert codes(assess(visits, here, NOW, [])) == []


def test_nobody_travels_faster_than_an_airliner():
    risk = assess([Visit(ago(hours=2), LISBON)], TOKYO, NOW, [])
    assert codes(risk) == ["new_place", "impossible_travel"]
    assert risk.signs[1].figures == {"km": 11143, "minutes": 120, "kmh_max": 1000}
    assert risk.asks_again
    slower = assess([Visit(ago(hours=14), LISBON)], TOKYO, NOW, [])
    assert (codes(slower), slower.asks_again) == (["new_place"], False)
    assert codes(assess([Visit(NOW, PORTO)], LISBON, NOW, [])) == ["new_place"]  # near: places are coarse


def test_a_device_of_many_accounts_is_told():
    assert codes(assess([], None, NOW, [ago(days=1)] * 2)) == []
    risk = assess([], None, NOW, [ago(days=1)] * 3)
    assert codes(risk) == ["many_accounts"]
    assert risk.signs[0].figures == {"accounts": 4, "accounts_max": 3, "days": 30}
    assert codes(assess([], None, NOW, [ago(days=31)] * 9)) == []


def test_the_same_inputs_give_the_same_answer_in_any_order_and_no_place_reaches_the_log():
    visits = [Visit(ago(hours=hour), place) for hour in range(1, 40) for place in (LISBON, TOKYO, None)]
    first = assess(visits, PORTO, NOW, [ago(days=1)] * 4)
    for turn in range(1, 5):
        other = visits[::-1] if turn % 2 else visits[turn * 9 :] + visits[: turn * 9]
        assert assess(other, PORTO, NOW, [ago(days=1)] * 4) == first
    assert first.version == 1
    assert "Porto" not in str(first.to_dict())

"""Codes that are good once: RFC 6238's own values, replay, clocks that are off, recovery codes."""

from datetime import UTC, datetime, timedelta

import pytest

from fourcorners.devices.one_time import (
    authenticator_address,
    authenticator_step,
    code_fits,
    code_shown,
    fresh_for,
    hash_of_recovery,
    new_authenticator_secret,
    new_recovery_codes,
)

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_values_of_rfc_6238_appendix_b(seconds, code):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert authenticator_step(RFC_SECRET, moment, code, None) == seconds // 30


def test_a_code_of_the_authenticator_is_good_once_and_half_a_minute_around():
    moment = datetime.fromtimestamp(1111111111, UTC)
    step = authenticator_step(RFC_SECRET, moment, "1405 0471", None)
    assert step == 37037037
    assert authenticator_step(RFC_SECRET, moment, "14050471", step) is None
    assert (
        authenticator_step(RFC_SECRET, moment, "07081804", step) is None
    )  # an earlier one, after a later one was used
    for off, fits in ((-30, True), (30, True), (-60, False), (60, False)):
        assert (authenticator_step(RFC_SECRET, moment + timedelta(seconds=off), "14050471", None) == step) is fits
    for wrong in ("", "1405047", "14050472", "1405O471", "١٤٠٥٠٤٧١"):
        assert authenticator_step(RFC_SECRET, moment, wrong, None) is None


def test_the_code_on_a_new_device_changes_each_minute():
    """DEV4."""
    secret = new_authenticator_secret()
    shown = code_shown(secret, NOW, NOW)
    assert (len(shown), shown.isdigit()) == (6, True)
    assert code_fits(secret, NOW, NOW + timedelta(seconds=59), f" {shown[:3]} {shown[3:]} ")
    later = [code_shown(secret, NOW, NOW + timedelta(minutes=i)) for i in range(10)]
    assert len(set(later)) > 8
    if later[1] != shown:
        assert not code_fits(secret, NOW, NOW + timedelta(seconds=60), shown)
    assert fresh_for(NOW, NOW + timedelta(seconds=75)) == 45
    assert not code_fits(secret, NOW, NOW, "")


def test_apps_are_told_digits_and_period():
    address = authenticator_address(RFC_SECRET, "cleo@example.org")
    assert address.startswith("otpauth://totp/Fourcorners:cleo%40example.org?")
    assert set(address.partition("?")[2].split("&")) == {
        "digits=8",
        "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        "algorithm=SHA1",
        "issuer=Fourcorners",
        "period=30",
    }


def test_recovery_codes_are_many_long_and_forgiving_to_type():
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {19}
    assert hash_of_recovery(codes[0].lower().replace("-", " ")) == hash_of_recovery(codes[0])
    assert len({hash_of_recovery(code) for code in codes}) == 10

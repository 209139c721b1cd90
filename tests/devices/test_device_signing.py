"""A signature is good for one request of one session of one device, once, for two minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fourcorners.devices.errors import KeyUnusable, ProofRefused
from fourcorners.devices.signing import check_challenge, check_signature, fingerprint_of, new_challenge, read_key
from signing_keys import BrowserKey, text_of_bytes

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
SECRET = bytes(range(32))


def test_the_right_signature_is_taken_and_any_other_is_not():
    key, other = BrowserKey(), BrowserKey()
    public = read_key(key.public)
    challenge = new_challenge(SECRET, "ses_1", NOW)
    signature = key.sign("POST", "/devices/remove", challenge)
    check_signature(public, "POST", "/devices/remove", challenge, signature)
    wrong = [
        (public, "GET", "/devices/remove", challenge, signature),
        (public, "POST", "/devices/rename", challenge, signature),
        (public, "POST", "/devices/remove", challenge + "x", signature),
        (public, "POST", "/devices/remove", challenge, other.sign("POST", "/devices/remove", challenge)),
        (read_key(other.public), "POST", "/devices/remove", challenge, signature),
        (public, "POST", "/devices/remove", challenge, ""),
        (public, "POST", "/devices/remove", challenge, text_of_bytes(bytes(64))),
        (public, "POST", "/devices/remove", challenge, text_of_bytes(b"\xff" * 64)),
        (public, "POST", "/devices/remove", challenge, "é" * 86),
    ]
    for arguments in wrong:
        with pytest.raises(ProofRefused):
            check_signature(*arguments)


def test_a_challenge_is_ours_of_this_session_and_good_for_two_minutes():
    challenge = new_challenge(SECRET, "ses_1", NOW)
    check_challenge(SECRET, "ses_1", challenge, NOW + timedelta(seconds=119))
    body, _, seal = challenge.rpartition(".")
    for session, said, moment in [
        ("ses_2", challenge, NOW),
        ("ses_1", challenge, NOW + timedelta(minutes=2)),
        ("ses_1", f"{body}9.{seal}", NOW),
        ("ses_1", "", NOW),
        ("ses_1", "a.b.c", NOW),
        ("ses_1", "é.9.é", NOW),
    ]:
        with pytest.raises(ProofRefused):
            check_challenge(SECRET, session, said, moment)
    with pytest.raises(ProofRefused):
        check_challenge(bytes(32), "ses_1", challenge, NOW)


@pytest.mark.parametrize("text", ["", "AAAA", "!", "é"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(KeyUnusable):
        read_key(text)


def test_only_keys_on_one_curve_are_taken():
    for public in (
        ec.generate_private_key(ec.SECP384R1()).public_key(),
        rsa.generate_private_key(65537, 2048).public_key(),
    ):
        with pytest.raises(KeyUnusable):
            read_key(text_of_bytes(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)))
    key = BrowserKey()
    assert fingerprint_of(read_key(key.public)) == fingerprint_of(read_key(key.public + "=" * (-len(key.public) % 4)))

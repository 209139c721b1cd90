"""Passwords: which are taken, how they are kept (ASVS 5.0 V6.2, V11.4; NIST SP 800-63B-4, 3.1.1)."""

import pytest
from argon2 import PasswordHasher

from fourcorners.accounts.errors import PasswordWeak
from fourcorners.accounts.passwords import check_strength, hash_password, prove
from signing_tools import HASHED, PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "Trotz Regen gehen wir hinaus",
        "كلمات كثيرة في جملة واحدة",
        "🐙" * 3 + "über alle Berge 7",
        "mcv!Qz8#pL2@wR5",
    ],
)
def test_long_sentences_in_any_script_are_taken(password):
    check_strength(password)
    assert prove(hash_password(password), password).fits


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "short"),
        ("", "short"),
        ("passwordpassword", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("123456789012345678", "common"),
        ("qwertyuiopasdfgh", "common"),
        ("anna.eriksson@example.org", "common"),
        ("fourcornersfourcorners", "common"),
        ("x" * 129, "long"),
    ],
)
def test_what_anybody_would_try_first_is_refused(password, why):
    with pytest.raises(PasswordWeak) as refused:
        check_strength(password, ("anna.eriksson@example.org", "Anna Eriksson"))
    assert refused.value.fields["why"] == why


def test_it_is_kept_as_argon2id_with_the_parameters_of_the_policy():
    assert HASHED.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(PASSWORD) != hash_password(PASSWORD)  # its own salt each time


def test_only_the_password_fits_whichever_way_its_letters_were_composed():
    assert prove(HASHED, PASSWORD).fits
    assert not prove(HASHED, PASSWORD + " ").fits
    assert not prove(HASHED, PASSWORD.upper()).fits
    assert prove(hash_password("Cafe\u0301 au lait, deux sucres"), "Café au lait, deux sucres").fits


@pytest.mark.parametrize("stored", [None, "", "$argon2id$nonsense", "plain"])
def test_without_a_good_hash_nothing_fits(stored):
    assert not prove(stored, "a password that nobody has").fits


def test_older_parameters_are_replaced_when_the_password_is_next_proved():
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    proof = prove(old, PASSWORD)
    assert proof.fits
    assert proof.rehashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert prove(HASHED, PASSWORD).rehashed is None


def test_an_endless_password_costs_no_endless_time():
    assert not prove(HASHED, "x" * 1_000_000).fits

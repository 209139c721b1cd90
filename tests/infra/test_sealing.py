"""Sealing: bound to person and purpose, gone with the key."""

import os

import pytest

from fourcorners.infra.db import Database
from fourcorners.infra.errors import KeyDestroyed, MasterKeyInvalid, SealBroken
from fourcorners.infra.sealing import (
    Keyring,
    destroy_key,
    fingerprint,
    is_erased,
    master_key_from,
    new_master_key,
    open_json,
    open_sealed,
    seal,
    seal_json,
)


def test_what_was_sealed_opens_again_and_only_for_its_owner_and_context(database):
    with database.write() as db:
        sealed = seal(db, "app_1", b"portrait", "upload")
        seal(db, "app_2", b"other", "upload")
    with database.read() as db:
        assert b"portrait" not in sealed
        assert open_sealed(db, "app_1", sealed, "upload") == b"portrait"
        for owner, context in (("app_2", "upload"), ("app_1", "claims")):
            with pytest.raises(SealBroken):
                open_sealed(db, owner, sealed, context)
        for broken in (b"", sealed[:-1], sealed[:20], sealed[:-1] + bytes([sealed[-1] ^ 1])):
            with pytest.raises(SealBroken):
                open_sealed(db, "app_1", broken, "upload")


def test_a_destroyed_key_opens_nothing_and_seals_nothing(database):
    with database.write() as db:
        sealed = seal_json(db, "app_1", {"name": "Ana"}, "claims")
        assert open_json(db, "app_1", sealed, "claims") == {"name": "Ana"}
        assert not is_erased(db, "app_1")
        destroy_key(db, "app_1")
    with database.write() as db:
        assert is_erased(db, "app_1")
        with pytest.raises(KeyDestroyed):
            open_json(db, "app_1", sealed, "claims")
        with pytest.raises(KeyDestroyed):
            seal(db, "app_1", b"new", "claims")


def test_an_old_master_key_still_opens(database):
    with database.write() as db:
        sealed = seal(db, "app_1", b"x", "upload")
    changed = Database(database.engine.url.render_as_string(hide_password=False), Keyring(os.urandom(32)))
    with changed.read() as db, pytest.raises(MasterKeyInvalid):
        open_sealed(db, "app_1", sealed, "upload")
    changed.keyring = Keyring(os.urandom(32), (database.keyring.master,))
    with changed.read() as db:
        assert open_sealed(db, "app_1", sealed, "upload") == b"x"
    changed.close()


def test_fingerprints_meet_for_equal_texts_of_one_context(database):
    with database.read() as db:
        assert fingerprint(db, "P1234567", "number") == fingerprint(db, "P1234567", "number")
        assert fingerprint(db, "P1234567", "number") != fingerprint(db, "P1234568", "number")
        assert fingerprint(db, "P1234567", "number") != fingerprint(db, "P1234567", "name")
        assert fingerprint(db, "b", "a|1:") != fingerprint(db, "1:b", "a|")


def test_the_master_key_is_made_once_and_private(tmp_path):
    key = new_master_key(tmp_path / "keys" / "master.key")
    assert new_master_key(tmp_path / "keys" / "master.key") == key
    assert (tmp_path / "keys" / "master.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "short", "####", "AAAA"])
def test_what_is_no_master_key_is_refused(text):
    with pytest.raises(MasterKeyInvalid):
        master_key_from(text)


def test_a_key_is_not_printed():
    assert "master=" not in repr(Keyring(bytes(32)))

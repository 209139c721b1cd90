"""Sealing: whatever tells of a person is encrypted under a key of that person's own, which can be destroyed."""

from fourcorners.infra.sealing.keyring import Keyring, master_key_from, new_master_key
from fourcorners.infra.sealing.models import SealingKey
from fourcorners.infra.sealing.seal import (
    HOUSE,
    destroy_key,
    fingerprint,
    is_erased,
    make_house_key,
    open_json,
    open_sealed,
    seal,
    seal_json,
)

__all__ = [
    "HOUSE",
    "Keyring",
    "SealingKey",
    "destroy_key",
    "fingerprint",
    "is_erased",
    "make_house_key",
    "master_key_from",
    "new_master_key",
    "open_json",
    "open_sealed",
    "seal",
    "seal_json",
]

"""Everything that an edge needs to begin, opened once a process."""

from dataclasses import dataclass

from fourcorners.infra.audit import chain_events
from fourcorners.infra.blobs import Blobs, open_blobs
from fourcorners.infra.db import Database
from fourcorners.infra.scanning import Scanner, open_scanner
from fourcorners.infra.sealing import Keyring, master_key_from, new_master_key
from fourcorners.infra.settings import Settings
from fourcorners.kit.clock import Clock, system_clock

__all__ = ["Floor", "open_floor"]


@dataclass(frozen=True)
class Floor:
    """The opened parts. Actions and queries never see it: they are handed a session, and the files."""

    settings: Settings
    database: Database
    blobs: Blobs
    clock: Clock
    scanner: Scanner | None = None

    def close(self) -> None:
        """Give everything back."""
        self.database.close()


def open_floor(settings: Settings, clock: Clock = system_clock) -> Floor:
    """Open database and files as `settings` say. Makes the data folder and a master key if there are none.

    Raises MasterKeyInvalid. Does not make tables: `fourcorners migrate` does.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    given = settings.master_key.get_secret_value()
    master = master_key_from(given) if given else new_master_key(settings.data_dir / "master.key")
    old = tuple(master_key_from(key) for key in settings.old_master_keys.get_secret_value().split(",") if key.strip())
    database = Database(settings.database, Keyring(master, old), clock)
    database.at_commit.append(chain_events)
    blobs = open_blobs(settings.blobs, settings.s3_endpoint)
    return Floor(settings, database, blobs, clock, open_scanner(settings.scanner_url))

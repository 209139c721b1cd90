"""Write the first migration again from the models. Only while there is no release: after that, migrations are added."""

import tempfile
from pathlib import Path

from alembic import command

from fourcorners.infra.db import Database
from fourcorners.infra.sealing import Keyring
from fourcorners.kit.canonical import sha256_hex
from fourcorners.migrations import config_for

__all__ = ["write_baseline"]

NAME = "0001"
FORM_DIGITS = 8


def write_baseline() -> Path:
    """The file of the first migration."""
    folder = Path(__file__).parent / "versions"
    for old in folder.glob("*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        database = Database(f"sqlite:///{scratch}/empty.db", Keyring(bytes(32)))
        with database.engine.connect() as connection:
            config = config_for(connection=connection)
            command.revision(config, message="The first form of all tables", autogenerate=True, rev_id=NAME)
        database.close()
    made = folder / f"{NAME}_the_first_form_of_all_tables.py"
    text = made.read_text(encoding="utf-8")
    form = sha256_hex(text.encode())[:FORM_DIGITS]  # so that a database of another day's form is told as such
    made.write_text(text.replace(f"'{NAME}'", f"'{NAME}_{form}'"), encoding="utf-8")
    return made.rename(folder / f"{NAME}_baseline.py")


if __name__ == "__main__":
    write_baseline()

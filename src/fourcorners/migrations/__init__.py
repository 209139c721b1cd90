"""Tables: made and changed by numbered migrations, on both engines. Every feature with tables is listed here."""

from importlib import import_module
from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from fourcorners.infra.db import Database, Model
from fourcorners.infra.foundation import lay_foundation
from fourcorners.kit.errors import Refusal

__all__ = ["MODELS", "DatabaseForeign", "config_for", "current_revision", "is_current", "migrate", "tables"]

MODELS = (
    "fourcorners.infra.sealing.models",
    "fourcorners.infra.audit",
    "fourcorners.infra.handover",
    "fourcorners.infra.mail.models",
    "fourcorners.infra.webhooks.models",
    "fourcorners.infra.phone.models",
    "fourcorners.accounts.models",
    "fourcorners.people.models",
    "fourcorners.evidence.models",
    "fourcorners.institutions.models",
    "fourcorners.screening.models",
    "fourcorners.clearance.models",
    "fourcorners.devices.models",
    "fourcorners.workflows.models",
    "fourcorners.help.models",
)
"""Every module that declares tables; a test holds this list to the package."""


class DatabaseForeign(Refusal):
    """The database is in a form that no migration of this version leads on from: of a newer one, or never released."""

    code = "database_foreign"


def tables() -> MetaData:
    """All tables of the house."""
    for module in MODELS:
        import_module(module)
    return Model.metadata


def migrate(database: Database) -> None:
    """Bring the database to the newest form, and lay what the first action stands on. Harmless when it is there.

    Raises DatabaseForeign for a form that this version does not know.
    """
    now, scripts = current_revision(database), ScriptDirectory.from_config(config_for())
    if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
        raise DatabaseForeign("The database was made by another version, from which there is no way to this one.")
    with database.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(config_for(connection=connection), "head")
    with database.write() as db:
        lay_foundation(db)


def is_current(database: Database) -> bool:
    """Is the database in the newest form?"""
    return current_revision(database) == ScriptDirectory.from_config(config_for()).get_current_head()


def current_revision(database: Database) -> str | None:
    """The form in which the database is; None before the first migration."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def config_for(**attributes: object) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(files(__package__)))
    config.set_main_option("path_separator", "os")
    config.attributes.update(attributes)
    return config

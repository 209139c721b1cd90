"""Migrations, on both engines: from nothing, and from the form of every earlier one, to what the models describe."""

from contextlib import contextmanager

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from engines import KEYRING, postgres_server
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.db import Database
from fourcorners.migrations import config_for, is_current, migrate, tables

FORMS = [  # the newest first
    script.revision for script in ScriptDirectory.from_config(config_for()).walk_revisions()
]


@contextmanager
def empty(engine, folder):
    """A database without a table."""
    if engine == "sqlite":
        url = f"sqlite:///{folder / 'empty.db'}"
    else:
        server = make_url(postgres_server().get_uri()).set(drivername="postgresql+psycopg")
        admin = Database(server.render_as_string(hide_password=False), KEYRING)
        with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("DROP DATABASE IF EXISTS migrated WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE migrated"))
        admin.close()
        url = server.set(database="migrated").render_as_string(hide_password=False)
    database = Database(url, KEYRING)
    yield database
    database.close()


def differences(database):
    """Between the tables that are there and those of the models: names, columns, types, keys, indexes."""
    with database.engine.connect() as connection:
        compared = MigrationContext.configure(connection, opts={"compare_type": True})
        return [each for each in compare_metadata(compared, tables()) if "alembic_version" not in str(each)]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
@pytest.mark.parametrize("form", [None, *FORMS[1:]])
def test_every_form_leads_to_the_present_one(engine, form, tmp_path):
    with empty(engine, tmp_path) as database:
        if form is not None:
            with database.engine.execution_options(writes=True).begin() as connection:
                command.upgrade(config_for(connection=connection), form)
        assert not is_current(database)
        for _ in range(2):
            migrate(database)
            assert is_current(database)
        assert differences(database) == []
        with database.read() as db:
            assert verify_chain(db).broken_at is None


def test_a_difference_would_be_seen(tmp_path):
    with empty("sqlite", tmp_path) as database:
        migrate(database)
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE mails ADD COLUMN more TEXT"))
            connection.execute(text("DROP INDEX ix_audit_events_subject"))
        assert {each[0] for each in differences(database)} == {"remove_column", "add_index"}

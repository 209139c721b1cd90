"""The database: two kinds of session, one base of all tables."""

from fourcorners.infra.db.database import Database, ReadSession, WriteSession
from fourcorners.infra.db.model import Id, Json, Model, UtcDateTime

__all__ = ["Database", "Id", "Json", "Model", "ReadSession", "UtcDateTime", "WriteSession"]

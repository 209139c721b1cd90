"""What operating the service declines to do."""

from fourcorners.kit.errors import Refusal

__all__ = ["BackupDamaged", "BackupForeign", "DatabaseNotEmpty"]


class BackupDamaged(Refusal):
    """The back-up was cut or changed: a part is missing, or has another digest than the list says."""

    code = "backup_damaged"


class BackupForeign(Refusal):
    """The back-up is of another form of the tables than this version's."""

    code = "backup_foreign"


class DatabaseNotEmpty(Refusal):
    """A back-up is restored into an empty database only, so that nothing is overwritten."""

    code = "database_not_empty"

"""The ground floor of the service: database, files, sealing, audit, mail, hand-over to durable work."""

from fourcorners.infra.audit import AuditEvent, Chain, verify_chain
from fourcorners.infra.blobs import Blobs, open_blobs
from fourcorners.infra.db import Database, Model, ReadSession, WriteSession
from fourcorners.infra.floor import Floor, open_floor
from fourcorners.infra.settings import Settings

__all__ = [
    "AuditEvent",
    "Blobs",
    "Chain",
    "Database",
    "Floor",
    "Model",
    "ReadSession",
    "Settings",
    "WriteSession",
    "open_blobs",
    "open_floor",
    "verify_chain",
]

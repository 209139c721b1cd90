"""Faces as vectors: kept for who was verified, searched for who may have been before (IND5)."""

from datetime import timedelta

import numpy as np
from sqlalchemy import select

from fourcorners.checks.limits import limits_for
from fourcorners.checks.match import face_matches
from fourcorners.evidence.models import FaceTemplate
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.sealing import open_sealed, seal
from fourcorners.kit.data import load_toml
from fourcorners.vision.decode import decode
from fourcorners.vision.faces import Embedding, distance, embedder
from fourcorners.vision.selfie import SelfieFrame

__all__ = [
    "drop_template",
    "drop_template_later",
    "embedding_of",
    "keep_template",
    "read_template",
    "same_face_at_most",
    "search_faces",
]

TEMPLATE = "face template"
DIGITS = 4


def embedding_of(picture: bytes) -> Embedding | None:
    """The vector of the most prominent face in a picture file; None without a face. Raises what `decode` refuses."""
    return SelfieFrame(decode(picture)).embedding


def keep_template(db: WriteSession, owner_id: str, vector: Embedding) -> None:
    """The face of a person who was verified, sealed under their key; a new one replaces the one before it."""
    sealed = seal(db, owner_id, vector.astype("<f4").tobytes(), TEMPLATE)
    row = db.get(FaceTemplate, owner_id)
    if row is None:
        row = FaceTemplate(owner_id=owner_id, sealed=sealed, embedder=_embedder(), created_at=db.now)
        db.add(row)
    row.sealed, row.embedder, row.created_at, row.expires_at = sealed, _embedder(), db.now, None
    db.flush()


def read_template(db: ReadSession, owner_id: str) -> Embedding | None:
    """The face of a person who was verified; None where none is kept, or only one of another network.

    Raises KeyDestroyed after erasure.
    """
    row = db.get(FaceTemplate, owner_id)
    if row is None or row.embedder != _embedder() or (row.expires_at is not None and row.expires_at <= db.now):
        return None
    return np.frombuffer(open_sealed(db, owner_id, row.sealed, TEMPLATE), "<f4").astype(np.float64)


def drop_template(db: WriteSession, owner_id: str) -> None:
    """The vector goes at once: its owner took back the consent to be compared."""
    row = db.get(FaceTemplate, owner_id)
    if row is not None:
        db.delete(row)
        db.flush()


def drop_template_later(db: WriteSession, owner_id: str) -> None:
    """After a case that failed the template goes; the days until then are for complaints (`live.toml`)."""
    row = db.get(FaceTemplate, owner_id)
    if row is not None:
        days = load_toml("fourcorners.evidence", "live.toml")["template_days_after_failure"]
        row.expires_at = db.now + timedelta(days=days)


def same_face_at_most() -> float:
    """The distance of two vectors up to which they are one person's, of the network in use."""
    return face_matches.in_force(limits_for("match", face_matches.NAME)).scale().pass_at


def search_faces(db: ReadSession, vector: Embedding, but: str) -> list[tuple[str, float]]:
    """Verified people whose face is as close as that of one person in two pictures, the closest first.

    Opens every template of the embedder in use: about 30 microseconds each.
    """
    most = same_face_at_most()
    query = select(FaceTemplate).where(FaceTemplate.owner_id != but, FaceTemplate.embedder == _embedder())
    found = []
    for row in db.scalars(query):
        try:
            other = read_template(db, row.owner_id)
        except KeyDestroyed:
            continue
        if other is None:
            continue
        apart = distance(vector, other)
        if apart <= most:
            found.append((row.owner_id, round(apart, DIGITS)))
    return sorted(found, key=lambda hit: (hit[1], hit[0]))


def _embedder() -> str:
    return " ".join(filter(None, (embedder().name, embedder().sha256)))

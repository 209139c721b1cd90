"""Tick attestations, each on its own, and sign (INS13)."""

from collections.abc import Sequence
from typing import Any

from fourcorners.infra.db import WriteSession
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.changing import opened, touch
from fourcorners.institutions.errors import FieldUnknown
from fourcorners.institutions.kinds import text_of
from fourcorners.institutions.models import Attestation, Signature
from fourcorners.institutions.queries import (
    SIGNATURE,
    TICK,
    find_signature,
    list_attestations,
    read_signature,
)
from fourcorners.institutions.reading import content_of
from fourcorners.institutions.sections import attestation_version, limit_of
from fourcorners.kit.canonical import canonical_json, sha256_hex
from fourcorners.kit.ids import new_id

__all__ = ["DRAWN", "TYPED", "sign", "tick", "untick"]

TYPED, DRAWN = "typed", "drawn"
POINT = 2
NAME_LETTERS_MAX = 200


def tick(db: WriteSession, institution_id: str, key: str, *, actor: str, signer: str, address: str = "") -> Attestation:
    """Confirm one statement: the version and hash of its text are kept, who ticked it, when, from which address.

    Ticked twice, kept once. Raises FieldUnknown, NotOpenForChanges.
    """
    institution = opened(db, institution_id)
    try:
        text = text_of("attestations", key)
    except KeyError as unknown:
        raise FieldUnknown("There is no such statement.", problems={key[:40]: "unknown"}) from unknown
    for held in list_attestations(db, institution.id):
        if held.key == key and held.text_sha256 == sha256_hex(text.encode()):
            return held
    made = Attestation(
        id=new_id("att"),
        institution_id=institution.id,
        key=key,
        text_version=attestation_version(),
        text_sha256=sha256_hex(text.encode()),
        by=actor,
        at=db.now,
    )
    told = {"signer": _name(signer), "address": address}
    made.sealed = seal_json(db, institution.id, told, f"{TICK} {made.id}")
    db.add(made)
    details = {"key": key, "version": made.text_version, "sha256": made.text_sha256}
    touch(db, institution, actor, "attestation.ticked", details)
    return made


def untick(db: WriteSession, institution_id: str, key: str, *, actor: str) -> None:
    """Take a tick back. A second time changes nothing."""
    institution = opened(db, institution_id)
    for held in list_attestations(db, institution.id):
        if held.key == key:
            held.withdrawn_at = db.now
            touch(db, institution, actor, "attestation.withdrawn", {"key": key})


def sign(
    db: WriteSession,
    institution_id: str,
    *,
    actor: str,
    signer: str,
    kind: str,
    strokes: Sequence[Sequence[Sequence[float]]] = (),
    address: str = "",
) -> Signature:
    """Sign everything as it stands now: the name typed, or drawn as strokes of (x, y) points in pixels of the pad.

    What is changed afterwards makes the signature lapse. Signed twice under the same content, kept once. Raises
    FieldUnknown for an empty name or drawing, NotOpenForChanges.
    """
    institution = opened(db, institution_id)
    drawn = _strokes(strokes) if kind == DRAWN else []
    if kind not in (TYPED, DRAWN):
        raise FieldUnknown("A signature is typed or drawn.", problems={"kind": "unknown"})
    signed = sha256_hex(canonical_json(content_of(db, institution)))
    told = {"name": _name(signer), "signer": _name(signer), "strokes": drawn, "signed": signed, "address": address}
    before = find_signature(db, institution.id)
    if before is not None and before.kind == kind and _same(read_signature(db, before), told):
        return before
    made = Signature(id=new_id("sig"), institution_id=institution.id, kind=kind, by=actor, at=db.now)
    made.sealed = seal_json(db, institution.id, told, f"{SIGNATURE} {made.id}")
    db.add(made)
    touch(db, institution, actor, "institution.signed", {"signature": made.id, "kind": kind})
    return made


def _same(held: Any, told: dict[str, Any]) -> bool:  # noqa: ANN401 - a plain value
    return all(held[name] == told[name] for name in ("name", "strokes", "signed"))


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 < len(name) <= NAME_LETTERS_MAX:
        raise FieldUnknown("Please write the full name of whoever signs.", problems={"signer": "missing"})
    return name


def _strokes(strokes: Sequence[Sequence[Sequence[float]]]) -> list[list[list[int]]]:
    side = limit_of("drawing_side_max")
    try:
        drawn = [[[round(x), round(y)] for x, y in stroke] for stroke in strokes]
    except (TypeError, ValueError, OverflowError) as wrong:
        raise FieldUnknown("This is no drawing.", problems={"strokes": "invalid"}) from wrong
    points = [point for stroke in drawn for point in stroke]
    if len({tuple(point) for point in points}) < POINT or len(points) > limit_of("drawing_points_max"):
        raise FieldUnknown("Please draw your signature.", problems={"strokes": "missing"})
    if any(not 0 <= part <= side for point in points for part in point):
        raise FieldUnknown("The drawing is larger than the pad.", problems={"strokes": "invalid"})
    return drawn

"""A proof of address from files and claims as they come in from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fourcorners.checks.address.submission import (
    AddressClaims,
    AddressClaimsRefused,
    Source,
    Submission,
    Supplement,
    open_files,
)

__all__ = ["open_proof"]

KEYS = ("attestation", "paper", "owner", "relation")


def open_proof(
    files: Source | Sequence[Source], claims: AddressClaims, supplement: Mapping[str, object] | None, *, today: date
) -> Submission:
    """Open the applicant's files and those of the supplement, whose keys are KEYS.

    Raises AddressClaimsRefused and FilesRefused.
    """
    added = None if supplement is None else _supplement(supplement, claims, today)
    sources = _listed(files)
    if added is not None and not sources:
        return Submission(today=today, claims=claims, supplement=added)
    return open_files(sources, claims, today=today, supplement=added)


def _supplement(given: Mapping[str, object], claims: AddressClaims, today: date) -> Supplement:
    if unknown := sorted(set(given) ^ set(KEYS)):
        sentence = f"A supplement has {', '.join(KEYS)}; unknown or missing: {', '.join(map(str, unknown))[:200]}."
        raise AddressClaimsRefused(sentence, field="supplement")
    owner, relation = given["owner"], given["relation"]
    if not isinstance(owner, str) or not isinstance(relation, str) or len(relation) > 40:
        raise AddressClaimsRefused("Owner and relation of a supplement are texts.", field="supplement")
    # The identity document is the applicant's: it says nothing about the owner's paper.
    owners = replace(claims, name=owner, identity_kind=None, identity_sha256=None)
    return Supplement(
        attestation=open_files(_files(given["attestation"]), claims, today=today),
        paper=open_files(_files(given["paper"]), owners, today=today),
        relation=relation,
    )


def _files(given: object) -> Sequence[Source]:
    if isinstance(given, bytes | str | Path):
        return (given,)
    if isinstance(given, Sequence) and all(isinstance(source, bytes | str | Path) for source in given):
        return given
    raise AddressClaimsRefused("Attestation and paper of a supplement are files.", field="supplement")


def _listed(files: Source | Sequence[Source]) -> Sequence[Source]:
    return (files,) if isinstance(files, bytes | str | Path) else files

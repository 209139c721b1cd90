"""The proof of address as a case shows it: what it says beside what was typed in, and its pages with the places."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fourcorners.web.console.showing import SUBJECTS

__all__ = ["Paper", "Said", "papers_of", "said_by_proof"]

FIELDS = ("name", "address", "issuer", "issue_date", "lease_end")


@dataclass(frozen=True, slots=True)
class Said:
    """A field of the proof: what was typed in ("" if nothing), what is read, and how both agree ("" if not asked)."""

    name: str
    claimed: str
    read: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the proof: where its first page is seen, and the places of fields on it as `points` of a polygon.

    `size` is that of the page that the places are told in: width and height in pixels; None where no place is known.
    """

    item: str
    address: str
    size: tuple[int, int] | None
    marks: Sequence[tuple[str, str]]


def said_by_proof(verdict: Mapping[str, Any]) -> list[Said]:
    """What the proof says; [] where none was handed in."""
    told = verdict.get("address") or {}
    compared, read = told.get("compared", {}), (told.get("read") or {}).get("fields", {})
    rows = []
    for name in FIELDS:
        entry, field = compared.get(name), read.get(name)
        if entry is not None:
            rows.append(Said(name, entry["claimed"], entry["read"] or "", entry["outcome"]))
        elif field is not None or (told and name != "lease_end"):
            rows.append(Said(name, "", field["value"] if field else "", ""))
    return rows


def papers_of(
    uploads: Mapping[str, str],
    kept: Collection[str],
    link: Callable[[str, int], str | None],
    verdict: Mapping[str, Any],
) -> list[Paper]:
    """The files that are no pictures of the document or the person, of `uploads` by item those that are still kept."""
    told = verdict.get("address") or {}
    fields, files = (told.get("read") or {}).get("fields", {}), list(told.get("files", ()))
    pages: dict[str, tuple[int, Mapping[str, Any]]] = {}
    first = 1
    for number, file in enumerate(files, start=1):
        pages["paper" if number == 1 else f"paper_{number}"] = first, file
        first += int(file.get("pages_read") or 1)
    papers = []
    for item, upload in uploads.items():
        if item in SUBJECTS.values() or upload not in kept or (address := link(item, 0)) is None:
            continue
        page, file = pages.get(item, (0, {}))
        marks = [
            (name, " ".join(f"{x:.0f},{y:.0f}" for x, y in field["box"]))
            for name, field in fields.items()
            if field is not None and field["page"] == page
        ]
        size = (int(file["width"]), int(file["height"])) if "width" in file else None
        papers.append(Paper(item, address, size, marks if size else []))
    return papers

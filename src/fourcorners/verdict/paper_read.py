"""What a paper says, and how it compares with the claims, as plain JSON values."""

from collections.abc import Mapping

from fourcorners.checks.address.paper_name_agrees import name_agreement
from fourcorners.checks.address.submission import Submission
from fourcorners.formats.addresses import address_parts, addresses_agree
from fourcorners.vision.papers import Paper, PaperField
from fourcorners.vision.papers.line import Box

__all__ = ["compared_out", "files_out", "paper_out"]


def paper_out(case: Submission) -> Mapping[str, object]:
    """Kind with the words that decided it, and fields; boxes in pixels of the file's picture, or of its page drawn."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return {"kind": None, "kind_confidence": None, "kind_words": [], "fields": {}}
    return {
        "kind": reading.kind.name,
        "kind_confidence": reading.kind.confidence,
        "kind_words": [{"words": said, **_place(paper, line.box, line.page)} for said, line in reading.kind.words],
        "fields": {name: _field(paper, field) for name, field in reading.fields.items()},
    }


def compared_out(case: Submission) -> Mapping[str, object]:
    """Name and address beside what was claimed: same, compatible, different or missing, with the reasons."""
    reading, claims = case.reading, case.claims
    found: dict[str, object] = {}
    if reading is None:
        return found
    if claims.name is not None:
        read = reading.name.value if reading.name else None
        agreement = name_agreement(claims.name, reading.name)
        found["name"] = _entry(claims.name, read, agreement.outcome, agreement.reasons)
    if claims.address is not None:
        read = reading.address.value if reading.address else None
        whole = addresses_agree(claims.address, read, claims.country_code)
        parts = address_parts(claims.address, read or "", claims.country_code)
        found["address"] = {
            **_entry(claims.address, read, whole.outcome, whole.reasons),
            "parts": [
                {"part": p.name, **_entry(p.first, p.second, p.agreement.outcome, p.agreement.reasons)} for p in parts
            ],
        }
    return found


def files_out(case: Submission) -> tuple[Mapping[str, object], ...]:
    """Each file by its SHA-256, or the code of its refusal; the size of its picture or drawn first page, in pixels."""
    return tuple(_file(part) for part in case.files)


def _file(part: Submission) -> Mapping[str, object]:
    if part.paper is None:
        return {"refused": part.refused.code if part.refused else None}
    paper = part.paper
    return {
        "sha256": paper.sha256,
        "format": paper.format,
        "size_bytes": paper.size_bytes,
        "pages": len(paper.pages) if paper.pdf is None else paper.pdf.pages,
        "pages_read": len(paper.pages),
        "width": paper.size[0],
        "height": paper.size[1],
    }


def _entry(claimed: str, read: str | None, outcome: str, reasons: tuple[str, ...]) -> dict[str, object]:
    return {"claimed": claimed, "read": read, "outcome": outcome, "reasons": list(reasons)}


def _field(paper: Paper, field: PaperField | None) -> Mapping[str, object] | None:
    if field is None:
        return None
    place = _place(paper, field.box, field.page)
    return {"value": field.value, "confidence": round(field.confidence, 3), **place}


def _place(paper: Paper, box: Box, page: int) -> dict[str, object]:
    quad = paper.pages[page].place(box)
    return {"box": [[round(float(x), 1), round(float(y), 1)] for x, y in quad], "page": page + 1}

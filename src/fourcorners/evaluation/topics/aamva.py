"""Texts of PDF417 backs of North American licences."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.formats import aamva

NAME = "aamva"
ABOUT = "fields of AAMVA texts, several with damaged separators as they are"
LABELS = ("aamva.jsonl",)

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

_LABEL_NAMES = {
    "family_name": ("LastName", "lastName"),
    "given_names": ("FirstName", "firstName"),
    "birth_date": ("DateOfBirth", "dateOfBirth", "DOB"),
    "expiry_date": ("ExpirationDate", "dateOfExpiry", "Expiration"),
    "issue_date": ("IssueDate", "dateOfIssue", "Issue"),
    "document_number": ("CustomerId", "documentNumber", "DL number"),
}


def items(root: Path) -> list[Item]:
    """Texts that their repository expects to parse, with the fields it expects."""
    return [row for row in read_jsonl(root / "labels" / "aamva.jsonl") if row["role"] == "positive"]


def measure(root: Path, item: Item) -> Row:
    """Expected beside read, for the fields that the label gives as text."""
    parsed = aamva.parse((root / "images" / item["file"]).read_bytes())
    expected: Mapping[str, Any] = item["expected"] or {}
    pairs = {}
    for name, keys in _LABEL_NAMES.items():
        wanted = next((str(expected[k]) for k in keys if expected.get(k)), None)
        if wanted and (
            not name.endswith("_date") or _ISO_DATE.fullmatch(_plain(wanted))
        ):  # some labels only say "past"
            pairs[name] = [_plain(wanted), _plain(str(parsed.fields.get(name) or ""))]
    return {"fields": pairs, "issuer": parsed.issuer}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Texts parsed, and fields equal. A given name may hold the middle name that a label keeps apart."""
    parsed = [r for r in rows if "error" not in r]
    measures = [share("texts parsed", len(parsed), len(rows))]
    wrong = [f"{i['file']}: {r['error']}" for i, r in zip(items, rows, strict=True) if "error" in r]
    for name in _LABEL_NAMES:
        pairs = [(i, *r["fields"][name]) for i, r in zip(items, rows, strict=True) if name in r.get("fields", {})]
        good = [_same(name, wanted, got) for _, wanted, got in pairs]
        measures.append(share(name, sum(good), len(good)))
        wrong += [
            f"{i['file']}: {name} read {g!r}, label {w!r}"
            for (i, w, g), fine in zip(pairs, good, strict=True)
            if not fine
        ]
    return measures, wrong


def _plain(text: str) -> str:
    digits = text.strip()
    if len(digits) == 10 and digits[2] == digits[5] == "/":  # labels of one repository are MM/DD/YYYY
        return f"{digits[6:]}-{digits[:2]}-{digits[3:5]}"
    return "".join(digits.upper().split())


def _same(name: str, wanted: str, got: str) -> bool:
    return got == wanted or (name == "given_names" and got.startswith(wanted))

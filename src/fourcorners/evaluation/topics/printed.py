"""Printed fields, read without a look at the machine-readable zone and compared with what its label says."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.formats import mrz
from fourcorners.formats.agreement import fields_agree
from fourcorners.vision.decode import decode
from fourcorners.vision.document import AS_OF, DocumentFrame
from fourcorners.vision.fields import read_document

NAME = "printed"
ABOUT = "fields as printed for people, the zone and the barcodes hidden from the reader"
LABELS = ("mrz.jsonl", "id_photos.jsonl")

FIELDS = ("document_number", "family_name", "given_names", "birth_date", "expiry_date", "sex", "nationality")

SURE = 0.9
"""Confidence from which the checks take a printed value for certain."""

SAME = frozenset(
    {
        "case",
        "diacritics",
        "spacing",
        "transliteration",
        "romanisation",
        "truncation",
        "format",
        "leading_zeros",
        "century",
    }
)
"""How a printed value may differ from the zone's and still be right: the zone cuts names and has no centuries."""

VISAS = (mrz.MrzFormat.MRVA, mrz.MrzFormat.MRVB)


def items(root: Path) -> list[Item]:
    """Specimens and hand-held photos whose machine-readable zone is known."""
    labels = root / "labels"
    flat = [
        {"set": "specimens", "file": row["image"], "lines": row["mrz_lines"]}
        for row in read_jsonl(labels / "mrz.jsonl")
        if row["mrz_lines"]
    ]
    held = [
        {"set": "hand-held copies", "file": row["file"], "lines": row["mrz"]}
        for row in read_jsonl(labels / "id_photos.jsonl")
        if row.get("mrz")
    ]
    return [*flat, *held]


def measure(root: Path, item: Item) -> Row:
    """For each field that the zone gives: what it says, what was read in print, how sure, and whether that is right."""
    said = _said(item["lines"])
    fields = read_document(DocumentFrame(decode(root / "images" / item["file"])), print_only=True).fields
    read: dict[str, dict[str, object]] = {}
    for name, value in said.items():
        best = next(iter(fields.get(name, ())), None)
        if best is None:
            read[name] = {"said": value}
            continue
        agreement = fields_agree(name, best.value, value)
        right = agreement.reasons == ("century",) or (agreement.holds and SAME.issuperset(agreement.reasons))
        read[name] = {"said": value, "read": best.value, "sure": best.confidence >= SURE, "right": right}
    return {"fields": read}


def _said(lines: Sequence[str]) -> dict[str, str]:
    """The zone's fields. The number in a visa's zone may be the passport's (Doc 9303-7, 4.2.2): it tells nothing."""
    zone = mrz.parse(lines)
    said: dict[str, str] = {}
    for name in FIELDS:
        value = getattr(zone, name)
        text = (value.value(AS_OF) if value is not None else None) if name.endswith("_date") else value
        if text and not (name.endswith("_date") and len(text) < len("1974-08-12")):
            said[name] = text
    if zone.format in VISAS:
        said.pop("document_number", None)
    return said


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Per set and field: right, wrong, and wrong although sure, each of all that the zone gives."""
    measures: list[Measure] = []
    wrong: list[str] = []
    for kind in dict.fromkeys(item["set"] for item in items):
        pairs = [(i, r.get("fields", {})) for i, r in zip(items, rows, strict=True) if i["set"] == kind]
        for name in FIELDS:
            known = [(i, fields[name]) for i, fields in pairs if name in fields]
            bad = [(i, entry) for i, entry in known if entry.get("right") is False]
            right = sum(entry.get("right", False) for _, entry in known)
            measures.append(share(f"{kind}: {name} right", right, len(known)))
            measures.append(share(f"{kind}: {name} wrong", len(bad), len(known)))
            measures.append(share(f"{kind}: {name} wrong although sure", sum(e["sure"] for _, e in bad), len(known)))
            wrong += [f"{i['file']}: {name} read {e['read']!r}, the zone says {e['said']!r}" for i, e in bad]
    return measures, wrong

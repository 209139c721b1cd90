"""Papers that prove an address: kind and fields, PDFs and pictures apart."""

from collections.abc import Sequence
from pathlib import Path

from fourcorners.checks.address.rules import all_rules
from fourcorners.evaluation.topic import Item, Measure, Row, read_jsonl, share
from fourcorners.formats.addresses import addresses_agree
from fourcorners.formats.agreement import Agreement, names_agree
from fourcorners.vision.papers import open_paper

NAME = "addresses"
ABOUT = "bills, statements, invoices and forms: kind, name, address, issuer, date of issue"
LABELS = ("address_docs.jsonl",)

KINDS = {"tax_form": {"tax_document"}, "mortgage_form": {"other"}, "receipt": {"invoice", "other"}}
"""Kinds of the labels that ours have other names for."""

FIELDS = ("name", "address", "issuer", "issue_date")


def items(root: Path) -> list[Item]:
    """All labelled papers."""
    return list(read_jsonl(root / "labels" / "address_docs.jsonl"))


def measure(root: Path, item: Item) -> Row:
    """Kind and fields as read."""
    reading = open_paper(root / "images" / item["file"]).reading
    return {"kind": reading.kind.name, **{k: None if (f := reading.fields[k]) is None else f.value for k in FIELDS}}


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Shares of right and of wrong values among those labelled; a value that is missing is neither."""
    pairs = list(zip(items, rows, strict=True))
    measures, wrong = [], [f"{i['file']}: {r['error']}" for i, r in pairs if "error" in r]
    accepted = all_rules()["DEFAULT", "individual"].kinds
    for about, here in (("PDF", [p for p in pairs if _is_pdf(p)]), ("picture", [p for p in pairs if not _is_pdf(p)])):
        right = [p for p in here if p[1].get("kind") in KINDS.get(p[0]["kind"], {p[0]["kind"]})]
        measures.append(share(f"{about}: kind", len(right), len(here)))
        wrong += [f"{i['file']}: kind {r.get('kind')}, label {i['kind']}" for i, r in here if (i, r) not in right]
        other = [p for p in here if p[0]["kind"] in ("invoice", "receipt", "mortgage_form")]
        refused = [p for p in other if p[1].get("kind") not in accepted]
        measures.append(share(f"{about}: other papers refused", len(refused), len(other)))
        for field in FIELDS:
            label = "date" if field == "issue_date" else field
            known = [(i, r) for i, r in here if i[label]]
            found = [(i, r) for i, r in known if r.get(field)]
            good = [(i, r) for i, r in found if _same(field, i[label], r[field])]
            measures.append(share(f"{about}: {field} right", len(good), len(known)))
            measures.append(share(f"{about}: {field} wrong", len(found) - len(good), len(known)))
            wrong += [f"{i['file']}: {field} {r[field]!r}, label {i[label]!r}" for i, r in found if (i, r) not in good]
    return measures, wrong


def _is_pdf(pair: tuple[Item, Row]) -> bool:
    return str(pair[0]["file"]).endswith(".pdf")


def _same(field: str, label: str, read: str) -> bool:
    if field == "issue_date":
        return label == read
    agreement: Agreement = addresses_agree(label, read) if field == "address" else names_agree(label, read)
    return agreement.holds

"""Made-up papers of institutions of the split "evaluation": read clean and photographed, compared, stale, edited.

Layouts, words, people, cities, companies and typefaces are others than those that reading was built with, and so are
the seeds. The same hands made both, so the figures say how reading carries over to other papers of this sort, not more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.formats.addresses import addresses_agree
from fourcorners.formats.agreement import companies_agree, names_agree, numbers_agree
from fourcorners.institutions.papers import Holder, PaperClaims, Reading, check_paper, read_paper
from fourcorners.institutions.papers.numbers import registration_numbers_agree
from fourcorners.specimens.institution_papers import (
    COUNTRIES,
    DAY,
    EDITED_FIELDS,
    EDITS,
    KINDS,
    InstitutionPaper,
    draw_institution_paper,
    edit_institution_paper,
)
from fourcorners.specimens.papers import photograph_paper

NAME = "institution_papers"
ABOUT = "made-up papers of institutions, fifteen kinds, ten countries, five languages: kind, fields, comparison, edits"
LABELS = ()

FIRST_SEED = 11_000_000
CLEAN, PHOTOS, EACH_FAULT, EACH_EDIT = 600, 150, 60, 40
"""Papers read clean, as photos, with each fault, and after each kind of edit."""

SPLIT = "evaluation"
SEVERITY_MAX = 0.6
"""How careless the photographers are, evenly up to this."""

FAULTS = {
    # Fault: the kinds of paper that can have it, and the reason that must be told.
    "stale": (("ownership",), "paper_too_old"),
    "expired": (("licence",), "paper_expired"),
    "unsigned": (("ownership", "authorisation", "trust_deed"), "paper_not_signed"),
    "other name": (("registration", "articles", "licence"), "paper_name_differs"),
    "other number": (("registration", "ownership"), "paper_number_differs"),
    "other address": (("registration",), "paper_address_differs"),
    "other share": (("ownership",), "paper_holders_differ"),
    "one holder more": (("ownership",), "paper_holders_differ"),
    "other user": (("authorisation",), "paper_user_not_named"),
    "other kind": (("articles", "authorisation", "licence", "trust_deed"), "paper_wrong_kind"),
}


def items(root: Path | None) -> list[Item]:
    """Every paper to draw; `root` is not looked at."""
    return list(_items())


def _items() -> Iterator[Item]:
    seed = FIRST_SEED
    for task, count in (("clean", CLEAN), ("photo", PHOTOS)):
        for n in range(count):
            yield {"task": task, "seed": seed, "kind": KINDS[n % len(KINDS)], "country": _country(n // len(KINDS))}
            seed += 1
    for fault, (kinds, _) in FAULTS.items():
        for n in range(EACH_FAULT):
            kind = kinds[n % len(kinds)]
            yield {"task": "fault", "fault": fault, "seed": seed, "kind": kind, "country": _country(n)}
            seed += 1
    for how in EDITS:
        for n in range(EACH_EDIT):
            kind = "ownership" if n % 2 else "registration"
            field = EDITED_FIELDS[n % len(EDITED_FIELDS)]
            yield {"task": "edit", "edit": how, "field": field, "seed": seed, "kind": kind, "country": _country(n)}
            seed += 1


def _country(n: int) -> str:
    return COUNTRIES[n % len(COUNTRIES)]


def measure(root: Path | None, item: Item) -> Row:
    """What was read right, or whether the fault or edit was told."""
    seed, kind, country = item["seed"], item["kind"], item["country"]
    if item["task"] == "fault":
        return _fault(item)
    photo_taken = item["task"] == "photo"
    paper = draw_institution_paper(kind, seed=seed, country=country, split=SPLIT, one_page=photo_taken)
    if photo_taken:
        severity = float(np.random.default_rng((seed, 64)).uniform(0, SEVERITY_MAX))
        photo, _ = photograph_paper(paper.pdf, seed=seed, severity=severity)
        reading = read_paper(photo, "paper.jpg", country=paper.truth.country)
        return {**right(paper, reading), "doubted": _doubts(paper, reading, kind)}
    if item["task"] == "edit":
        field = item["field"] if item["field"] in paper.places else next(iter(paper.places), "")
        if not field:
            return {"skipped": True}
        paper = edit_institution_paper(paper, item["edit"], seed=seed, field=field)
        reading = read_paper(paper.pdf, "paper.pdf", country=country)
        return {"doubted": [r for r in _doubts(paper, reading, kind) if r in ("poa_edited", "poa_text_differs")]}
    reading = read_paper(paper.pdf, "paper.pdf", country=paper.truth.country)
    return {**right(paper, reading), "doubted": _doubts(paper, reading, kind)}


def claims_for(paper: InstitutionPaper) -> PaperClaims:
    """What an applicant would enter who tells the truth."""
    of, truth = paper.institution, paper.truth
    return PaperClaims(
        legal_name=of.legal_name,
        registration_number=of.registration_number,
        tax_number=of.tax_number,
        lei=of.lei,
        incorporation_date=of.incorporation_date,
        country=of.country,
        registered_address=of.registered_address,
        business_address=truth.fields.get("business_address"),
        authorised_users=(of.authorised_user,),
        directors=of.directors,
        holders=tuple(Holder(name, Fraction(int(part), 100)) for name, part in of.holders),
    )


def right(paper: InstitutionPaper, reading: Reading) -> Row:
    """Field by field whether what the paper says was read; None for what it does not say and was not read either."""
    truth = paper.truth
    row: dict[str, object] = {"layout": truth.layout}
    row["kind"] = reading.kind.name == truth.kind
    if truth.form:
        row["form"] = reading.form == truth.form
    for field, value in truth.fields.items():
        found = reading.fields.get(field)
        row[field] = AGREE.get(field, _equal)(value, found.value if found else None, truth.country)
    extra = [f for f in ("expiry_date", "incorporation_date", "lei", "authorised_person") if f not in truth.fields]
    row["nothing invented"] = not any(field in reading.fields for field in extra)
    if truth.listed:
        wanted = sorted((name, Fraction(int(part), 100) if part else None) for name, part in truth.listed)
        row["listed"] = sorted((p.name.value, p.share) for p in reading.listed) == wanted
    return row


def _equal(value: str, found: str | None, country: str) -> bool:
    return value == found


AGREE: Mapping[str, Callable[[str, str | None, str], bool]] = {
    "legal_name": lambda value, found, _: companies_agree(value, found).holds,
    "registration_number": lambda value, found, _: registration_numbers_agree(value, found).holds,
    "tax_number": lambda value, found, _: numbers_agree(value, found).holds,
    "registered_address": lambda value, found, country: addresses_agree(value, found, country).holds,
    "business_address": lambda value, found, country: addresses_agree(value, found, country).holds,
    "authorised_person": lambda value, found, _: names_agree(value, found).holds,
}


def _doubts(paper: InstitutionPaper, reading: Reading, kind: str) -> list[str]:
    """The reasons of all findings that fail or are unsure, with what the applicant would truthfully enter."""
    if kind == "other":
        return []
    return _reasons(check_paper(reading, claims_for(paper), kind, day=DAY))


def _reasons(findings: Sequence[Finding]) -> list[str]:
    told = (Outcome.FAIL, Outcome.UNSURE)
    return sorted({f.reason for f in findings if f.outcome in told and f.reason})


def _fault(item: Item) -> Row:
    fault, seed, kind = item["fault"], item["seed"], item["kind"]
    dated: date | None = DAY - timedelta(days=400) if fault == "stale" else None
    paper = draw_institution_paper(
        kind,
        seed=seed,
        country=item["country"],
        split=SPLIT,
        dated=dated,
        ends=DAY - timedelta(days=20) if fault == "expired" else None,
        signed=fault != "unsigned",
    )
    claims, asked = claims_for(paper), kind
    holders = claims.holders or ()
    if fault == "other name":
        claims = replace(claims, legal_name="Vantage Harbour Ltd")
    elif fault == "other number":
        claims = replace(claims, registration_number=_next_digit(claims.registration_number or ""))
    elif fault == "other address":
        claims = replace(claims, registered_address="1 Sample Square, 10001 Elsewhere")
    elif fault == "other share" and len(holders) > 1:
        one, two, *rest = holders
        moved = Fraction(2, 100)
        first = replace(one, share=(one.share or Fraction(0)) + moved)
        claims = replace(claims, holders=(first, replace(two, share=(two.share or Fraction(0)) - moved), *rest))
    elif fault == "one holder more":
        claims = replace(claims, holders=holders[:-1])
    elif fault == "other user":
        claims = replace(claims, authorised_users=("Wilhelmina Zander",))
    elif fault == "other kind":
        asked = "registration"
    reading = read_paper(paper.pdf, "paper.pdf", country=item["country"])
    told = _reasons(check_paper(reading, claims, asked, day=DAY))
    return {"found": FAULTS[fault][1] in told, "layout": paper.truth.layout, "told": told}


def _next_digit(text: str) -> str:
    at = max(n for n, c in enumerate(text) if c.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Shares with intervals; a sentence for each paper that was read wrong, missed or doubted without cause."""
    by_task = defaultdict(list)
    for item, row in zip(items, rows, strict=True):
        by_task[item["task"]].append((item, row))
    measures: list[Measure] = []
    wrong: list[str] = []
    for task in ("clean", "photo"):
        here = by_task[task]
        fields = dict.fromkeys(f for _, row in here for f in row if f not in ("layout", "doubted", "error"))
        for field in fields:
            asked = [(item, row) for item, row in here if field in row]
            measures.append(share(f"{task}: {field.replace('_', ' ')}", sum(r[field] for _, r in asked), len(asked)))
            wrong += [f"{task}: {_named(item, row)}: {field}" for item, row in asked if not row[field]]
        wrong += [f"{task}: {_named(item, row)}: {row['error']}" for item, row in here if "error" in row]
        judged = [(item, row) for item, row in here if item["kind"] != "other"]
        doubted = [(item, row) for item, row in judged if row.get("doubted")]
        measures.append(share(f"{task}: right ones doubted or refused", len(doubted), len(judged)))
        wrong += [f"{task}, doubted: {_named(item, row)}: {', '.join(row['doubted'])}" for item, row in doubted]
    for fault in FAULTS:
        here = [(item, row) for item, row in by_task["fault"] if item["fault"] == fault]
        measures.append(share(f"{fault}: told", sum(bool(r.get("found")) for _, r in here), len(here)))
        wrong += [f"{fault} not told: {_named(item, row)}" for item, row in here if not row.get("found")]
    edited = [(item, row) for item, row in by_task["edit"] if not row.get("skipped")]
    for how in dict.fromkeys(item["edit"] for item, _ in edited):
        some = [row for item, row in edited if item["edit"] == how]
        measures.append(share(f"edit {how}: told", sum(bool(r.get("doubted")) for r in some), len(some)))
    wrong += [f"{i['edit']} of {i['field']} not told: {_named(i, r)}" for i, r in edited if not r.get("doubted")]
    return measures, wrong


def _named(item: Item, row: Row) -> str:
    layout = f", {row['layout']}" if "layout" in row else ""
    return f"{item['kind']} of {item['country']}, seed {item['seed']}{layout}"

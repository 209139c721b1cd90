"""Made-up proofs of address of the split "evaluation": read clean and photographed, edited and untouched.

Layouts, words, people, cities, companies and typefaces are others than those that reading was built with, and so are
the seeds. The same hands made both, so the figures say how reading carries over to other papers of this sort, not more.
Besides, papers of many countries that are written out line by line (`world`).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from fourcorners.checks.address import paper_not_edited, paper_shows_its_text
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.evaluation.topic import Item, Measure, Row, share
from fourcorners.formats.addresses import addresses_agree
from fourcorners.formats.agreement import names_agree
from fourcorners.specimens.papers import (
    COUNTRIES,
    EDITED_FIELDS,
    EDITS,
    PAPER_KINDS,
    WORLD_PAPERS,
    PaperSpecimen,
    draw_paper,
    draw_world_paper,
    edit_paper,
    photograph_paper,
)
from fourcorners.specimens.papers.model import DAY
from fourcorners.vision.papers import PaperReading, open_paper

NAME = "papers_drawn"
ABOUT = "made-up bills, statements and leases of ten countries, and others of twenty-eight: kind, fields, edits"
LABELS = ()

FIRST_SEED = 9_000_000
CLEAN, PHOTOS, UNTOUCHED, EACH_EDIT = 340, 120, 300, 40
"""Papers read clean and as photos, judged untouched, and judged after each kind of edit."""

EACH_WORLD = 5
"""Drawings of each paper that is written out, with another holder, address and day."""

SEVERITY_MAX = 0.6
"""How careless the photographers are, evenly up to this."""

FIELDS = ("kind", "name", "address", "issue_date", "issuer")


def items(root: Path | None) -> list[Item]:
    """Every paper to draw; `root` is not looked at."""
    return list(_items())


def _items() -> Iterator[Item]:
    seed = FIRST_SEED
    for task, count in (("clean", CLEAN), ("photo", PHOTOS), ("untouched", UNTOUCHED)):
        for n in range(count):
            yield {"task": task, **_about(seed, n)}
            seed += 1
    for how in EDITS:
        for n in range(EACH_EDIT):
            field = EDITED_FIELDS[n % len(EDITED_FIELDS)]
            yield {"task": "edited", "edit": how, "field": field, **_about(seed, n)}
            seed += 1
    for n in range(EACH_WORLD * WORLD_PAPERS):
        yield {"task": "world", "seed": seed, "paper": n % WORLD_PAPERS}
        seed += 1


def _about(seed: int, n: int) -> Item:
    kinds = len(PAPER_KINDS)
    country = COUNTRIES[(n + n // kinds) % len(COUNTRIES)]
    return {"seed": seed, "kind": PAPER_KINDS[n % kinds], "country": country}


def measure(root: Path | None, item: Item) -> Row:
    """What was read right, or whether the paper was doubted."""
    seed = item["seed"]
    if item["task"] == "world":
        written = draw_world_paper(item["paper"], seed=seed)
        return _right(written, open_paper(written.pdf).reading)
    paper = draw_paper(item["kind"], seed=seed, country=item["country"], split="evaluation")
    if item["task"] == "clean":
        return _right(paper, open_paper(paper.pdf).reading)
    if item["task"] == "photo":
        severity = float(np.random.default_rng((seed, 64)).uniform(0, SEVERITY_MAX))
        photo, _ = photograph_paper(paper, seed=seed, severity=severity)
        return _right(paper, open_paper(photo).reading)
    if item["task"] == "edited":
        paper = edit_paper(paper, item["edit"], seed=seed, field=_editable(paper, item["field"]))
    return {"doubted": _doubted(paper.pdf)}


def _editable(paper: PaperSpecimen, field: str) -> str:
    return field if field in paper.places else "name"


def _right(paper: PaperSpecimen, reading: PaperReading) -> Row:
    truth, read = paper.truth, {name: f.value if f else None for name, f in reading.fields.items()}
    return {
        "kind": reading.kind.name == truth.kind,
        "name": names_agree(truth.name, read["name"]).holds,
        "address": addresses_agree(truth.address, read["address"], truth.country).holds,
        "issue_date": read["issue_date"] == truth.issue_date.isoformat(),
        "issuer": names_agree(_plain(truth.issuer), _plain(read["issuer"])).holds,
        "layout": truth.layout,
    }


def _plain(company: str | None) -> str | None:
    """Without the full stops of its form: "S.A." is "SA"."""
    return None if company is None else company.replace(".", "")


def _doubted(pdf: bytes) -> bool:
    case = Submission(today=DAY, paper=open_paper(pdf))
    findings = [
        check.check(case, limits_for("address", check.NAME)) for check in (paper_not_edited, paper_shows_its_text)
    ]
    return any(f.outcome in (Outcome.FAIL, Outcome.UNSURE) for f in findings)


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Shares with intervals; a sentence for each paper that was read wrong, missed or doubted without cause."""
    by_task = defaultdict(list)
    for item, row in zip(items, rows, strict=True):
        by_task[item["task"]].append((item, row))
    measures, wrong = [], []
    for task in ("clean", "photo", "world"):
        here = by_task[task]
        for field in FIELDS:
            right = [row for _, row in here if row.get(field)]
            measures.append(share(f"{task}: {field.replace('_', ' ')}", len(right), len(here)))
            wrong += [f"{task}: {_named(item, row)}: {field}" for item, row in here if not row.get(field)]
    untouched = by_task["untouched"]
    measures.append(share("untouched, doubted", sum(bool(r.get("doubted")) for _, r in untouched), len(untouched)))
    wrong += [f"doubted without cause: {_named(item, row)}" for item, row in untouched if row.get("doubted")]
    edited = by_task["edited"]
    for name, key in (("edit", "edit"), ("edited field", "field")):
        for value in dict.fromkeys(item[key] for item, _ in edited):
            some = [row for item, row in edited if item[key] == value]
            measures.append(share(f"{name} {value}: found", sum(bool(r.get("doubted")) for r in some), len(some)))
    measures.append(share("edited: found", sum(bool(r.get("doubted")) for _, r in edited), len(edited)))
    wrong += [
        f"{item['edit']} of {item['field']} missed: {_named(item, row)}"
        for item, row in edited
        if not row.get("doubted")
    ]
    return measures, wrong


def _named(item: Item, row: Row) -> str:
    layout = f", {row['layout']}" if "layout" in row else ""
    error = f", {row['error']}" if "error" in row else ""
    if "paper" in item:
        return f"world {item['paper']}, seed {item['seed']}{error}"
    return f"{item['kind']} of {item['country']}, seed {item['seed']}{layout}{error}"

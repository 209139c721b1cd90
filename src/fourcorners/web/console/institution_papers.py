"""An institution's papers in plain values: what was read beside what was entered, findings, pages to open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request

from fourcorners.checks.finding import Fact, Finding, Outcome
from fourcorners.evidence.models import Upload
from fourcorners.evidence.queries import get_upload, read_name
from fourcorners.infra import ReadSession
from fourcorners.institutions.kinds import text_of
from fourcorners.institutions.models import Paper
from fourcorners.institutions.papers.catalogue import paper_reasons, paper_words, reviewer_words
from fourcorners.institutions.queries import read_about
from fourcorners.verdict.report.view import GRAVEST_FIRST, CheckRow, check_row
from fourcorners.web.console.pictures import picture_link
from fourcorners.web.who import Who
from fourcorners.web.words import Words

__all__ = ["Compared", "File", "PaperShown", "file_of", "finding_row", "paper_shown", "paper_title"]

ONLY_A_PAGE = 1


@dataclass(frozen=True, slots=True)
class File:
    """A file with a link for each page, good for a quarter of an hour and one person."""

    title: str
    name: str
    pages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of a paper: what was entered, what was read, `same`, `compatible`, `different` or `missing`."""

    name: str
    entered: str
    read: str
    agreement: str
    note: str


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper. `kind` was recognised, by the `kind_words`; `rows` are its fields, `findings` the gravest first.

    `read` is False where the machine has not looked at it: handed in after the last submission, or for a change.
    """

    item: str
    paper: str
    file: File | None
    about: Mapping[str, Any]
    read: bool
    kind: str
    sure: float
    kind_words: Sequence[tuple[str, int]]
    is_expected: bool
    refused: str
    rows: Sequence[Compared]
    listed: Sequence[Mapping[str, Any]]
    findings: Sequence[CheckRow]
    problems: Sequence[str]


def paper_title(paper: str, t: Words) -> str:
    """What a paper is called."""
    for group in ("institutions.papers", "institutions.identity", "console.papers.kinds"):
        if t.has(f"{group}.{paper}"):
            return t(f"{group}.{paper}")
    try:
        return text_of("papers", paper)
    except KeyError:
        return paper.replace("_", " ")


def file_of(
    request: Request, db: ReadSession, who: Who, paper: Paper, t: Words, pages: int = ONLY_A_PAGE
) -> File | None:
    """The file of a paper; None once it was erased."""
    upload: Upload = get_upload(db, paper.upload_id)
    if upload.removed_at is not None:
        return None
    now = db.now.timestamp()
    links = [picture_link(request.app.state.site, upload.id, who.id, now, page=page) for page in range(max(1, pages))]
    return File(paper_title(paper.paper, t), read_name(db, upload), links)


def paper_shown(
    request: Request, db: ReadSession, who: Who, paper: Paper, found: Mapping[str, Any], t: Words, *, personal: bool
) -> PaperShown:
    """A paper with what was `found` in it; without names, values and pages for who need not see them."""
    reading = found.get("reading", {})
    findings = [Finding.from_dict(one) for one in found.get("findings", ())]
    rows = [finding_row(finding, t, personal=personal) for finding in findings]
    rows.sort(key=lambda row: GRAVEST_FIRST.index(Outcome(row.outcome)))
    kind = reading.get("kind", "")
    return PaperShown(
        item=f"paper:{paper.id}",
        paper=paper.paper,
        file=file_of(request, db, who, paper, t, reading.get("pages") or ONLY_A_PAGE) if personal else None,
        about=read_about(db, paper) if personal else {},
        read=bool(found),
        kind=paper_title(kind, t) if kind else "",
        sure=float(reading.get("kind_confidence") or 0),
        kind_words=[(one["words"], one["page"]) for one in reading.get("kind_words", ())] if personal else [],
        is_expected=kind == paper.paper,
        refused=reading.get("refused") or "",
        rows=_compared(findings, reading.get("fields", {})) if personal else [],
        listed=[
            {"name": (one["name"] or {}).get("value", ""), "share": one["share"], "role": one["role"], "of": one["of"]}
            for one in reading.get("listed", ())
        ]
        if personal
        else [],
        findings=rows,
        problems=found.get("problems", ()),
    )


def finding_row(finding: Finding, t: Words, *, personal: bool) -> CheckRow:
    """One finding in words; for who need not see values: outcome, measure and code only."""
    bare = replace(finding, reason=None) if finding.reason in paper_reasons() else finding
    row = check_row(bare, "", None, "", t.locale)
    key = f"console.papers.checks.{finding.check}"
    row = replace(row, title=t(key) if t.has(key) else row.title, facts=row.facts if personal else ())
    if finding.reason in paper_reasons():
        code = str(finding.reason)
        row = replace(row, words=paper_words(code, t.locale).title, reviewer=reviewer_words(code), code=code)
    return row


def _compared(findings: Sequence[Finding], fields: Mapping[str, Any]) -> list[Compared]:
    """Every field that was entered or read, once: compared ones first, then what was read besides."""
    found: dict[str, Compared] = {}
    for finding in findings:
        for fact in finding.evidence:
            values = dict(fact.values) if isinstance(fact, Fact) else {}
            if isinstance(fact, Fact) and "claimed" in values and fact.name not in found:
                read = values.get("paper", "")
                agreement, _, note = fact.note.partition(",")
                agreement = agreement if read and agreement in ("same", "compatible", "different") else "missing"
                found[fact.name] = Compared(fact.name, values["claimed"], read, agreement, note.strip())
    for name, field in fields.items():
        if field is not None and name not in found:
            found[name] = Compared(name, "", str(field["value"]), "", "")
    return list(found.values())

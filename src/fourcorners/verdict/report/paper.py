"""The report of a proof of address: its pages with boxes, what it says beside the claims, signs of edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fourcorners.checks.finding import Fact, Outcome
from fourcorners.verdict.catalogue import text
from fourcorners.verdict.report.paper_pages import FIELD_CHECKS, PaperPages, slots_of
from fourcorners.verdict.report.template import fill
from fourcorners.verdict.report.view import CloseUp, PictureView, Section, check_row, section, tasks

if TYPE_CHECKING:
    from fourcorners.verdict.paper import PaperVerdict

__all__ = ["render_paper"]

TONES = {"same": "pass", "compatible": "unsure", "different": "fail", "missing": "unsure"}
SIGN_CHECKS = ("paper_not_edited", "paper_shows_its_text")


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A field or a part of one, on the paper and as claimed. `tone` is an outcome, "" where nothing is compared.

    `against` says what it is held against: what was typed in, or the rules.
    """

    title: str
    read: str
    claimed: str
    tone: str
    said: str
    is_part: bool = False
    against: str = "typed_in"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of an edit: what it is, what shows it, and where."""

    title: str
    note: str
    tone: str
    close_up: CloseUp | None


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot in plain values. `accepted` are the kinds that the rules take, for a paper that is no attestation."""

    title: str
    kind: str
    kind_tone: str
    kind_words: tuple[str, ...]
    accepted: str
    figures: list[PictureView]
    rows: list[CompareRow]
    signs: list[Sign]


def render_paper(verdict: "PaperVerdict", locale: str = "en") -> str:
    """The report as one HTML page. Raises LocaleUnknown."""
    shown = [PaperPages(slot, case, verdict.findings, locale) for slot, case in slots_of(verdict.case)]
    slots = [_slot(pages, verdict, locale) for pages in shown]
    return fill(
        "paper.html.j2",
        locale,
        title=text("report", "paper_title", locale),
        today=verdict.today,
        verdict=verdict,
        kind=slots[0].kind,
        tasks=tasks(verdict.decision, verdict.because, locale),
        slots=slots,
        pictures=[figure for slot in slots for figure in slot.figures],
        sections=[s for pages in shown for s in _sections(pages, verdict, locale)],
        supplement=_supplement(verdict, locale),
    )


def _slot(pages: PaperPages, verdict: "PaperVerdict", locale: str) -> SlotView:
    reading = pages.case.reading
    proves = pages.slot != "attestation"
    return SlotView(
        title=text("subjects", pages.slot, locale),
        kind=text("papers", reading.kind.name if reading else "unread", locale),
        kind_tone=pages.outcome("paper_kind_accepted"),
        kind_words=tuple(word for word, _ in reading.kind.words) if reading else (),
        accepted=", ".join(text("papers", kind, locale) for kind in pages.case.rules.kinds) if proves else "",
        figures=pages.figures(),
        rows=_rows(pages, verdict, locale) if proves else [],
        signs=_signs(pages, locale),
    )


def _rows(pages: PaperPages, verdict: "PaperVerdict", locale: str) -> list[CompareRow]:
    compared: Mapping[str, Any] = verdict.compared
    if pages.slot == "owners_paper" and verdict.supplement is not None:
        owners: Any = verdict.supplement["paper"]
        compared = owners["compared"]
    reading, rows = pages.case.reading, []
    for name, field in reading.fields.items() if reading else ():
        title, read = text("fields", name, locale), field.value if field else ""
        if name in compared:
            rows.append(_compared(title, compared[name], locale, tone=pages.outcome(FIELD_CHECKS[name])))
            parts = compared[name].get("parts", ())
            rows += [_compared(text("address_parts", p["part"], locale), p, locale, is_part=True) for p in parts]
        elif field is not None or name != "lease_end":
            rows.append(_dated(name, title, read, pages, locale))
    return rows


def _compared(
    title: str, entry: Mapping[str, Any], locale: str, *, tone: str = "", is_part: bool = False
) -> CompareRow:
    said = text("agreements", entry["outcome"], locale)
    reasons = [text("differences", r, locale) for r in entry["reasons"]]
    said += f": {', '.join(reasons)}" if reasons else ""
    tone = tone or TONES[entry["outcome"]]
    return CompareRow(title, entry["read"] or "", entry["claimed"], tone, said, is_part)


def _dated(name: str, title: str, read: str, pages: PaperPages, locale: str) -> CompareRow:
    """A field that is held against the rules instead of a claim."""
    check = FIELD_CHECKS[name]
    finding = next((f for f in pages.findings if f.check == check), None)
    tone = finding.outcome.value if finding else ""
    if not read:
        return CompareRow(title, "", "", "unsure", text("report", "not_found", locale))
    facts = [e for e in finding.evidence if isinstance(e, Fact)] if finding else []
    bounds = [v for fact in facts for source, v in fact.values if source in ("oldest", "earliest")]
    claimed = f"{text('report', 'oldest', locale)} {bounds[0]}" if bounds else ""
    late = "too_short" if name == "lease_end" else "too_old"
    said = {"pass": "in_time", "fail": late, "unsure": "doubtful"}.get(tone, "")
    told = text("report", said, locale) if said else ""
    return CompareRow(title, read, claimed, tone if said else "", told, against="rules")


def _signs(pages: PaperPages, locale: str) -> list[Sign]:
    """What speaks for an edit: each kind of sign once with all that shows it, and text that the page does not show."""
    signs = []
    for finding in pages.findings:
        if finding.check not in SIGN_CHECKS:
            continue
        close_up = pages.close_up(finding)
        notes: dict[str, list[str]] = {}
        for fact in (e for e in finding.evidence if isinstance(e, Fact)):
            if finding.check == "paper_not_edited":
                for kind, note in fact.values:
                    notes.setdefault(text("signs", kind, locale), []).append(note)
            else:
                shown = " ≠ ".join(value for _, value in fact.values)
                notes.setdefault(text("checks", finding.check, locale), []).append(f"{shown} ({fact.note})")
        for n, (title, said) in enumerate(notes.items()):
            signs.append(Sign(title, "; ".join(said), finding.outcome.value, close_up if n == 0 else None))
    return signs


def _sections(pages: PaperPages, verdict: "PaperVerdict", locale: str) -> list[Section]:
    rules = {(b.subject, b.check): b.rule for b in verdict.because}
    by_subject: dict[str, list[tuple[Outcome, Any]]] = {}
    for n, f in enumerate(pages.findings):
        row = check_row(f, rules.get((f.subject, f.check), ""), pages.close_up(f), f"row-{pages.slot}-{n}", locale)
        by_subject.setdefault(f.subject, []).append((f.outcome, row))
    return [section(_subject(name, pages.slot, locale), rows) for name, rows in by_subject.items()]


def _subject(name: str, slot: str, locale: str) -> str:
    tail = name[len(slot) + 1 :]
    return f"{text('subjects', slot, locale)} {tail}".strip()


def _supplement(verdict: "PaperVerdict", locale: str) -> Sequence[tuple[str, str]]:
    """Owner, relation and what is lacking, as (label, value)."""
    added = verdict.case.supplement
    if added is None:
        return ()
    notes = [
        e.note for f in verdict.findings if f.check == "supplement_complete" for e in f.evidence if isinstance(e, Fact)
    ]
    lacks = [text("lacks", code, locale) for note in notes for code in note.split(", ") if code]
    rows = [
        (text("report", "owner", locale), added.paper.claims.name or ""),
        (text("report", "relation", locale), text("relations", added.relation, locale)),
    ]
    if notes:
        rows.append((text("report", "lacking", locale), "; ".join(lacks) or text("report", "complete", locale)))
    return rows

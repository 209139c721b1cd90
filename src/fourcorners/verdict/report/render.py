"""The report of a verdict."""

from fourcorners.verdict.catalogue import text, words
from fourcorners.verdict.report.closeups import close_ups, face_pair, field_crops
from fourcorners.verdict.report.template import fill
from fourcorners.verdict.report.view import SOURCES, pictures, read_rows, sections, tasks
from fourcorners.verdict.verdict import Verdict

__all__ = ["render"]


def render(verdict: Verdict, locale: str = "en") -> str:
    """The report as one HTML page: style, drawings and pictures inside it, no script. Raises LocaleUnknown."""
    rows = read_rows(verdict, locale)
    match = next((f for f in verdict.findings if f.check == "face_matches"), None)
    return fill(
        "page.html.j2",
        locale,
        title=text("report", "title", locale),
        today=verdict.today,
        verdict=verdict,
        tasks=tasks(verdict.decision, verdict.because, locale),
        pictures=pictures(verdict, locale),
        sections=sections(verdict, locale),
        rows=rows,
        sources=[s for s in SOURCES if any(s in row.values for row in rows)],
        crops=close_ups(verdict.case, verdict.findings),
        field_crops=field_crops(verdict.case),
        face_pair=face_pair(verdict.case),
        match=match,
        match_words=words(match.reason, locale).title if match and match.reason else "",
        kind=text("kinds", verdict.case.reading.kind, locale),
    )

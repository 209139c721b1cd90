"""The file is a PDF or a picture that we take: whole, not locked, with nothing in it that runs or hides (POA4)."""

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.case import file_accepted
from fourcorners.checks.finding import Fact, Finding, fail, ok
from fourcorners.checks.limits import Limits

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_accepted"
VERSION = 1
REASONS = (
    *file_accepted.REASONS,
    "pdf_encrypted",
    "pdf_scripted",
    "pdf_attachment",
    "pdf_empty",
    "pdf_too_long",
    "page_too_large",
)


def check(case: Submission, limits: Limits) -> Finding:
    """The refusal of the file is the reason; the size limit differs between people and institutions."""
    if case.refused is not None:
        details = tuple((name, str(value)) for name, value in case.refused.fields.items())
        return fail(NAME, VERSION, case.refused.code, [Fact("file", details, case.refused.message)])
    paper = case.paper
    assert paper is not None  # noqa: S101 - refused or opened
    values = (("type", paper.format), ("bytes", str(paper.size_bytes)), ("pages read", str(len(paper.pages))))
    if paper.size_bytes > limits["bytes_max"][case.claims.applicant]:
        return fail(NAME, VERSION, "file_too_large", [Fact("file", values)])
    return ok(NAME, VERSION, [Fact("file", values)])

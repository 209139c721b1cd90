"""Make all checks of a case: the pictures side by side, their checks too, then what needs them together."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from types import ModuleType
from typing import TypeVar

from fourcorners.checks.address.submission import Submission
from fourcorners.checks.case import file_accepted
from fourcorners.checks.finding import Finding, not_assessed
from fourcorners.checks.limits import limits_for
from fourcorners.checks.registry import REGISTRY, checks_for, require_known
from fourcorners.checks.subject import Case
from fourcorners.kit.errors import Refusal
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["FILE_REFUSED", "Progress", "check_side_by_side", "run_checks", "run_group"]

T = TypeVar("T")

SLOW = (
    "not_edited",
    "in_colour",
    "document_present",
    "signature_present",
    "portrait_clear",
    "sharp",
    "not_covered",
    "no_glare",
    "evenly_lit",
)
"""The checks of a document that take longest by `make bench`, in the order in which they are begun."""

Progress = Callable[[str], None]
"""Called with the name of each stage as it ends: `front read`, `front`, `selfie`, `match`, `case` ..."""

FILE_REFUSED = "not_assessed_file"
"""The cause of every check on a picture whose file was refused."""


def run_checks(
    case: Case, only: Collection[str] = (), threads: int = 2, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """All findings of a case, or those of the checks named in `only`, always in the same order.

    `threads` pictures are worked on at a time; order and findings do not depend on it. A refusal inside a check (say,
    weights that are not installed) becomes a finding that was not assessed; a bug is raised. Raises CheckUnknown.
    """
    require_known(tuple(only))
    tell = progress or (lambda _: None)
    done = _side_by_side(
        [
            *(partial(_read, case, side, tell) for side in case.sides),
            partial(_picture, case, "selfie", None, only, tell),
            *([] if only else [partial(_look_ahead, case, side) for side in case.sides]),
        ],
        threads,
    )
    selfie = done[len(case.sides)]
    kind = _kind(case)
    front, back = (_checked(case, side, kind, only, threads, tell) for side in ("front", "back"))
    files = [f for s in case.given for f in run_group("case", [file_accepted], case.alone(s), None, s, only)]
    match = run_group("match", REGISTRY["match"], case, kind, "case", only)
    tell("match")
    rest = run_group("case", [m for m in REGISTRY["case"] if m is not file_accepted], case, kind, "case", only)
    tell("case")
    return (*files, *front, *back, *selfie, *match, *rest)


def run_group(
    group: str,
    modules: Sequence[ModuleType],
    frame: DocumentFrame | SelfieFrame | Case | Submission,
    kind: str | None,
    subject: str,
    only: Collection[str] = (),
) -> list[Finding]:
    """Findings of `modules` on one frame, said of `subject` where the check does not name a picture itself."""
    findings = []
    for module in modules:
        if only and module.NAME not in only:
            continue
        try:
            finding: Finding = module.check(frame, limits_for(group, module.NAME, kind))
        except Refusal as refusal:
            finding = not_assessed(module.NAME, module.VERSION, refusal.code)
        findings.append(finding if finding.subject else finding.about(subject))
    return findings


def check_side_by_side(
    modules: Sequence[ModuleType],
    frame: DocumentFrame,
    kind: str | None,
    subject: str,
    only: Collection[str] = (),
    threads: int = 2,
) -> list[Finding]:
    """As `run_group` of document checks, `threads` of them at a time: none waits for another.

    The slow ones are begun first, so that no core is left with one of them at the end.
    """
    begun = sorted(modules, key=lambda module: SLOW.index(module.NAME) if module.NAME in SLOW else len(SLOW))
    jobs = [partial(run_group, "document", [module], frame, kind, subject, only) for module in begun]
    found = {module.NAME: findings for module, findings in zip(begun, _side_by_side(jobs, threads), strict=True)}
    return [finding for module in modules for finding in found[module.NAME]]


def _checked(
    case: Case, side: str, kind: str | None, only: Collection[str], threads: int, tell: Progress
) -> list[Finding]:
    """As `_picture`, of a side that was read already."""
    if side in case.refused or side not in case.sides:
        return _picture(case, side, kind, only, tell)
    findings = check_side_by_side(checks_for(side), case.sides[side], kind, side, only, threads)
    tell(side)
    return findings


def _picture(case: Case, subject: str, kind: str | None, only: Collection[str], tell: Progress) -> list[Finding]:
    if subject in case.refused:
        modules = [m for m in checks_for(subject) if not only or m.NAME in only]
        return [not_assessed(m.NAME, m.VERSION, FILE_REFUSED).about(subject) for m in modules]
    if subject not in case.frames:
        return []
    group = "selfie" if subject == "selfie" else "document"
    findings = run_group(group, checks_for(subject), case.frames[subject], kind, subject, only)
    tell(subject)
    return findings


def _read(case: Case, side: str, tell: Progress) -> list[Finding]:
    """Do the slow reading of one side ahead of its checks, which find it ready on the frame."""
    try:
        _ = case.sides[side].reading
    except Refusal:
        return []  # every check that needs the reading meets the same refusal and says so
    tell(f"{side} read")
    return []


def _look_ahead(case: Case, side: str) -> list[Finding]:
    """With what time another picture's reading leaves: its checks, and the reading, find these measures ready."""
    frame = case.sides[side]
    frame.look_ahead()
    _ = frame.barcodes
    if side == "front" and case.selfie is not None:
        try:
            _ = frame.portrait_embedding, case.selfie.embedding
        except Refusal:
            return []  # the comparison meets it too and says so
    return []


def _kind(case: Case) -> str | None:
    try:
        return case.reading.kind
    except Refusal:
        return None


def _side_by_side(jobs: Sequence[Callable[[], T]], threads: int) -> list[T]:
    if threads < 2 or len(jobs) < 2:
        return [job() for job in jobs]
    return list(_workers(threads).map(lambda job: job(), jobs))


@cache
def _workers(threads: int) -> ThreadPoolExecutor:
    """Kept, because some networks have one interpreter a thread, and loading it again for each case takes its time."""
    return ThreadPoolExecutor(threads, thread_name_prefix="fourcorners")

"""Check identity documents and selfies on your own machine, offline, and explain every verdict.

>>> import fourcorners
>>> verdict = fourcorners.check(document=["front.jpg", "back.jpg"], selfie="selfie.jpg")  # doctest: +SKIP
>>> verdict.decision, verdict.reasons  # doctest: +SKIP
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourcorners.verdict import Verdict

__all__ = ["check"]


def check(
    document: bytes | str | Path | Sequence[bytes | str | Path] = (),
    selfie: bytes | str | Path | None = None,
    claims: Mapping[str, object] | str | bytes | None = None,
    *,
    today: date | None = None,
    only: Collection[str] = (),
    threads: int = 2,
    progress: Callable[[str], None] | None = None,
) -> "Verdict":
    """Check one case and explain the decision.

    `document` is one picture or its front and back, `selfie` one picture: paths, or the bytes themselves. `claims` is
    what the person typed in (JSON text or a mapping; see `fourcorners.checks.claims`). `today` is the day on which
    age and expiry count, the local date if left out. `only` names single checks. `progress` is told each stage.

    A file that is no picture does not raise: it is a reason of the verdict. Raises `fourcorners.kit.errors.Refusal` for
    claims that are not in order and for a check that does not exist.
    """
    from fourcorners.checks.subject import open_case  # imported here, so that `import fourcorners` is instant
    from fourcorners.verdict import judge_case

    case = open_case(document, selfie, claims, today=today or date.today())  # noqa: DTZ011 - a day, not a moment
    return judge_case(case, only=only, threads=threads, progress=progress)

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
    from fourcorners.verdict.paper import PaperVerdict

__all__ = ["check", "check_address"]


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


def check_address(
    files: bytes | str | Path | Sequence[bytes | str | Path],
    name: str | None = None,
    address: str | None = None,
    country: str | None = None,
    applicant_kind: str = "individual",
    *,
    supplement: Mapping[str, object] | None = None,
    identity_kind: str | None = None,
    identity_sha256: str | None = None,
    today: date | None = None,
) -> "PaperVerdict":
    """Check a proof of address against what the applicant claims, and explain the decision.

    `files` are the pages of one paper, in one to five files (PDF, JPEG, PNG, WebP, HEIC): paths, or the bytes. `name`
    and `address` (its lines parted by commas or line ends) are what the applicant typed in; what is left out is not
    compared. `country`, a code or an English name, and `applicant_kind` (`individual`, `institution`) choose the
    rules. `identity_kind` and `identity_sha256` tell which document proved the identity.

    `supplement` is for who lives with the owner or leaseholder: `attestation` and `paper` (each one file or several),
    `owner` (the name on that paper) and `relation` (`parent`, `spouse`). It is looked at where the paper alone does
    not do; with a supplement, `files` may be empty. `today` is the day of submission, the local date if left out.

    A file that is no paper does not raise: it is a reason of the verdict. Raises `fourcorners.kit.errors.Refusal` for
    claims that are not in order, for no file, and for more than five.
    """
    from fourcorners.checks.address.opening import open_proof  # imported here, so that `import fourcorners` is instant
    from fourcorners.checks.address.submission import AddressClaims
    from fourcorners.verdict.paper import judge_paper

    claims = AddressClaims(name, address, country, applicant_kind, identity_kind, identity_sha256)
    day = today or date.today()  # noqa: DTZ011 - a day, not a moment
    return judge_paper(open_proof(files, claims, supplement, today=day))

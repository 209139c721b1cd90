"""What if: decide every run of a period again under a draft, and see who would flip. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, defer

from fourcorners.clearance.models import Decision, Exemption
from fourcorners.clearance.policy.document import Policy
from fourcorners.clearance.policy.force import Facts, in_force
from fourcorners.clearance.rules import FURTHER_REVIEW, Standing
from fourcorners.evidence.models import Run
from fourcorners.evidence.queries import read_basis
from fourcorners.infra.db import ReadSession
from fourcorners.infra.errors import KeyDestroyed
from fourcorners.infra.sealing import SealingKey

__all__ = ["Flip", "WhatIf", "what_if"]

BATCH = 500
MACHINE = "system"
DRAFT = "draft"
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Flip:
    """A run that the draft decides otherwise. `person` is how somebody decided the case after that run, if they did.

    `because` are the reasons under the draft; `gained` those that the policy of then did not tell, `lost` the other way
    round.
    """

    run_id: str
    case_id: str
    at: datetime
    country: str
    before: str
    after: str
    because: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    person: str | None


@dataclass(slots=True)
class WhatIf:
    """What came of it. Counts are of runs; `moves` counts (before, after); `skipped` were erased meanwhile."""

    runs: int = 0
    skipped: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_reason: Counter[str] = field(default_factory=Counter)
    by_country: Counter[str] = field(default_factory=Counter)
    against_person: int = 0
    with_person: int = 0
    flips: list[Flip] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "runs": self.runs,
            "skipped": self.skipped,
            "flipped": len(self.flips),
            "before": dict(self.before),
            "after": dict(self.after),
            "moves": {f"{before}>{after}": n for (before, after), n in self.moves.most_common()},
            "by_reason": dict(self.by_reason.most_common()),
            "by_country": dict(self.by_country.most_common()),
            "as_people_decided": self.with_person,
            "against_people": self.against_person,
            "flips": [{k: str(v) if k == "at" else v for k, v in asdict(flip).items()} for flip in self.flips],
        }


def what_if(db: ReadSession, draft: Policy, since: datetime, until: datetime) -> WhatIf:
    """All runs that finished in [since, until), decided under `draft` and set beside what the machine decided."""
    found, exempt = WhatIf(), _exemptions(db)
    for run, machine in _runs(db, since, until):
        try:
            basis = read_basis(db, run)
        except KeyDestroyed:
            found.skipped += 1
            continue
        before, told = (machine.outcome, machine.reasons) if machine else (run.decision or "review", run.reasons)
        decision, because = in_force(draft, Facts.from_dict(run.about), DRAFT).decide(
            basis, exempt.get(run.case_id, NOTHING)
        )
        after = decision.value
        if after == "approve" and FURTHER_REVIEW in told:
            after = "review"  # hits on lists stood against it, which no policy changes
        found.runs += 1
        found.before[before] += 1
        found.after[after] += 1
        if before == after:
            continue
        codes = tuple(dict.fromkeys(b.code for b in because))
        gained = tuple(c for c in codes if c not in told)
        lost = tuple(c for c in told if c not in codes)
        country = str(run.about.get("residence") or "")
        found.moves[before, after] += 1
        found.by_country[country] += 1
        found.by_reason.update(gained or lost or codes[:1])
        found.flips.append(
            Flip(
                run.id,
                run.case_id,
                run.finished_at or run.started_at,
                country,
                before,
                after,
                codes,
                gained,
                lost,
                None,
            )
        )
    _compare_with_people(db, found)
    return found


def _runs(db: ReadSession, since: datetime, until: datetime) -> Iterator[tuple[Run, Decision | None]]:
    """Runs with the machine's decision, in batches, each with the keys of its owners at hand."""
    machine = aliased(Decision)
    query = (
        select(Run, machine)
        .outerjoin(machine, and_(machine.run_id == Run.id, machine.by == MACHINE))
        .where(Run.finished_at >= since, Run.finished_at < until, Run.basis.is_not(None))
        .order_by(Run.finished_at, Run.id)
        .options(defer(Run.verdict))
        .execution_options(yield_per=BATCH)
    )
    for batch in db.execute(query).partitions():
        owners = {run.owner_id for run, _ in batch}
        keys = db.scalars(select(SealingKey).where(SealingKey.owner.in_(owners))).all()
        yield from ((run, decision) for run, decision in batch)
        del keys  # held until here, so that opening a basis finds its key in the session


def _exemptions(db: ReadSession) -> Mapping[str, frozenset[str]]:
    """What reviewers let stand, by case."""
    found: dict[str, frozenset[str]] = {}
    for case, reason in db.execute(select(Exemption.case_id, Exemption.reason)):
        found[case] = found.get(case, NOTHING) | {reason}
    return found


def _compare_with_people(db: ReadSession, found: WhatIf) -> None:
    """Set each flip beside what somebody decided on that run in the end."""
    people: dict[str | None, str] = {}
    runs = [flip.run_id for flip in found.flips]
    for start in range(0, len(runs), BATCH):
        mine = Decision.run_id.in_(runs[start : start + BATCH])
        query = select(Decision.run_id, Decision.outcome).where(mine, Decision.by != MACHINE)
        standing = query.where(Decision.standing == Standing.EFFECTIVE).order_by(Decision.number)
        people.update((run, outcome) for run, outcome in db.execute(standing))
    found.flips = [replace(flip, person=people.get(flip.run_id)) for flip in found.flips]
    found.with_person = sum(flip.person == flip.after for flip in found.flips)
    found.against_person = sum(flip.person == flip.before for flip in found.flips)

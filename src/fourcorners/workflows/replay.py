"""Replay a past case: the same evidence, claims and day give the same bytes again, and the same decision."""

import json
from dataclasses import dataclass

from fourcorners.clearance import Outcome
from fourcorners.clearance.queries import exempt_reasons, machine_decision, policy_of
from fourcorners.clearance.rules import items_to_redo
from fourcorners.evidence.queries import get_run, read_verdict
from fourcorners.infra.errors import NotFound
from fourcorners.infra.floor import Floor
from fourcorners.kit.canonical import sha256_hex
from fourcorners.verdict import basis_of
from fourcorners.workflows.verification import judged

__all__ = ["Replay", "replay"]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: the SHA-256 of the verdict then and now, the machine's decision then and now.

    `versions` names what differs between the package then and now, where something does.
    """

    run_id: str
    then_sha256: str
    now_sha256: str
    then_decision: str
    now_decision: str
    versions: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Are bytes and decision the same?"""
        return (self.then_sha256, self.then_decision) == (self.now_sha256, self.now_decision)

    def to_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "run": self.run_id,
            "same": self.same,
            "verdict_sha256": {"then": self.then_sha256, "now": self.now_sha256},
            "decision": {"then": self.then_decision, "now": self.now_decision},
            "versions_that_differ": list(self.versions),
        }


def replay(floor: Floor, run_id: str) -> Replay:
    """Look at the evidence of a finished run again, and decide again under the policy of then. Nothing is written.

    Raises NotFound (also when the pictures were removed since), KeyDestroyed.
    """
    with floor.database.read() as db:
        run = get_run(db, run_id)
        then = read_verdict(db, run)
    again = judged(floor, run).verdict
    with floor.database.read() as db:
        machine = machine_decision(db, run.id)
        if machine is None:
            raise NotFound("The machine has not decided on this run.")
        rules, exempt = policy_of(db, run), exempt_reasons(db, run.case_id, machine.at)
    decided, because = rules.decide(basis_of(json.loads(again)), exempt)
    mendable = decided.value != Outcome.RESUBMIT or items_to_redo(b.to_dict() for b in because)
    now = decided.value if mendable else Outcome.REVIEW.value
    before, after = json.loads(then)["versions"], json.loads(again)["versions"]
    differing = tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    return Replay(run.id, run.verdict_sha256 or "", sha256_hex(again), machine.outcome, now, differing)

"""The verdict on everything that was handed in: pictures, live check, proof of address, and whether it is somebody new.

What the service alone can know stands beside the library's findings in one canonical JSON. It depends on the evidence,
on the claims and on what the run noted when it was made (`Run.matches`): asked for again, it gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fourcorners.checks.finding import Fact, Finding, Spread, fail, judge, not_assessed, ok, unsure
from fourcorners.checks.limits import limits_for
from fourcorners.checks.match import face_matches
from fourcorners.kit.canonical import canonical_json
from fourcorners.verdict import Because, Decision, Verdict, decide, default_policy
from fourcorners.verdict.decide import GRAVEST_FIRST
from fourcorners.verdict.paper import PaperVerdict
from fourcorners.vision.faces import Embedding, distance

__all__ = ["IDENTITY", "LIVE", "LIVE_FACE", "WholeVerdict", "duplicate_finding", "live_findings", "whole_verdict"]

LIVE = "live_check_passed"
LIVE_FACE = "live_face_matches"
IDENTITY = "identity_unused"
VERSION = 1


@dataclass(frozen=True)
class WholeVerdict:
    """What was decided about a case and why. `plain` is its JSON form: that of `Verdict`, with more findings in it.

    Beside the keys of `Verdict.to_dict` it has `live` (how the live check ended), `address` (what the proof of address
    says and what it was compared with) and `matches` (ids of other applicants, for reviewers only).
    """

    decision: Decision
    reasons: tuple[str, ...]
    versions: Mapping[str, object]
    plain: Mapping[str, object]

    def to_json(self) -> str:
        """Canonical JSON: the same case gives the same bytes."""
        return canonical_json(self.plain).decode()


def live_findings(
    report: Mapping[str, Any] | None, code: str | None, live: Embedding | None, selfie: Embedding | None
) -> tuple[Finding, ...]:
    """How the live check ended, and whether its face is that of the selfie.

    `report` is the judgement (`LiveResult.to_dict`): None where there was no live check, empty where a person looks
    instead. `live` and `selfie` are the faces; None where there is none.
    """
    if report is None:
        return (fail(LIVE, VERSION, "live_missing").about("live"),)
    steps = tuple(
        (f"{number} {step['name']}", "done" if step["passed"] else "not seen")
        for number, step in enumerate(report.get("steps", ()), 1)
    )
    signs = tuple((f"{number}", str(sign)) for number, sign in enumerate(report.get("reasons", ()), 1))
    evidence = [Fact(name, values) for name, values in (("live_steps", steps), ("live_signs", signs)) if values]
    if code is None:  # nothing was filmed: there is no face that could be compared
        return (not_assessed(LIVE, VERSION, "live_by_person").about("live"),)
    passed = ok(LIVE, VERSION, evidence) if code == "passed" else fail(LIVE, VERSION, "live_not_passed", evidence)
    return passed.about("live"), _same_face(live, selfie).about("live")


def duplicate_finding(matches: Mapping[str, Any]) -> Finding:
    """Is this somebody who was verified under another account (IND5)?

    Two kinds of mark that point to the same person are certain: the document's number, the name with birth date and
    country, the face. One alone may be chance, a twin or a typing error: a person looks.
    """
    by_kind = {kind: set(matches.get(kind, ())) for kind in ("document", "person")}
    by_kind["face"] = {owner for owner, _ in matches.get("faces", ())}
    everybody = set().union(*by_kind.values())
    if not everybody:
        return ok(IDENTITY, VERSION).about("case")
    most = max(sum(owner in holders for holders in by_kind.values()) for owner in everybody)
    marks = tuple((kind, str(len(holders))) for kind, holders in by_kind.items() if holders)
    evidence = [Fact("duplicate_marks", marks)]
    say = fail if most > 1 else unsure
    return say(IDENTITY, VERSION, "id_already_verified", evidence).about("case")


def whole_verdict(
    pictures: Verdict,
    *,
    live: tuple[Finding, ...],
    live_report: Mapping[str, Any] | None,
    address: PaperVerdict | None,
    household: Mapping[str, str],
    matches: Mapping[str, Any],
) -> WholeVerdict:
    """The decision over all of it: the gravest effect of any finding decides, as within the library."""
    own = (*pictures.findings, *live, duplicate_finding(matches))
    given = {*pictures.pictures, *(["claims"] if pictures.claims else [])}
    because = list(decide(own, given, default_policy())[1])
    findings = list(own)
    if address is not None:
        because += address.because
        findings += address.findings
    because.sort(key=lambda b: GRAVEST_FIRST.index(b.effect))
    decision = Decision(because[0].effect.value) if because else Decision.APPROVE
    reasons = tuple(dict.fromkeys(b.code for b in because))
    more = {} if address is None else {"address_rules": address.versions}
    versions = {**pictures.versions, **more}
    plain = {
        **pictures.to_dict(),
        "verdict": decision.value,
        "reasons": list(reasons),
        "because": [b.to_dict() for b in because],
        "redo": _redo(decision, because),
        "findings": [f.to_dict() for f in findings],
        "versions": versions,
        "live": live_report,
        "address": None if address is None else {**_paper(address), "household": dict(household)},
        "matches": matches,
    }
    return WholeVerdict(decision, reasons, versions, plain)


def _redo(decision: Decision, because: list[Because]) -> list[str]:
    if decision is not Decision.RESUBMIT:
        return []
    return list(dict.fromkeys(b.redo for b in because if b.redo and b.effect.value == decision.value))


def _paper(address: PaperVerdict) -> dict[str, object]:
    kept = ("read", "compared", "claims", "rules", "files", "supplement", "verdict", "reasons")
    return {key: value for key, value in address.to_dict().items() if key in kept}


def _same_face(live: Embedding | None, selfie: Embedding | None) -> Finding:
    if live is None or selfie is None:
        return not_assessed(LIVE_FACE, VERSION, "not_assessed_no_face")
    limits = face_matches.in_force(limits_for("match", face_matches.NAME))
    apart, scale = distance(live, selfie), limits.scale()
    groups = tuple((label, *limits[label]) for label in ("genuine", "impostor"))
    spread = Spread("face_distance", apart, groups, scale.pass_at, scale.fail_at)
    return judge(LIVE_FACE, VERSION, apart, scale, "live_face_differs", [spread])

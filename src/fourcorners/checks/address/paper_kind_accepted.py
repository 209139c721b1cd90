"""This kind of paper proves an address here (POA1): no mobile telephone bill, no identity document."""

from fourcorners.checks.address.evidence import line_mark
from fourcorners.checks.address.submission import Submission
from fourcorners.checks.finding import Fact, Finding, fail, not_assessed, ok, unsure
from fourcorners.checks.limits import Limits
from fourcorners.vision.papers import Paper
from fourcorners.vision.papers.folding import folded, holds

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "paper_kind_accepted"
VERSION = 1
REASONS = ("poa_type", "poa_mobile_bill", "poa_same_as_id", "not_assessed_file")


def check(case: Submission, limits: Limits) -> Finding:
    """Compares the kind with those of the rules; the words that decided it are the evidence."""
    paper, reading = case.paper, case.reading
    if paper is None or reading is None:
        return not_assessed(NAME, VERSION, "not_assessed_file")
    kind, rules = reading.kind, case.rules
    words = [line_mark(paper, line.box, word, line.page) for word, line in kind.words]
    fact = Fact("kind", (("paper", kind.name), ("rules", rules.name)), f"accepted: {', '.join(rules.kinds)}")
    if identity := _identity(case, paper, limits):
        allowed = rules.identity_after is not None and rules.identity_after == case.claims.identity_kind
        if not (allowed and identity == "driving licence"):
            return fail(NAME, VERSION, "poa_same_as_id", [Fact("identity document", (("sign", identity),)), fact])
        return ok(NAME, VERSION, [Fact("identity document", (("sign", identity),), "accepted here"), fact])
    if kind.name == "mobile_bill":
        return fail(NAME, VERSION, "poa_mobile_bill", [*words, fact])
    needed = rules.only_with.get(kind.name, ())
    text = "".join(folded(line.text) for line in paper.lines)
    named = not needed or any(holds(text, folded(word).strip()) for word in needed)
    if kind.name in rules.kinds and named:
        if kind.confidence < limits["confidence_min"]:
            return unsure(NAME, VERSION, "poa_type", [*words, fact])
        return ok(NAME, VERSION, [*words, fact])
    return fail(NAME, VERSION, "poa_type", [*words, fact])


def _identity(case: Submission, paper: Paper, limits: Limits) -> str:
    """What shows that the paper is an identity document; "" if nothing does."""
    if case.claims.identity_sha256 in paper.digests:
        return "the file that proved the identity"
    if sum(line.text.count("<") >= limits["fillers_min"] for line in paper.lines) > 0:
        return "machine-readable zone"
    few = len(paper.lines) <= limits["identity_lines_max"]
    text = "".join(folded(line.text) for line in paper.lines)
    for sign, words in limits["identity_words"].items():
        if few and any(holds(text, word) for word in words):
            return str(sign).replace("_", " ")
    return ""

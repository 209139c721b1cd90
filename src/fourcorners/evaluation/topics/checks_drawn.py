"""Each check against what is true of the drawn pictures: how many faults it finds, how often it is wrong to refuse."""

from collections.abc import Sequence

from fourcorners.evaluation import drawn
from fourcorners.evaluation.topic import Item, Measure, Row, share

NAME = "checks_drawn"
FAULTLESS = ("genuine", "held", "noise", "colour_cast")
MILD = 0.5
ABOUT = (
    "each check: faults it refuses (recall), faultless photos that it refuses, and how many of its refusals are right "
    "(precision, at this mix); what is doubted goes to a person; faultless are "
    f"{', '.join(FAULTLESS)} up to severity {MILD}"
)


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """Recall, false alarms and precision of each check; recall of each kind of fault."""
    measures: list[Measure] = []
    wrong: list[str] = []
    pairs = [(item, row) for item, row in zip(items, rows, strict=True) if "findings" in row]
    clean = [(i, r) for i, r in pairs if i["kind"] in FAULTLESS and i["severity"] <= MILD and not r["faults"]]
    for check in drawn.checks_with_truth():
        faulty = [(i, r) for i, r in pairs if check in r["faults"] and check in r["findings"]]
        hits = [(i, r) for i, r in faulty if r["findings"][check]["outcome"] == "fail"]
        good = [(i, r) for i, r in clean if check in r["findings"]]
        alarms = [(i, r) for i, r in good if r["findings"][check]["outcome"] == "fail"]
        doubted = sum(r["findings"][check]["outcome"] == "unsure" for _, r in faulty)
        measures.append(share(f"{check}: recall", len(hits), len(faulty)))
        measures.append(share(f"{check}: faults refused or doubted", len(hits) + doubted, len(faulty)))
        measures.append(share(f"{check}: faultless photos refused", len(alarms), len(good)))
        measures.append(share(f"{check}: precision", len(hits), len(hits) + len(alarms)))
        kinds = list(dict.fromkeys(item["kind"] for item, _ in faulty))
        for kind in kinds if len(kinds) > 1 else ():
            found = sum(item["kind"] == kind for item, _ in hits)
            measures.append(share(f"{check}: recall of {kind}", found, sum(i["kind"] == kind for i, _ in faulty)))
        wrong += [_sentence(i, r, check) for i, r in faulty if r["findings"][check]["outcome"] != "fail"]
        wrong += [_sentence(i, r, check) for i, r in alarms]
    return measures, wrong


def _sentence(item: Item, row: Row, check: str) -> str:
    finding = row["findings"][check]
    raw = finding["raw"] if finding["raw"] is None else round(finding["raw"], 3)
    what = f"{item['kind']} of {item['template']}, seed {item['seed']}, severity {item['severity']:.2f}"
    return f"{what}: {check} {finding['outcome']}, {finding['reason']}, {raw}"

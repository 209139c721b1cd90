"""Presentation attacks on documents, told as ISO/IEC 30107-3 asks: by kind of attack, the worst one named.

The subsystem measured are the originality checks together. A picture is classified as an attack when one of them
fails; it has no response when none fails and one could not be made. Attacks and bona fide pictures without a response
are counted apart (APNRR, BPNRR) and left out of the error rates.
"""

from collections.abc import Sequence

from fourcorners.evaluation import drawn
from fourcorners.evaluation.topic import Item, Measure, Row, share

NAME = "attacks"
ORIGINALITY = ("in_colour", "not_screenshot", "not_screen_photo", "not_photocopy", "not_scan", "not_edited")
BONA_FIDE = ("genuine", "held")
ABOUT = f"attack presentations found by {', '.join(ORIGINALITY)}; bona fide are {' and '.join(BONA_FIDE)} photos"


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """APCER of each kind, the highest, BPCER, and the shares without a response."""
    said = [_said(row) for row in rows]
    measures: list[Measure] = []
    worst: tuple[float, str] = (-1.0, "")
    silent_attacks = attacks = 0
    for kind in drawn.attack_kinds():
        here = [answer for item, answer in zip(items, said, strict=True) if item["kind"] == kind]
        answered = [answer for answer in here if answer != "silent"]
        attacks, silent_attacks = attacks + len(here), silent_attacks + len(here) - len(answered)
        missed = sum(answer != "attack" for answer in answered)
        new = " (kind never trained or tuned on)" if kind in drawn.new_attacks() else ""
        measures.append(share(f"APCER {kind}{new}", missed, len(answered)))
        if answered:
            worst = max(worst, (missed / len(answered), kind))
    if attacks:
        measures.append(Measure(f"APCER of the worst kind, {worst[1]}", worst[0]))
        answered = [a for i, a in zip(items, said, strict=True) if a != "silent" and i["kind"] in drawn.attack_kinds()]
        passed = sum(answer == "bona fide" for answer in answered)
        measures.append(share("attacks neither refused nor doubted, all kinds", passed, len(answered)))
        measures.append(share("APNRR: attacks without a response", silent_attacks, attacks))
    genuine = [answer for item, answer in zip(items, said, strict=True) if item["kind"] in BONA_FIDE]
    heard = [answer for answer in genuine if answer != "silent"]
    measures.append(share("BPCER: bona fide refused", heard.count("attack"), len(heard)))
    measures.append(share("bona fide refused or doubted", len(heard) - heard.count("bona fide"), len(heard)))
    measures.append(share("BPNRR: bona fide without a response", len(genuine) - len(heard), len(genuine)))
    return measures, [_sentence(i, r, a) for i, r, a in zip(items, rows, said, strict=True) if _is_wrong(i, a)]


def _said(row: Row) -> str:
    """ "attack", "doubt", "bona fide", or "silent"."""
    outcomes = [finding["outcome"] for check, finding in row.get("findings", {}).items() if check in ORIGINALITY]
    if "fail" in outcomes:
        return "attack"
    if not outcomes or "not_assessed" in outcomes:
        return "silent"
    return "doubt" if "unsure" in outcomes else "bona fide"


def _is_wrong(item: Item, answer: str) -> bool:
    if item["kind"] in BONA_FIDE:
        return answer != "bona fide"
    return item["kind"] in drawn.attack_kinds() and answer != "attack"


def _sentence(item: Item, row: Row, answer: str) -> str:
    told = [
        f"{check} {finding['outcome']} {finding['raw'] if finding['raw'] is None else round(finding['raw'], 3)}"
        for check, finding in row.get("findings", {}).items()
        if check in ORIGINALITY and finding["outcome"] != "pass"
    ]
    what = f"{item['kind']} of {item['template']}, seed {item['seed']}, severity {item['severity']:.2f}"
    return f"{what}: {row.get('error', answer)} {'; '.join(told)}".rstrip()

"""Corners in drawn photos of held-out templates: overlap, what is cut off, what is covered, two documents or none."""

from collections.abc import Callable, Sequence

import numpy as np

from fourcorners.evaluation.topic import Item, Measure, Row, share

__all__ = ["ABOUT", "NAME", "summarise"]

NAME = "corners_drawn"
ABOUT = "corners in drawn photos of held-out templates"

CORNERS = ("top left", "top right", "bottom right", "bottom left")
IOU_GOOD = 0.95
IOU_LOST = 0.9
FALSE_ALARMS = 0.01
NO_SINGLE_OUTLINE = frozenset({"no_document", "two_documents"})
CUT, COVERED = frozenset({"cut_off"}), frozenset({"covered_corner", "punched"})


def summarise(items: Sequence[Item], rows: Sequence[Row]) -> tuple[list[Measure], list[str]]:
    """IDP3: overlap with the truth, recall of each fault of the corners beside its false alarms.

    A row that was refused or has no outline counts as overlap 0 and as a fault that was not found. Recall of cut off
    corners is also given at the limit that 1 % of the other photos would fail, whatever the limit in use.
    """
    placed = [r for r in rows if r.get("iou") is not None and r["kind"] not in NO_SINGLE_OUTLINE]
    measures = _overlaps(placed)
    cut = [r for r in rows if r["kind"] in CUT]
    whole = [r for r in placed if r["kind"] not in CUT and not r.get("hidden_corners")]
    covered = [r for r in rows if r["kind"] in COVERED]
    measures += [
        _counted("corner cut off: found", cut, _is_cut),
        _counted("corner cut off: false alarms", whole, _is_cut),
        _at_false_alarms(cut, whole),
        _counted("corner covered or gone: found", covered, _is_hidden),
        _counted("corner covered or gone: named rightly", covered, _names_hidden),
        _counted("corner covered or gone: false alarms", whole, _is_hidden),
        _counted("two documents: counted", [r for r in rows if r["kind"] == "two_documents"], _has_others),
        _counted("two documents: false alarms", placed, _has_others),
        _counted("no document: nothing found", [r for r in rows if r["kind"] == "no_document"], _is_empty),
    ]
    wrong = [_sentence(i, r) for i, r in zip(items, rows, strict=True) if r in placed and r["iou"] < IOU_LOST]
    return [m for m in measures if m.trials != 0], wrong


def _overlaps(placed: Sequence[Row]) -> list[Measure]:
    iou = np.array([r["iou"] for r in placed])
    if not len(iou):
        return []
    found = [
        Measure("mean IoU", float(iou.mean()), "IoU"),
        Measure("median IoU", float(np.median(iou)), "IoU"),
        share(f"IoU of {IOU_GOOD} or more", int((iou >= IOU_GOOD).sum()), len(iou)),
    ]
    for kind in dict.fromkeys(r["kind"] for r in placed):
        mean = float(np.mean([r["iou"] for r in placed if r["kind"] == kind]))
        found.append(Measure(f"mean IoU: {kind}", mean, "IoU"))
    return found


def _counted(name: str, rows: Sequence[Row], holds: Callable[[Row], bool]) -> Measure:
    return share(name, sum(holds(r) for r in rows), len(rows))


def _at_false_alarms(cut: Sequence[Row], whole: Sequence[Row]) -> Measure:
    margins = [m for r in whole if (m := _margin(r)) is not None]
    limit = float(np.quantile(margins, FALSE_ALARMS, method="lower")) if margins else 0.0
    found = [m for r in cut if (m := _margin(r)) is not None and m < limit]
    return share(f"corner cut off: found at {FALSE_ALARMS:.0%} false alarms", len(found), len(cut))


def _margin(row: Row) -> float | None:
    """The smallest margin; None where there is none, or the corners are inside and one is hidden."""
    finding = row.get("findings", {}).get("corners_visible", {})
    raw: float | None = None if finding.get("reason") == "corner_covered" else finding.get("raw")
    return raw


def _reason(row: Row, check: str) -> str | None:
    finding = row.get("findings", {}).get(check, {})
    reason: str | None = finding.get("reason") if finding.get("outcome") in ("fail", "unsure") else None
    return reason


def _is_cut(row: Row) -> bool:
    return _reason(row, "corners_visible") == "corner_cut_off"


def _is_hidden(row: Row) -> bool:
    return _reason(row, "corners_visible") == "corner_covered"


def _names_hidden(row: Row) -> bool:
    labels = row.get("findings", {}).get("corners_visible", {}).get("labels", ())
    named = {label.removesuffix(": hidden") for label in labels if label.endswith(": hidden")}
    return named == {CORNERS[i] for i in row.get("hidden_corners", ())}


def _has_others(row: Row) -> bool:
    return _reason(row, "one_document") is not None


def _is_empty(row: Row) -> bool:
    return not row.get("found", False)


def _sentence(item: Item, row: Row) -> str:
    return f"{row['kind']}, {item.get('template')}, seed {item.get('seed')}: IoU {row['iou']:.3f}"

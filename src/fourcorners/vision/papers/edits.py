"""Signs that a paper was changed after it was issued: in the file's history, in what lies over what, in its fonts."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from fourcorners.vision.papers.edit import Edit
from fourcorners.vision.papers.line import Box, PaperLine
from fourcorners.vision.papers.objects import PageObject, objects_of
from fourcorners.vision.papers.paper import Paper
from fourcorners.vision.papers.pdf import revisions_of
from fourcorners.vision.papers.set_again import find_set_again

__all__ = ["Edit", "find_edits"]

COVERED_MIN = 0.6
"""Share of a text's box under a later patch or picture from which it is hidden."""

PATCH_MAX = 0.3
SCAN_MIN = 0.8
"""Shares of the page: a patch is smaller, a scan of the page larger."""

PRINTER_NAME = re.compile(r"(?:CIDFont\+)?[A-Z]{0,3}\d[\d_]*")

INK_MIN = 60
"""Grey levels between paper and ink."""

DAYS_LATER_MAX = 7
"""A bill may bear a date a few days after its file was made, not more."""

SURE_MIN = 0.75
"""A date that is read with less confidence shows nothing."""

CONTENT = re.compile(rb"/(?:Contents|Type\s*/Page\b|FlateDecode|Subtype\s*/(?:FreeText|Stamp|Image|Form))")
"""What an update of a PDF holds that changes a page: not only forms' values, signatures or an empty table."""


def find_edits(paper: Paper, editors: Sequence[str]) -> tuple[Edit, ...]:
    """All signs in a paper. `editors` are names of programs, in lower case."""
    signs = list(_programs(paper, editors))
    if paper.pdf is not None:
        signs += _history(paper)
        objects = objects_of(paper)
        signs += _layers(paper, objects)
        signs += find_set_again(paper, objects)
    if paper.has_text:
        signs += _fonts(paper)
    return tuple(signs)


def _programs(paper: Paper, editors: Sequence[str]) -> Iterator[Edit]:
    for key, value in sorted(paper.metadata.items()):
        if key in ("FileName", "Title", "Subject", "Keywords", "Author"):
            continue
        found = next((name for name in editors if name in value.casefold()), None)
        if found:
            yield Edit("editor", f"{key}: {value}")


def _history(paper: Paper) -> Iterator[Edit]:
    """Later versions of the file that change a page, and a date on the page that lies after the file was written."""
    assert paper.pdf is not None  # noqa: S101 - the caller looked
    data = paper.pdf.data
    ends = revisions_of(data)
    changed = [start for start, end in pairwise(ends) if CONTENT.search(data, start, end)]
    if changed:
        yield Edit("changed_later", f"saved again after {len(changed)} version(s), with changed pages")
    issued = paper.reading.issue_date
    written = max(
        filter(None, (_day(paper.metadata.get(key, "")) for key in ("CreationDate", "ModDate"))), default=None
    )
    if issued is not None and issued.confidence >= SURE_MIN and written is not None:
        days = (date.fromisoformat(issued.value) - written).days
        if days > DAYS_LATER_MAX:
            yield Edit("dated_later", f"issued {issued.value}, file written {written}", issued.box, issued.page)


def _layers(paper: Paper, objects: Sequence[PageObject]) -> Iterator[Edit]:
    """On the first page: text hidden under a patch or picture, a picture over text, text set over a scan."""
    width, height = paper.pages[0].size
    whole = width * height
    for i, over in enumerate(objects):
        if over.kind == "text" or _area(over.box) > PATCH_MAX * whole:
            continue
        under = [o for o in objects[:i] if o.kind == "text" and o.text.strip() and _covered(o.box, over.box)]
        later = [o for o in objects[i + 1 :] if o.kind == "text"]
        # A clipped patch covers less than its bounds say: text that the page shows, and nothing later wrote, is there.
        hidden = [
            o
            for o in under
            if over.kind == "picture" or any(_overlap(o.box, n.box) for n in later) or not _has_ink(paper, o.box)
        ]
        if hidden:
            kind = "covered_text" if over.kind == "patch" else "pasted_picture"
            yield Edit(kind, " ".join(o.text for o in hidden)[:120], over.box)
    scans = [i for i, o in enumerate(objects) if o.kind == "picture" and _area(o.box) > SCAN_MIN * whole]
    if scans:
        texts = [o for o in objects[scans[0] + 1 :] if o.kind == "text" and o.text.strip()]
        for text in texts[:8]:
            yield Edit("text_over_scan", text.text[:80], text.box)


def _fonts(paper: Paper) -> Iterator[Edit]:
    """A line of the holder's block, or the date, in a family that stands nowhere else on the paper."""
    reading = paper.reading
    own = [line for f in (reading.name, reading.address) if f for line in f.lines]
    dated = list(reading.issue_date.lines) if reading.issue_date else []
    further = [list(f.lines) for f in reading.further.values()]
    for group in (own, dated, *further):
        for line in group:
            others = [o for o in paper.lines if not _same_place(o, line)]
            family = _family(line.font)
            if not family or len(others) < 5 or any(_family(o.font) == family for o in others):
                continue
            mates = [m for m in group if m is not line]
            if group is own and mates and all(_family(m.font) == family for m in mates):
                continue  # a whole address block may have a font of its own: it is printed by another program
            yield Edit("odd_font", f"{line.font}: {line.text[:60]}", line.box, line.page)


def _covered(under: Box, over: Box) -> bool:
    return _overlap(under, over) > COVERED_MIN * _area(under)


def _overlap(a: Box, b: Box) -> float:
    """Area that two boxes share, in square pixels."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)


def _has_ink(paper: Paper, box: Box) -> bool:
    """Does the page show anything within a box?"""
    left, top, right, bottom = (max(0, round(v)) for v in box)
    seen = paper.drawn[top : bottom + 1, left : right + 1]
    return seen.size > 0 and float(np.ptp(seen)) > INK_MIN


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _same_place(a: PaperLine, b: PaperLine) -> bool:
    return a.page == b.page and abs(a.middle - b.middle) < 2 and a.box[0] - 2 <= b.box[0] and b.box[2] <= a.box[2] + 2


def _family(font: str) -> str:
    """ "Roboto-Bold" and "Roboto,Italic" are one family; names that a printer gave ("CIDFont+F2", "T1_0") tell none."""
    if PRINTER_NAME.fullmatch(font):
        return ""
    return re.split(r"[-,]", re.sub(r"(MT|PS|Std|Pro)\b", "", font))[0].casefold()


def _day(stamp: str) -> date | None:
    """The day of a PDF date, `D:20260131...`."""
    found = re.match(r"D:(\d{4})(\d{2})(\d{2})", stamp)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None

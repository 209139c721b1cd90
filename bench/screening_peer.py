"""What one would write without an index: every name of the list compared with RapidFuzz, on a sample, extrapolated."""

import time
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from fourcorners.kit.stats import wilson_interval
from fourcorners.screening import Entry, LoadedList, Subject, screen

__all__ = ["compare"]

SAMPLE = 60
CUTOFF = 85.0
"""A usual threshold of `token_sort_ratio`; nothing was tuned for it."""


def compare(entries: Sequence[Entry], asked: Sequence[tuple[Subject, str]], loaded: LoadedList, each_s: float) -> None:
    """Scan for some of those who are listed; print seconds a name beside ours (`each_s`), and recall of both."""
    sample = list(asked)[:: max(1, len(asked) // SAMPLE)][:SAMPLE]
    names = [utils.default_process(name.text) for entry in entries for name in entry.names]
    owners = [entry.id for entry in entries for _ in entry.names]
    start, right, hits = time.process_time(), 0, 0
    for subject, true in sample:
        text = utils.default_process(subject.names[0])
        scores = process.cdist([text], names, scorer=fuzz.token_sort_ratio, score_cutoff=CUTOFF, workers=1)[0]
        found = {owners[n] for n in scores.nonzero()[0]}
        right, hits = right + (true in found), hits + len(found)
    spent = (time.process_time() - start) / len(sample)
    ours = screen([loaded], [subject for subject, _ in sample])
    mine = sum(true in {h.entry.id for h in s.hits} for s, (_, true) in zip(ours, sample, strict=True))
    mine_hits = sum(len(s.hits) + s.more for s in ours)
    print(
        f"RapidFuzz token_sort_ratio >= {CUTOFF:.0f} over all names, {len(sample)} of the listed: {spent:.2f} s of one "
        f"processor a name, {spent / each_s:.0f} times ours (extrapolated: {spent * 100_000 / 3600:.0f} h for 100,000)"
    )
    for who, found_right, count in (("RapidFuzz", right, hits), ("fourcorners", mine, mine_hits)):
        low, high = (100 * end for end in wilson_interval(found_right, len(sample)))
        print(f"  {who}: {found_right} of {len(sample)} found ({low:.0f} to {high:.0f} %), {count:,} hits in all")

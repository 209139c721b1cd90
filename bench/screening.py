"""Screen 100,000 people and companies against a list of 1,000,000 entries: seconds, memory, recall, precision.

The people come from two halves of a table of names; the threshold was chosen on the tuning half, everything printed of
the test half was measured with it. `python -m bench.screening`
"""

import argparse
import gc
import os
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

import bench.screening_names as names
from fourcorners.kit.stats import wilson_interval
from fourcorners.screening import Entry, Kind, ListedName, LoadedList, Strength, Subject, screen, threshold

ENTRIES, SUBJECTS, TRUE_SHARE, COMPANIES = 1_000_000, 100_000, 0.2, 0.15
PORTION = 25_000
VARIANTS: dict[str, Callable[[random.Random, names.Made], str | None]] = {
    "order": names.order,
    "diacritics": names.diacritics,
    "transliteration": names.rewritten,
    "one typo": names.typed,
    "two words mistyped": lambda rng, made: names.typed(rng, made, 2),
    "middle name or form": names.omitted,
    "as listed": lambda rng, made: " ".join(made.latin),
}
ASKED = ("order", "diacritics", "transliteration", "one typo")
"""The kinds that the bar of 98 % is for."""
THRESHOLDS = [0.76 + 0.01 * step for step in range(18)]


@dataclass(frozen=True)
class Case:
    """Somebody to screen; `true` is the entry that they are ("" for none), `variant` how their name was changed."""

    subject: Subject
    true: str
    variant: str


def main() -> None:
    """Make, load, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--tune", action="store_true", help="print recall and precision by threshold, tuning half only")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    rng = random.Random(8)  # noqa: S311 - nothing here is secret
    half = "tuning" if options.tune else "test"
    made = [(h, one(rng, h)) for h in names.HALVES for _ in range(options.entries // 2)]
    entries = [listed(rng, number, thing) for number, (_, thing) in enumerate(made)]
    mine = [(f"e{number}", thing) for number, (h, thing) in enumerate(made) if h == half]
    cases = list(asked(rng, half, mine, options.subjects))
    gc.collect()
    gc.freeze()
    before, start = memory(), time.perf_counter()
    loaded = LoadedList.of("bench", "1", entries)
    print(
        f"list of {len(entries):,} entries, {sum(len(e.names) for e in entries):,} names: loaded and indexed in "
        f"{time.perf_counter() - start:.0f} s by one process, {memory() - before:.0f} MB"
    )
    gc.freeze()
    least = min(THRESHOLDS) if options.tune else threshold()
    found, seconds, worked = run(loaded, cases, options.processes, least)
    print(
        f"{len(cases):,} subjects: {seconds:.1f} s by {options.processes} processes on {os.cpu_count()} cores, "
        f"{worked:.1f} s of processor time; {sum(map(len, found)):,} hits from {least:.2f} on"
    )
    for limit in THRESHOLDS if options.tune else [least]:
        tell(limit, cases, found, {entry.id for entry in entries if entry.birth_dates}, every=not options.tune)
    if not options.no_peer:
        from bench.screening_peer import compare

        listed_ones = [(case.subject, case.true) for case in cases if case.variant in ASKED]
        compare(entries, listed_ones, loaded, worked / len(cases))


def one(rng: random.Random, half: str) -> names.Made:
    """A person or a company."""
    return names.company(rng, half) if rng.random() < COMPANIES else names.person(rng, half)


def listed(rng: random.Random, number: int, made: names.Made) -> Entry:
    """An entry: not all tell a birth date, some only the year; some have the name in its own script as an alias."""
    found = [ListedName(" ".join(made.latin))]
    if made.native != made.latin and rng.random() < 0.3:
        found.append(ListedName(" ".join(made.native), Strength.ALIAS))
    chance = rng.random()
    birth = () if made.birth is None or chance < 0.2 else (str(made.birth.year) if chance < 0.4 else str(made.birth),)
    countries = (made.locale[-2:].upper(),) if rng.random() < 0.7 else ()
    return Entry(f"e{number}", Kind.ENTITY if made.is_company else Kind.PERSON, tuple(found), birth, countries)


def asked(rng: random.Random, half: str, known: Sequence[tuple[str, names.Made]], count: int) -> Iterator[Case]:
    """Listed ones under changed names, each kind of change equally often, and others who are not listed."""
    wanted = int(count * TRUE_SHARE) // len(VARIANTS)
    for variant, change in VARIANTS.items():
        done = 0
        while done < wanted:
            entry, made = rng.choice(known)
            text = change(rng, made)
            if text is not None:
                yield Case(subject(rng, f"{entry} {variant}", made, text), entry, variant)
                done += 1
    for number in range(count - wanted * len(VARIANTS)):
        made = one(rng, half)
        yield Case(subject(rng, f"other {number}", made, " ".join(made.latin)), "", "")


def subject(rng: random.Random, number: str, made: names.Made, text: str) -> Subject:
    """Who is screened: one birth date in twenty has day and month exchanged, one in twenty a wrong day."""
    kind = Kind.ENTITY if made.is_company else Kind.PERSON
    birth, chance = made.birth, rng.random()
    if birth is not None and chance < 0.05 and birth.day <= 12:
        birth = date(birth.year, birth.day, birth.month)
    elif birth is not None and chance < 0.1:
        birth = birth.replace(day=1 + birth.day % 28)
    return Subject(number, kind, (text,), birth, (made.locale[-2:].upper(),))


_shared: list[tuple[LoadedList, list[Case], float]] = []


def run(
    loaded: LoadedList, cases: list[Case], processes: int, least: float
) -> tuple[list[list[tuple[str, float]]], float, float]:
    """For each case its hits (entry and score); the seconds it took, and processor seconds."""
    _shared[:] = [(loaded, cases, least)]
    portions = range(0, len(cases), PORTION)
    start = time.perf_counter()
    with get_context("fork").Pool(processes) as pool:
        parts = pool.map(portion, portions, chunksize=1)
    seconds = time.perf_counter() - start
    return [hits for part, _ in parts for hits in part], seconds, sum(worked for _, worked in parts)


def portion(start: int) -> tuple[list[list[tuple[str, float]]], float]:
    """Hits of some cases, explained as they are for everybody."""
    loaded, cases, least = _shared[0]
    begun = time.process_time()
    subjects = [case.subject for case in cases[start : start + PORTION]]
    hits = [[(h.entry.id, h.score) for h in found.hits] for found in screen([loaded], subjects, least)]
    return hits, time.process_time() - begun


def tell(
    limit: float, cases: Sequence[Case], found: Sequence[list[tuple[str, float]]], dated: set[str], *, every: bool
) -> None:
    """Recall by kind of change, and how many hits are true; `dated` entries tell a birth date."""
    right, total, wrong, alarmed = Counter[str](), Counter[str](), 0, 0
    hit_of, dated_right, dated_wrong = defaultdict(int), 0, 0
    for case, hits in zip(cases, found, strict=True):
        kept = {entry for entry, score in hits if score >= limit}
        if case.true:
            total[case.variant] += 1
            right[case.variant] += case.true in kept
        wrong += len(kept - {case.true})
        dated_right += case.true in kept & dated
        dated_wrong += len((kept & dated) - {case.true})
        hit_of["clean"] += not case.true
        alarmed += bool(kept) and not case.true
    if every:
        for variant in VARIANTS:
            print(f"  {variant:<22}{share(right[variant], total[variant])}")
    asked_right, asked_total = sum(right[v] for v in ASKED), sum(total[v] for v in ASKED)
    true = sum(right.values())
    print(
        f"threshold {limit:.2f}: recall {share(asked_right, asked_total)} over {', '.join(ASKED)}; precision of hits "
        f"{share(true, true + wrong)}; of those not listed {share(alarmed, hit_of['clean'])} have a hit"
    )
    if every:
        print(f"  precision where the list tells a birth date: {share(dated_right, dated_right + dated_wrong)}")


def share(part: int, whole: int) -> str:
    """A proportion with its interval."""
    low, high = wilson_interval(part, whole)
    return f"{100 * part / max(1, whole):.2f} % ({100 * low:.2f} to {100 * high:.2f}, n = {whole:,})"


def memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

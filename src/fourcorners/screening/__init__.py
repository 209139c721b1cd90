"""Screening: people and entities against lists that the operator supplies; explained, decided by a person, kept."""

from fourcorners.screening.matching import Hit, LoadedList, Outcome, Screening, screen, threshold
from fourcorners.screening.model import Entry, Kind, ListedName, Strength, Subject

__all__ = [
    "Entry",
    "Hit",
    "Kind",
    "ListedName",
    "LoadedList",
    "Outcome",
    "Screening",
    "Strength",
    "Subject",
    "screen",
    "threshold",
]

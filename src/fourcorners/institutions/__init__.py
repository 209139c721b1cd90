"""Institutions as applicants: their kinds and papers, their owners with proof, screening, risk. No database, no web."""

from .adviser import QUESTIONS, Answers, Proposal, propose
from .application import Application, Paper, Party
from .errors import ApplicationIncomplete, KindNotAllowed, TransitionNotAllowed
from .fields import field_problem
from .kinds import Kind, LocalPaper, Needs, kinds, local_papers, named_countries, needs, text_of
from .missing import SECTIONS, Item, SectionState, check_complete, missing, section_states
from .rules import TRANSITIONS, Action, Badge, State, badge, can, check_kind, kind_problems, next_state

__all__ = [
    "QUESTIONS",
    "SECTIONS",
    "TRANSITIONS",
    "Action",
    "Answers",
    "Application",
    "ApplicationIncomplete",
    "Badge",
    "Item",
    "Kind",
    "KindNotAllowed",
    "LocalPaper",
    "Needs",
    "Paper",
    "Party",
    "Proposal",
    "SectionState",
    "State",
    "TransitionNotAllowed",
    "badge",
    "can",
    "check_complete",
    "check_kind",
    "field_problem",
    "kind_problems",
    "kinds",
    "local_papers",
    "missing",
    "named_countries",
    "needs",
    "next_state",
    "propose",
    "section_states",
    "text_of",
]

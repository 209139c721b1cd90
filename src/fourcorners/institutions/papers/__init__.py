"""Institutions' papers: recognised, read, and compared with what was entered.

reading = read_paper("extract.pdf", country="DE")
findings = check_paper(reading, PaperClaims(legal_name="Nordlicht GmbH"), "registration", day=date(2026, 11, 1))

Pure: no database, no web, no clock. A bad file never raises; what could not be assessed says why and never passes.
"""

from .catalogue import PaperReason, effect_of, paper_reasons, paper_words, reviewer_words, worst_effect
from .check import as_held, check_paper, describe_kind
from .claims import Holder, PaperClaims, claims_of
from .errors import PaperKindUnknown
from .kinds import FORMS, KINDS
from .limits import PaperRules, limits_version, rules_of
from .marks import Signature
from .people import Listed
from .reading import FIELDS, Reading, read_paper

__all__ = [
    "FIELDS",
    "FORMS",
    "KINDS",
    "Holder",
    "Listed",
    "PaperClaims",
    "PaperKindUnknown",
    "PaperReason",
    "PaperRules",
    "Reading",
    "Signature",
    "as_held",
    "check_paper",
    "claims_of",
    "describe_kind",
    "effect_of",
    "limits_version",
    "paper_reasons",
    "paper_words",
    "read_paper",
    "reviewer_words",
    "rules_of",
    "worst_effect",
]

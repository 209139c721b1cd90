"""Whether two sources say the same: one answer for names, dates, numbers, states and sexes, wherever they come from."""

from .companies import companies_agree, split_form
from .dates import dates_agree
from .fields import COMPARED, fields_agree
from .model import Agreement, Outcome
from .names import names_agree
from .numbers import numbers_agree
from .sexes import sexes_agree
from .states import states_agree

__all__ = [
    "COMPARED",
    "Agreement",
    "Outcome",
    "companies_agree",
    "dates_agree",
    "fields_agree",
    "names_agree",
    "numbers_agree",
    "sexes_agree",
    "split_form",
    "states_agree",
]

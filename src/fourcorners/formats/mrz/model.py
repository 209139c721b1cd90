"""A machine-readable zone that was read."""

from dataclasses import dataclass

from fourcorners.formats.states import find_state

from .check_digits import CheckDigit
from .dates import MrzDate
from .layouts import MrzFormat

__all__ = ["Mrz"]

EXPECTED_CODES = {
    MrzFormat.TD1: "ACI",
    MrzFormat.TD2: "ACI",
    MrzFormat.TD3: "P",
    MrzFormat.MRVA: "V",
    MrzFormat.MRVB: "V",
    MrzFormat.FRID: "I",
    MrzFormat.EUDL1: "D",
}


@dataclass(frozen=True, slots=True)
class Mrz:
    """What the lines say; text without fillers, "" for what the format does not print.

    Names hold spaces between words. `issuing_state` and `nationality` are as printed (`D`, not DEU). `sex` is "M",
    "F", "X" (unspecified) or None (not printed, or no such letter). `names_truncated`: the field is full, so part of
    the name may be missing. `document_number` is whole, also where it runs on in the optional data.
    """

    format: MrzFormat
    lines: tuple[str, ...]
    document_code: str
    issuing_state: str
    nationality: str
    family_name: str
    given_names: str
    names_truncated: bool
    document_number: str
    birth_date: MrzDate | None
    expiry_date: MrzDate | None
    issue_date: MrzDate | None
    sex: str | None
    personal_number: str
    optional_data: str
    optional_data_2: str
    checks: tuple[CheckDigit, ...]

    @property
    def check_digits_agree(self) -> bool:
        """Whether every check digit is right."""
        return all(check.agrees for check in self.checks)

    @property
    def problems(self) -> tuple[str, ...]:
        """What else is odd about the lines, as stable codes; right check digits say nothing about these."""
        found = [
            ("document_code_unexpected", self.document_code[:1] not in EXPECTED_CODES[self.format]),
            ("issuing_state_unknown", find_state(self.issuing_state) is None),
            ("nationality_unknown", bool(self.nationality) and find_state(self.nationality) is None),
            ("name_missing", not self.family_name and self.format is not MrzFormat.EUDL1),
            ("name_has_digits", any(c.isdigit() for c in self.family_name + self.given_names)),
            ("document_number_missing", not self.document_number and self.format is not MrzFormat.EUDL1),
            ("birth_date_impossible", _impossible(self.birth_date)),
            ("expiry_date_impossible", _impossible(self.expiry_date)),
            ("issue_date_impossible", _impossible(self.issue_date)),
            ("sex_unknown", self.sex is None and self.format is not MrzFormat.EUDL1),
        ]
        return tuple(code for code, holds in found if holds)


def _impossible(value: MrzDate | None) -> bool:
    return value is not None and not value.unlimited and not value.is_empty and not value.is_possible

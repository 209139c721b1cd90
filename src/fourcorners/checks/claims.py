"""What the applicant says about themselves: strict JSON, every field optional."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, ClassVar

from fourcorners.kit.errors import Refusal

__all__ = ["Claims", "ClaimsRefused", "parse_claims"]

SIZE_MAX_BYTES = 64 * 1024
VALUE_MAX_LETTERS = 200
DATES = ("birth_date", "expiry_date", "issue_date")
SEXES = ("F", "M", "X")


class ClaimsRefused(Refusal):
    """The claims are not the JSON object that we ask for; `field` names the key, where it is one."""

    code = "claims_invalid"
    retryable: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Claims:
    """What was typed in. Dates are YYYY-MM-DD, sex is M, F or X, states are ICAO or ISO codes or English names."""

    family_name: str | None = None
    given_names: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    nationality: str | None = None
    document_kind: str | None = None
    document_number: str | None = None
    issuing_state: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None
    personal_number: str | None = None
    address: str | None = None

    @property
    def given(self) -> Mapping[str, str]:
        """The fields that were claimed, in a fixed order."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def parse_claims(source: str | bytes | Mapping[str, Any]) -> Claims:
    """Claims from JSON text or from a mapping. `null` means not claimed.

    Raises ClaimsRefused for text that is no JSON object, for an unknown or repeated key, for a value that is no string,
    is empty or too long or holds control characters, for a date that is no date, for a sex other than M, F, X.
    """
    table = source if isinstance(source, Mapping) else _object(source)
    known = [f.name for f in fields(Claims)]
    for key in table:
        if key not in known:
            raise ClaimsRefused(
                f"There is no claim called {_short(key)}. There are: {', '.join(known)}.", field=_short(key)
            )
    return Claims(**{key: _value(key, value) for key, value in table.items() if value is not None})


def _object(source: str | bytes) -> Mapping[str, Any]:
    if len(source) > SIZE_MAX_BYTES:
        raise ClaimsRefused(f"The claims are longer than {SIZE_MAX_BYTES} bytes.")
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        table = json.loads(text, object_pairs_hook=_once)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise ClaimsRefused(f"The claims are not JSON: {problem}.") from problem
    if not isinstance(table, Mapping):
        raise ClaimsRefused("The claims must be one JSON object.")
    return table


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        key = next(k for i, (k, _) in enumerate(pairs) if k in dict(pairs[:i]))
        raise ClaimsRefused(f"The claim {_short(key)} is there twice.", field=_short(key))
    return table


def _value(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ClaimsRefused(f"The claim {key} must be a string.", field=key)
    text = unicodedata.normalize("NFC", value).strip()
    if not text or len(text) > VALUE_MAX_LETTERS:
        raise ClaimsRefused(f"The claim {key} must have 1 to {VALUE_MAX_LETTERS} letters.", field=key)
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c != "\n" for c in text):
        raise ClaimsRefused(f"The claim {key} holds characters that are no text.", field=key)
    if key in DATES:
        _check_date(key, text)
    if key == "sex" and text not in SEXES:
        raise ClaimsRefused("The claim sex must be M, F or X.", field=key)
    return text


def _check_date(key: str, text: str) -> None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ClaimsRefused(f"The claim {key} must be a date written YYYY-MM-DD.", field=key)
    try:
        date.fromisoformat(text)
    except ValueError as problem:
        raise ClaimsRefused(f"The claim {key} is no date that exists.", field=key) from problem


def _short(key: object) -> str:
    return str(key)[:60]

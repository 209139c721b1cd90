"""Fields to the bytes of a PDF417 on the back of a card (AAMVA DL/ID Card Design Standard, annex D)."""

from datetime import date

from fourcorners.formats.mrz.errors import MrzError
from fourcorners.formats.mrz.transliteration import transliterate

from .errors import AamvaFieldError

__all__ = ["write"]

HEADER = "@\n\x1e\rANSI "  # compliance indicator, data element, record and segment separators, file type
SEXES = {"M": "1", "F": "2", "X": "9"}
LENGTHS = {"DCS": 40, "DAC": 40, "DAD": 40, "DCT": 80, "DAA": 125, "DAG": 35, "DAI": 20, "DAJ": 2, "DAQ": 25}
NEWEST_VERSION = 10
FIRST_WITH_TWO_NAME_ELEMENTS = 2  # family name and given names apart
FIRST_WITH_MIDDLE_NAMES = 4  # first and middle names apart, each with a flag that says whether it was cut


def write(
    *,
    issuer: str,
    version: int = NEWEST_VERSION,
    document_type: str = "DL",
    family_name: str,
    given_names: str,
    document_number: str,
    birth_date: date,
    expiry_date: date,
    issue_date: date,
    sex: str | None,
    street: str,
    city: str,
    state: str,
    postcode: str,
    country: str = "USA",
) -> bytes:
    """The bytes of one subfile of type "DL" or "ID" as version 1 (2000) to 10 (2020) of the standard wants them.

    `issuer` is any six digits. Elements that the card asks for and the caller does not give (vehicle class, eyes,
    height, document discriminator) are filled with fixed or derived values. Letters beyond A-Z are transliterated.
    Raises AamvaFieldError for what cannot be written.
    """
    if not (len(issuer) == 6 and issuer.isascii() and issuer.isdigit()):
        raise AamvaFieldError("The issuer is six digits.", field="issuer")
    if not 1 <= version <= NEWEST_VERSION:
        raise AamvaFieldError(f"Versions 1 to {NEWEST_VERSION} can be written.", field="version")
    if document_type not in ("DL", "ID"):
        raise AamvaFieldError('The document type is "DL" or "ID".', field="document_type")
    if country not in ("USA", "CAN"):
        raise AamvaFieldError('The country is "USA" or "CAN".', field="country")
    year_first = country == "CAN" or version == 1
    elements = {
        "DAQ": document_number.upper(),
        **_names(family_name, given_names, version),
        **_privileges(version),
        "DBD": _date(issue_date, year_first),
        "DBB": _date(birth_date, year_first),
        "DBA": _date(expiry_date, year_first),
        "DBC": SEXES.get(sex or "X", "9"),
        "DAU": "509" if version == 1 else "175 cm" if country == "CAN" else "069 in",
        "DAY": "BRO",
        "DAG": _plain(street),
        "DAI": _plain(city),
        "DAJ": _plain(state),
        "DAK": _postcode(postcode, country),
    }
    if version > 1:
        elements |= {"DCF": f"{issuer}{issue_date:%Y%m%d}{birth_date:%y%j}", "DCG": country}
    if not elements["DAQ"]:
        raise AamvaFieldError("A document number is needed.", field="document_number")
    return _payload(issuer, version, document_type, elements)


def _payload(issuer: str, version: int, document_type: str, elements: dict[str, str]) -> bytes:
    for name, value in elements.items():
        if not value.isascii() or not value.replace(" ", "x").isprintable():
            raise AamvaFieldError(f"{name} holds characters that the barcode cannot carry.", field=name)
        if len(value) > LENGTHS.get(name, len(value)):
            raise AamvaFieldError(f"{name} is longer than {LENGTHS[name]} characters.", field=name)
    subfile = document_type + "\n".join(name + value for name, value in elements.items()) + "\n\r"
    jurisdiction_version = "00" if version > 1 else ""
    head = f"{HEADER}{issuer}{version:02}{jurisdiction_version}01"
    offset = len(head) + 10  # the one subfile designator that follows: type, offset and length
    return f"{head}{document_type}{offset:04}{len(subfile):04}{subfile}".encode("ascii")


def _names(family_name: str, given_names: str, version: int) -> dict[str, str]:
    family, given = _plain(family_name), _plain(given_names)
    if not family:
        raise AamvaFieldError("A family name is needed.", field="family_name")
    first, _, middle = given.partition(" ")
    if version < FIRST_WITH_TWO_NAME_ELEMENTS:
        return {"DAA": ",".join(part for part in (family, first, middle) if part)[: LENGTHS["DAA"]]}
    if version < FIRST_WITH_MIDDLE_NAMES:
        return {"DCS": family[: LENGTHS["DCS"]], "DCT": (given or "NONE")[: LENGTHS["DCT"]]}
    parts = {"DCS": (family, "DDE"), "DAC": (first or "NONE", "DDF"), "DAD": (middle or "NONE", "DDG")}
    written = {}
    for element, (name, flag) in parts.items():
        written[element] = name[: LENGTHS[element]].rstrip()
        written[flag] = "T" if len(name) > LENGTHS[element] else "N"
    return written


def _privileges(version: int) -> dict[str, str]:
    if version == 1:
        return {"DAR": "C", "DAS": "", "DAT": ""}
    return {"DCA": "C", "DCB": "NONE", "DCD": "NONE"}


def _date(value: date, year_first: bool) -> str:
    return f"{value.year:04}{value.month:02}{value.day:02}" if year_first else f"{value:%m%d}{value.year:04}"


def _postcode(postcode: str, country: str) -> str:
    compact = "".join(character for character in postcode.upper() if character.isalnum() and character.isascii())
    return (compact.ljust(9, "0") if country == "USA" else compact).ljust(11)


def _plain(text: str) -> str:
    try:
        words = ("".join(c if c.isascii() else transliterate(c) for c in word) for word in text.split())
        return " ".join(words).upper()
    except MrzError as error:
        raise AamvaFieldError(f"{text!r} cannot be written in A-Z.") from error

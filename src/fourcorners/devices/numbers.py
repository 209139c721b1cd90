"""Telephone numbers as people type them, in their one international form (ITU-T E.164), by libphonenumber's tables."""

import phonenumbers

from fourcorners.devices.errors import NumberUnusable

__all__ = ["NUMBER_LENGTH_MAX", "hidden", "read_number"]

NUMBER_LENGTH_MAX = 40
ENDS_SHOWN = 3


def read_number(typed: str) -> str:
    """`+4930123456` from what was typed, with its country code. Raises NumberUnusable.

    Numbers that cost the caller, such as premium-rate and shared-cost ones, are not taken.
    """
    try:
        number = phonenumbers.parse(typed[:NUMBER_LENGTH_MAX], None)
    except phonenumbers.NumberParseException as error:
        raise NumberUnusable("Write the number with its country code, such as +49 30 123456.") from error
    if not phonenumbers.is_valid_number(number):
        raise NumberUnusable("There is no such telephone number.")
    if phonenumbers.number_type(number) not in _REACHED:
        raise NumberUnusable("We call ordinary numbers only.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def hidden(number: str) -> str:
    """The number so that its owner knows it and nobody else learns it: country code and the last digits."""
    country = phonenumbers.parse(number, None).country_code
    return f"+{country} ••• {number[-ENDS_SHOWN:]}"


_KINDS = phonenumbers.PhoneNumberType
_REACHED = (_KINDS.FIXED_LINE, _KINDS.MOBILE, _KINDS.FIXED_LINE_OR_MOBILE, _KINDS.VOIP, _KINDS.PERSONAL_NUMBER)

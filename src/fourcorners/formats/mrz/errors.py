"""Why a text is refused as a machine-readable zone."""

from fourcorners.kit.errors import Refusal

__all__ = ["MrzCharacterError", "MrzError", "MrzFieldError", "MrzLengthError"]


class MrzError(Refusal):
    """Base: the text is no machine-readable zone, or none can be written from these fields."""

    code = "mrz_refused"


class MrzLengthError(MrzError):
    """The number of lines or their lengths are those of no format."""

    code = "mrz_wrong_length"


class MrzCharacterError(MrzError):
    """A character other than A-Z, 0-9 and `<`."""

    code = "mrz_wrong_character"


class MrzFieldError(MrzError):
    """A field that cannot be written: too long, or in characters that Doc 9303 does not transliterate."""

    code = "mrz_unwritable_field"

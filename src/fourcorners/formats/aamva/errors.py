"""Why a text is refused as the data of a driver's licence or identification card."""

from fourcorners.kit.errors import Refusal

__all__ = ["AamvaError", "AamvaFieldError", "AamvaLengthError", "AamvaUnreadableError"]


class AamvaError(Refusal):
    """Base: the text is no AAMVA data, or none can be written from these fields."""

    code = "aamva_refused"


class AamvaLengthError(AamvaError):
    """More text than a barcode can hold."""

    code = "aamva_too_long"


class AamvaUnreadableError(AamvaError):
    """Not a single data element could be found."""

    code = "aamva_no_elements"


class AamvaFieldError(AamvaError):
    """A field that cannot be written."""

    code = "aamva_unwritable_field"

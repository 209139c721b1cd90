"""The text of a card's barcode to its fields: whatever can be read is read, what is wrong is reported."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from types import MappingProxyType

from .envelope import open_envelope
from .errors import AamvaLengthError, AamvaUnreadableError
from .fields import read_fields, truncated_fields
from .magstripe import read_magstripe
from .model import Aamva, Problem, find_issuer
from .spelled import with_control_characters

__all__ = ["parse"]

MAX_LENGTH = 16 * 1024
"""Characters; a PDF417 holds 2,710 at most (ISO/IEC 15438), a text may hold more than one."""


def parse(text: str | bytes) -> Aamva:
    """Read a payload of any version, damaged or not; bytes are UTF-8 or else ISO 8859-1.

    Raises AamvaLengthError for more than 16 KiB and AamvaUnreadableError if no data element is found. Everything else
    that is wrong stands in `Aamva.problems`.
    """
    if len(text) > MAX_LENGTH:
        raise AamvaLengthError("The text is longer than any barcode's.", length=len(text))
    if isinstance(text, bytes | bytearray | memoryview):
        text = _decoded(bytes(text))
    envelope = read_magstripe(text) or open_envelope(with_control_characters(text))
    if envelope.is_empty:
        raise AamvaUnreadableError("No AAMVA data element was found in the text.")
    issuer = find_issuer(envelope.issuer)
    fields, problems = read_fields(envelope.elements, issuer)
    if envelope.issuer and issuer is None:
        problems.append(Problem("issuer_unknown", envelope.issuer))
    return Aamva(
        version=envelope.version,
        issuer=envelope.issuer,
        jurisdiction=issuer.jurisdiction if issuer else None,
        document_type=envelope.document_type,
        fields=MappingProxyType(fields),
        elements=MappingProxyType(envelope.elements),
        truncated=truncated_fields(envelope.elements),
        problems=(*envelope.problems, *problems),
    )


def _decoded(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("iso-8859-1")

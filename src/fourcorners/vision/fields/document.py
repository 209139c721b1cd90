"""Every source of a document's fields, brought together."""

from typing import TYPE_CHECKING

from fourcorners.vision.fields.reading import DocumentReading, ReadField, ordered

if TYPE_CHECKING:
    from fourcorners.vision.document import DocumentFrame

__all__ = ["read_document"]


def read_document(frame: "DocumentFrame") -> DocumentReading:
    """Kind, country and fields of one side of a document."""
    found = list(_from_mrz(frame))
    state = next((f.value for f in found if f.name == "issuing_state"), None)
    return DocumentReading(country=state, fields=ordered(found))


def _from_mrz(frame: "DocumentFrame") -> tuple[ReadField, ...]:
    if frame.mrz is None or frame.mrz.mrz is None:
        return ()
    mrz = frame.mrz.mrz
    confidence = 1.0 if frame.mrz.sure else 0.5
    names = ("document_number", "family_name", "given_names", "sex", "nationality", "issuing_state", "personal_number")
    values = {name: getattr(mrz, name) for name in names}
    for name in ("birth_date", "expiry_date"):
        date = getattr(mrz, name)
        values[name] = date.value.isoformat() if date is not None and date.value else None
    quads = frame.mrz.field_quads
    return tuple(ReadField(n, str(v), "mrz", confidence, quads.get(n)) for n, v in values.items() if v)

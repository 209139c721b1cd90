"""What a document says: its kind, its country, and each field with every source that gives it."""

from fourcorners.vision.fields.document import read_document
from fourcorners.vision.fields.reading import DocumentReading, ForeignLine, ReadField, merge

__all__ = ["DocumentReading", "ForeignLine", "ReadField", "merge", "read_document"]

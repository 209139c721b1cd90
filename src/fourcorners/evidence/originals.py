"""Papers of institutions: originals as PDF, JPEG or PNG below 20 MB, of many pages (INS10)."""

from dataclasses import replace
from pathlib import PurePath

from fourcorners.evidence.rules import pages_max, size_max_bytes, types_of
from fourcorners.vision.decode import decode
from fourcorners.vision.decode.refusals import FileEmpty, FileTooLarge, FileTypeMismatch, FileTypeUnsupported
from fourcorners.vision.decode.signatures import suffix_types, type_of
from fourcorners.vision.papers.pdf import INSTITUTION, open_pdf

__all__ = ["MEDIA_TYPES", "check_institution_file"]

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
    "PDF": "application/pdf",
}


def check_institution_file(item: str, data: bytes, name: str = "") -> str:
    """The media type of a file that can stand for `item`. Its whole content is opened, nothing is read.

    Raises the refusals of `vision.decode` and `vision.papers`.
    """
    limit = size_max_bytes(item)
    if not data:
        raise FileEmpty("The file is empty.")
    if len(data) > limit:
        raise FileTooLarge("The file has 20 MB or more.", size_bytes=len(data), limit_bytes=limit)
    kind = type_of(data)
    if kind is None or MEDIA_TYPES.get(kind) not in types_of(item):
        raise FileTypeUnsupported("The file is no PDF, JPEG or PNG.", type=kind or "unknown")
    expected = suffix_types(PurePath(name).suffix[1:])
    if expected and kind not in expected:
        raise FileTypeMismatch(f"The file is called {' or '.join(sorted(expected))} but is {kind}.", type=kind)
    if kind == "PDF":
        open_pdf(data, replace(INSTITUTION, pages_max=pages_max()))
    else:
        decode(data, name=name or None, bytes_max=limit)
    return MEDIA_TYPES[kind]

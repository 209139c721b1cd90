"""Files that are chosen on a page: opened before anything is kept, and refused in the reader's words."""

from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from fourcorners.evidence.rules import size_max_bytes
from fourcorners.kit.errors import Refusal
from fourcorners.web.institutions.whose import AREA_NAME
from fourcorners.web.telling import refusal_words
from fourcorners.web.uploads import accept_file

__all__ = ["Opened", "open_files"]

NAME_LETTERS_MAX = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be kept."""

    data: bytes
    name: str
    media_type: str


def open_files(request: Request, given: list[object], item: str) -> tuple[list[Opened], str]:
    """Every file that was chosen, and what is wrong with the last one that cannot be taken ("" if nothing is)."""
    opened, wrong = [], ""
    for file in given:
        if not isinstance(file, UploadFile) or not file.filename:
            continue
        data, name = file.file.read(size_max_bytes(item) + 1), file.filename[:NAME_LETTERS_MAX]
        try:
            opened.append(Opened(data, name, accept_file(request, item, data, name)))
        except Refusal as refusal:
            wrong = f"{name}: {refusal_words(request, refusal, area=AREA_NAME)}"
    return opened, wrong

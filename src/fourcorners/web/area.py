"""An area of the site: the routes of one feature with the words, templates and files that they need."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter

__all__ = ["HOUSE", "Area"]


@dataclass(frozen=True)
class Area:
    """`name` prefixes its templates, messages and files; `folder` may hold `templates/`, `messages/`, `static/`."""

    name: str
    folder: Path
    router: APIRouter | None = None


HOUSE = Area("house", Path(__file__).parent)

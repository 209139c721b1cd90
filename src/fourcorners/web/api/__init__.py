"""The JSON API under /v1, and the pages that developers have for it."""

from pathlib import Path

from fastapi import APIRouter

from fourcorners.web.api import (
    applicants,
    cases,
    files,
    hits,
    hooks,
    institution_content,
    institution_papers,
    institution_reviews,
    institution_rights,
    institutions,
    pages,
    rights,
    tables,
)
from fourcorners.web.area import Area

__all__ = ["AREA"]

_routes = APIRouter()
_institutions = (institutions, institution_content, institution_papers, institution_reviews, institution_rights)
for _part in (applicants, files, cases, rights, *_institutions, hits, hooks, tables, pages):
    _routes.include_router(_part.router)

AREA = Area("api", Path(__file__).parent, _routes)

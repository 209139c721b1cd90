"""The front door: to the demonstration, or to signing in."""

from starlette.requests import Request
from starlette.responses import Response

from fourcorners.infra import Floor
from fourcorners.web.forms import page_router
from fourcorners.web.pages import go

__all__ = ["router"]

router = page_router("")


@router.get("/")
def front(request: Request) -> Response:
    """Where somebody goes who typed the address alone."""
    floor: Floor = request.app.state.floor
    return go("/demo" if floor.settings.mode == "demo" else "/sign-in")

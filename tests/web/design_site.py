"""A site with one area of its own: every component on three pages, and routes that fail in every way."""

from pathlib import Path

from fastapi import APIRouter, Request, WebSocket

from fourcorners.web import Area
from fourcorners.web.forms import Form, page_router, text_of
from fourcorners.web.pages import go, show

FOLDER = Path(__file__).parent / "design"
SECRET = bytes(range(32))


def design_area() -> Area:
    pages = page_router()

    @pages.get("/design/{frame}")
    def design(request: Request, frame: str):
        return show(request, f"design/{frame}.html.j2", errors={}, signed_in=None)

    @pages.post("/design/{frame}")
    def send(request: Request, frame: str, form: Form):
        errors = {} if text_of(form, "email") else {"email": "<b>Nothing</b> was written here."}
        if errors:
            return show(request, f"design/{frame}.html.j2", status=422, errors=errors, signed_in=None)
        return go("/design/applicant")

    @pages.get("/broken")
    def broken():
        raise RuntimeError("Anna Eriksson, born 1974-08-12")

    api = APIRouter(prefix="/v1")

    @api.post("/echo")
    async def echo(request: Request):
        return {"bytes": len(await request.body())}

    @api.get("/broken")
    def broken_api():
        raise RuntimeError("Anna Eriksson, born 1974-08-12")

    @api.get("/number/{number}")
    def number(number: int):
        return {"number": number}

    @api.websocket("/socket")
    async def socket(socket: WebSocket):
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    both = APIRouter()
    both.include_router(pages)
    both.include_router(api)
    return Area("design", FOLDER, both)

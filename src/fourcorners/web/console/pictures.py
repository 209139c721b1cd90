"""Pictures of a case: opened from under their seal, turned and made smaller, behind links that soon run out."""

import hmac
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import cv2
import numpy as np
from fastapi import Request, Response

from fourcorners.clearance.permissions import sees_personal_data
from fourcorners.evidence.queries import get_upload, read_upload
from fourcorners.vision.decode import decode
from fourcorners.vision.papers.pdf import INSTITUTION, draw_page, open_pdf
from fourcorners.web.console.desk import Seer, floor_of
from fourcorners.web.errors import PageMissing
from fourcorners.web.forms import page_router
from fourcorners.web.site import Site

__all__ = ["LINK_S", "picture_link", "router"]

router = page_router("/console/pictures")
LINK_S = 15 * 60
SIDE_MAX_PX = 2400
JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class _Asked:
    """One view of an upload: how often it is turned counter-clockwise, until when the link holds, which page of a PDF.

    `page` counts from 0.
    """

    upload: str
    turns: int
    until: int
    page: int = 0

    def seal(self, site: Site, account: str) -> str:
        """Only the person whom the page was shown to can use the link."""
        return site.seal("picture", f"{self.upload} {self.turns} {self.until} {self.page} {account}")


def picture_link(site: Site, upload_id: str, account: str, now: float, turns: int = 0, page: int = 0) -> str:
    """The address of a picture for one person, good for a quarter of an hour. `now` in seconds since 1970."""
    asked = _Asked(upload_id, turns, int(now) + LINK_S, page)
    query = urlencode({"turns": turns, "until": asked.until, "page": page, "seal": asked.seal(site, account)})
    return f"/console/pictures/{upload_id}?{query}"


@router.get("/{upload}")
def picture(
    request: Request, who: Seer, upload: str, turns: int = 0, until: int = 0, page: int = 0, seal: str = ""
) -> Response:
    """A JPEG, kept by nobody. Raises PageMissing for a link that ran out, was changed, or was made for another."""
    site: Site = request.app.state.site
    asked = _Asked(upload, turns, until, page)
    floor = floor_of(request)
    with floor.database.read() as db:
        good = hmac.compare_digest(asked.seal(site, who.id).encode(), seal.encode()) and db.now.timestamp() <= until
        if not good or not sees_personal_data(who.actor):
            raise PageMissing("This picture's link has run out. Please load the case again.")
        kept = get_upload(db, upload)
        data = read_upload(db, floor.blobs, kept)
    is_pdf = kept.media_type == "application/pdf"
    pixels = _page(data, page) if is_pdf else decode(data, bytes_max=INSTITUTION.picture_bytes_max).pixels
    return Response(_jpeg(np.rot90(pixels, turns % 4)), media_type="image/jpeg", headers={"cache-control": "no-store"})


def _page(data: bytes, page: int) -> np.ndarray:
    if page not in range(INSTITUTION.pages_max):
        raise PageMissing("The paper has no such page.")
    file = open_pdf(data, replace(INSTITUTION, first=page + 1, last=0))
    if page >= file.pages:
        raise PageMissing("The paper has no such page.")
    return draw_page(file, page)


def _jpeg(pixels: np.ndarray) -> bytes:
    scale = min(1.0, SIDE_MAX_PX / max(pixels.shape[:2]))
    small = pixels if scale == 1 else cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    bgr = cv2.cvtColor(np.ascontiguousarray(small, dtype=np.uint8), cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes())

"""Everything that is kept about somebody, handed out as one file."""

from starlette.responses import Response

__all__ = ["ZIP", "archive_answer"]

ZIP = "application/zip"


def archive_answer(archive: bytes, owner_id: str) -> Response:
    """A ZIP file to be saved, called after the person or institution that it is about."""
    headers = {"content-disposition": f'attachment; filename="{owner_id}.zip"'}
    return Response(archive, media_type=ZIP, headers=headers)

"""What to tell somebody who is about to take the photo: frame by frame, fast enough for a live preview."""

from fourcorners.guidance.document import look_at_document
from fourcorners.guidance.face import look_at_face
from fourcorners.guidance.look import HINTS, Look

__all__ = ["HINTS", "Look", "look_at_document", "look_at_face"]

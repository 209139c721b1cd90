"""What to tell somebody who is about to take the photo: frame by frame, fast enough for a live preview."""

from fourcorners.guidance.document import look_at_document
from fourcorners.guidance.face import look_at_face
from fourcorners.guidance.live_session import LiveSession
from fourcorners.guidance.look import HINTS, Look
from fourcorners.guidance.prompt import Phase, Prompt

__all__ = ["HINTS", "LiveSession", "Look", "Phase", "Prompt", "look_at_document", "look_at_face"]

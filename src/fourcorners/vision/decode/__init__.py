"""From a file to a picture, or to a clear refusal: nothing that a stranger sends gets past this with a surprise."""

from fourcorners.vision.decode.decode import decode
from fourcorners.vision.decode.refusals import PictureRefused

__all__ = ["PictureRefused", "decode"]

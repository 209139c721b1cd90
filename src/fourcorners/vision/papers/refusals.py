"""Why a file is not taken as a proof of address. What a picture is refused for stands in vision.decode.refusals."""

from fourcorners.vision.decode.refusals import PictureRefused

__all__ = ["PageTooLarge", "PdfAttachment", "PdfEmpty", "PdfEncrypted", "PdfScripted", "PdfTooLong"]


class PdfEncrypted(PictureRefused):
    """The PDF is locked with a password."""

    code = "pdf_encrypted"


class PdfScripted(PictureRefused):
    """The PDF runs, sends or fetches something; `names` says what."""

    code = "pdf_scripted"


class PdfAttachment(PictureRefused):
    """The PDF carries other files."""

    code = "pdf_attachment"


class PdfEmpty(PictureRefused):
    """The PDF has no page, or nothing is on its pages."""

    code = "pdf_empty"


class PdfTooLong(PictureRefused):
    """The PDF has more pages than `limit_pages`."""

    code = "pdf_too_long"


class PageTooLarge(PictureRefused):
    """A page is larger than any paper."""

    code = "page_too_large"

"""Why a file is not taken as a proof of address. What a picture is refused for stands in vision.decode.refusals."""

from fourcorners.kit.errors import Refusal

__all__ = ["PageTooLarge", "PaperRefused", "PdfAttachment", "PdfEmpty", "PdfEncrypted", "PdfScripted", "PdfTooLong"]


class PaperRefused(Refusal):
    """Base of every refusal of a PDF; another file from the same person may do."""

    code = "paper_refused"
    retryable = True


class PdfEncrypted(PaperRefused):
    """The PDF is locked with a password."""

    code = "pdf_encrypted"


class PdfScripted(PaperRefused):
    """The PDF runs, sends or fetches something; `names` says what."""

    code = "pdf_scripted"


class PdfAttachment(PaperRefused):
    """The PDF carries other files."""

    code = "pdf_attachment"


class PdfEmpty(PaperRefused):
    """The PDF has no page, or nothing is on its pages."""

    code = "pdf_empty"


class PdfTooLong(PaperRefused):
    """The PDF has more pages than `limit_pages`."""

    code = "pdf_too_long"


class PageTooLarge(PaperRefused):
    """A page is larger than any paper."""

    code = "page_too_large"

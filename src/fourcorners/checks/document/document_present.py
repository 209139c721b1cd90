"""There is a document in the picture: edges of a page with something on it, or unmistakable contents."""

from fourcorners.checks.finding import Fact, Finding, judge, quad
from fourcorners.checks.limits import Limits
from fourcorners.vision.document import DocumentFrame

__all__ = ["NAME", "REASONS", "VERSION", "check"]

NAME = "document_present"
VERSION = 1
REASONS = ("no_document",)


def check(frame: DocumentFrame, limits: Limits) -> Finding:
    """Adds up weights (data) of what speaks for a document; neither an empty sheet nor a face alone is enough."""
    weight = limits["weights"]
    signs = {
        "outline": weight["outline"] * (frame.outline.confidence if frame.outline else 0.0),
        "machine-readable zone": weight["mrz"] * (frame.mrz is not None),
        "barcode": weight["barcode"] * bool(frame.barcodes),
        "portrait": weight["portrait"] * (frame.portrait is not None),
        "printed lines": weight["text"] * min(1.0, len(frame.text) / limits["text_lines_full"]),
    }
    seen = Fact("signs of a document", tuple((name, f"{value:.2f}") for name, value in signs.items()))
    where = [] if frame.quad is None else [quad(frame.quad, "document")]
    return judge(NAME, VERSION, sum(signs.values()), limits.scale(), REASONS[0], [*where, seen])

"""Papers written line by line, for tests."""

import io

from reportlab.pdfgen.canvas import Canvas

STEP, LEFT, COLUMN = 20, 60, 170


def written(*lines: str) -> bytes:
    """A PDF with these lines: one that begins with "# " in large letters, "|" between columns."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for row, line in enumerate(lines):
        canvas.setFont("Helvetica", 18 if line.startswith("# ") else 10)
        for column, text in enumerate(line.removeprefix("# ").split("|")):
            canvas.drawString(LEFT + COLUMN * column, 780 - STEP * row, text)
    canvas.save()
    return out.getvalue().replace(b"D:20000101", b"D:20261020")  # the day on which the file was written


CERTIFICATE = (
    "# CERTIFICATE OF INCORPORATION",
    "OF A PRIVATE LIMITED COMPANY",
    "Company Number 04712358",
    "The Registrar of Companies for England and Wales hereby certifies that",
    "NORTHMOOR TRADING LIMITED",
    "is this day incorporated under the Companies Act 2006 as a private company.",
    "Registered office: 12 Mill Lane, Leeds, LS6 3QT",
    "Given at Companies House, Cardiff, on 5th May 2015",
)

REGISTER = (
    "# Register of members",
    "Northmoor Trading Limited",
    "Company number: 04712358",
    "",
    "Name|Number of shares|Percentage",
    "Jane Whitcombe|600|60 %",
    "Albion Holdings plc|400|40 %",
    "Total|1000|100 %",
    "",
    "Date: 3 October 2026",
    "Signature: ____________",
)

CHART = (
    "# Ownership chart",
    "Jane Whitcombe|Albion Holdings plc",
    "60 %|40 %",
    "",
    "Northmoor Trading Limited",
    "Dated 3 October 2026",
)

LETTER = (
    "# AUTHORISATION LETTER",
    "To whom it may concern",
    "We, Northmoor Trading Limited, a company registered in England with number 04712358,",
    "having its registered office at 12 Mill Lane, Leeds, LS6 3QT, hereby authorise",
    "Mr Owen Pritchard, born on 3 March 1980, to open and operate the account on behalf of",
    "the company.",
    "Leeds, 5 October 2026",
    "Signature",
)

RESOLUTION = (
    "# Resolution of the Board of Directors",
    "of Northmoor Trading Limited",
    "At a meeting held on 2 October 2026 it was resolved that Owen Pritchard be and is hereby",
    "authorised to open and operate accounts.",
    "All directors were present and voted in favour.",
    "There being no further business the meeting was closed.",
    "Signed",
    "Director",
)

"""POA4: PDF files that are locked, scripted, empty, too long or broken off are refused, each with its code."""

import io
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from fourcorners.kit.errors import Refusal
from fourcorners.specimens.papers import draw_paper
from fourcorners.vision.papers import KINDS, open_paper
from fourcorners.vision.papers.pdf import open_pdf, revisions_of

BILL = draw_paper("water_bill", seed=3, country="GB", layout="labelled").pdf


def written(pages: int = 1, size: tuple[float, float] = (595, 842), said: str = "A bill", **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for _ in range(pages):
        if said:
            canvas.drawString(50, 50, said)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def attached(name: str) -> bytes:
    document = pypdfium2.PdfDocument(BILL)
    document.new_attachment(name).set_data(b"<Invoice/>")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_catalogue(entry: bytes) -> bytes:
    assert b"/Type /Catalog" in BILL
    return BILL.replace(b"/Type /Catalog", entry + b" /Type /Catalog")


REFUSED = {
    "pdf_encrypted": lambda: written(encrypt=StandardEncryption("secret", ownerPassword="owner")),
    "pdf_scripted": lambda: with_catalogue(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    "pdf_attachment": lambda: attached("macro.xlsm"),
    "pdf_empty": lambda: written(said=""),
    "pdf_too_long": lambda: written(pages=31),
    "page_too_large": lambda: written(size=(6000, 6000)),
    "file_truncated": lambda: BILL[: len(BILL) // 2],
    "file_empty": lambda: b"",
    "file_type_unsupported": lambda: b"PK\x03\x04" + bytes(60),
}


@pytest.mark.parametrize("code", REFUSED)
def test_poa4_a_bad_file_is_refused_with_its_code(code: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_paper(REFUSED[code]())
    assert refused.value.code == code


def test_a_name_written_with_escapes_is_seen() -> None:
    with pytest.raises(Refusal) as refused:
        open_paper(with_catalogue(b"/OpenAction << /S /J#61vaScript /JS (x) >>"))
    assert refused.value.code == "pdf_scripted"


def test_the_data_of_an_electronic_invoice_is_welcome() -> None:
    assert open_paper(attached("factur-x.xml")).format == "PDF"


def test_a_missing_file_and_a_wrong_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_paper(tmp_path / "none.pdf")
    assert refused.value.code == "file_missing"
    with pytest.raises(Refusal) as refused:
        open_paper(BILL, name="bill.jpg")
    assert refused.value.code == "file_type_mismatch"


def test_several_pages_are_counted_and_the_first_ones_read() -> None:
    file = open_pdf(written(pages=5))
    assert (file.pages, len(file.lines)) == (5, 3)
    assert file.lines[0][0].text == "A bill"


def test_lines_stand_where_they_were_drawn() -> None:
    (line,) = open_pdf(written(said="Hello there")).lines[0]
    left, _, _, bottom = line.box
    assert left == pytest.approx(100, abs=3)
    assert bottom == pytest.approx(2 * (842 - 50), abs=8)
    assert line.font.startswith("Helvetica")


def test_a_file_saved_once_has_one_version() -> None:
    assert len(revisions_of(BILL)) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BILL) - 1), st.binary(min_size=1, max_size=40))
def test_damaged_bytes_are_read_or_refused(at: int, noise: bytes) -> None:
    with suppress(Refusal):
        assert open_paper(BILL[:at] + noise + BILL[at + len(noise) :]).reading.kind.name in KINDS

"""Drawn documents say what their truth says, and the same seed draws the same document."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from fourcorners.formats import aamva, mrz
from fourcorners.specimens import Document, DocumentKind, Side, SpecimenError, draw
from fourcorners.specimens.designs import designs_of
from fourcorners.specimens.model import SIZE_MM

DESIGNS = [design.name for kind in DocumentKind for design in designs_of(kind)]


def drawn(design: str, **changes: object) -> Document:
    kind = next(kind for kind in DocumentKind if design in [one.name for one in designs_of(kind)])
    return draw(kind, seed=5, design=design, **changes)


def sides(document: Document) -> list[Side]:
    return [side for side in (document.front, document.back) if side is not None]


@pytest.mark.parametrize("design", DESIGNS)
def test_a_document_has_its_size_and_its_print_within(design: str) -> None:
    document = drawn(design)
    width_mm, height_mm = SIZE_MM[document.kind]
    for side in sides(document):
        assert side.size == (round(width_mm / 25.4 * 300), round(height_mm / 25.4 * 300))
        assert side.alpha[0, 0] == 0
        assert side.alpha[side.size[1] // 2, side.size[0] // 2] == 255
        for name, quad in side.regions.items():
            assert (quad >= 0).all(), name
            assert (quad <= np.array(side.size)).all(), name


@pytest.mark.parametrize("design", DESIGNS)
def test_printed_fields_do_not_overlap(design: str) -> None:
    for side in sides(drawn(design)):
        boxes = {name: side.regions[name] for name in side.printed}
        for one, a in boxes.items():
            for other, b in boxes.items():
                if one < other:
                    apart = (a[0] >= b[2]).any() or (b[0] >= a[2]).any()
                    assert apart, f"{one} and {other}"


def test_the_same_seed_draws_the_same_bytes_and_another_seed_others() -> None:
    def digest(seed: int) -> str:
        document = draw("id_card", seed=seed, portrait=3)
        return sha256(b"".join(side.pixels.tobytes() + side.alpha.tobytes() for side in sides(document))).hexdigest()

    assert digest(1) == digest(1)
    assert digest(1) != digest(2)


@pytest.mark.parametrize(
    ("kind", "form"),
    [("id_card", mrz.MrzFormat.TD1), ("id_card_td2", mrz.MrzFormat.TD2), ("passport", mrz.MrzFormat.TD3)],
)
def test_the_mrz_says_what_is_printed(kind: str, form: mrz.MrzFormat) -> None:
    document = draw(kind, seed=9, family_name="Sørensen", birth_date=date(1980, 2, 29), sex="F")
    side = next(side for side in sides(document) if side.mrz)
    read = mrz.parse(side.mrz)
    assert read.format is form
    assert read.check_digits_agree
    assert (read.family_name, read.sex) == ("SOERENSEN", "F")
    assert read.document_number == document.front.fields["document_number"]
    assert document.front.fields["birth_date"] == "1980-02-29"
    assert {"mrz", "mrz_1"} <= set(side.regions)


@pytest.mark.parametrize("design", [design.name for design in designs_of(DocumentKind.DRIVING_LICENCE)])
def test_the_barcode_of_a_clean_back_decodes_to_the_truth(design: str) -> None:
    back = drawn(design).back
    assert back is not None
    decoded = zxingcpp.read_barcodes(back.pixels, formats=zxingcpp.BarcodeFormat.PDF417)
    assert [barcode.bytes for barcode in decoded] == [back.barcode]
    read = aamva.parse(back.barcode)
    assert read.fields["document_number"] == back.fields["document_number"]


def test_a_portrait_file_is_printed(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "face.png"
    Image.new("RGB", (300, 400), (250, 10, 10)).save(path)
    front = draw("passport", seed=1, design="meridian", portrait=path).front
    x, y = front.regions["portrait"].mean(axis=0).astype(int)
    assert front.pixels[y, x].tolist() == pytest.approx([250, 10, 10], abs=8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "library_card"},
        {"design": "no such design"},
        {"design": "harbour", "kind": "passport"},
        {"shoe_size": 42},
        {"birth_date": "1980-01-01"},
        {"portrait": Path("/no/such/file.png")},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SpecimenError):
        draw(**{"kind": "id_card", "seed": 1, **wrong})


def test_a_font_file_may_set_the_mrz() -> None:
    from importlib.resources import files

    font = Path(str(files("font_roboto") / "files" / "Roboto-Regular.ttf"))
    ours, theirs = (draw("passport", seed=1, mrz_font=choice).front for choice in (None, font))
    assert theirs.mrz == ours.mrz
    assert not np.array_equal(theirs.pixels, ours.pixels)
    assert np.array_equal(theirs.pixels[:500], ours.pixels[:500])

"""Drawn documents say what their truth says, and the same seed draws the same document."""

from datetime import date
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from fourcorners.formats import aamva, mrz
from fourcorners.specimens import Document, DocumentKind, Side, SpecimenError, draw
from fourcorners.specimens.designs import design_named, designs_of
from fourcorners.specimens.model import SIZE_MM

DESIGNS = [design.name for design in designs_of(None, None)]
COARSE_DPI = 120


def drawn(design: str, **changes: object) -> Document:
    return draw(design_named(design).kind, seed=5, design=design, **changes)


@cache
def coarse(design: str) -> Document:
    return drawn(design, dpi=COARSE_DPI)


def sides(document: Document) -> list[Side]:
    return [side for side in (document.front, document.back) if side is not None]


@pytest.mark.parametrize("design", DESIGNS)
def test_print_lies_within_the_document_and_fields_apart(design: str) -> None:
    document = coarse(design)
    width_mm, height_mm = SIZE_MM[document.kind]
    for side in sides(document):
        assert side.size == (round(width_mm / 25.4 * COARSE_DPI), round(height_mm / 25.4 * COARSE_DPI))
        assert side.alpha[0, 0] == 0
        assert side.alpha[side.size[1] // 2, side.size[0] // 2] == 255
        for name, quad in side.regions.items():
            assert (quad >= 0).all(), name
            assert (quad <= np.array(side.size)).all(), name
        shown = [name for name in (*side.printed, "portrait", "mrz", "barcode") if name in side.regions]
        for one, other in combinations(shown, 2):
            a, b = side.regions[one], side.regions[other]
            assert (a[0] >= b[2]).any() or (b[0] >= a[2]).any(), f"{one} and {other}"


def test_templates_are_many_and_their_nations_are_split() -> None:
    """At least 60; no country's look is seen in two splits."""
    templates = designs_of(None, None)
    assert len(templates) >= 60
    assert len({template.name for template in templates}) == len(templates)
    nations: dict[str, set[str]] = {}
    for template in templates:
        if template.split != "demo":
            nations.setdefault(template.split, set()).add(template.name.split("_")[0])
    assert set(nations) == {"train", "tuning", "evaluation"}
    assert not nations["train"] & nations["tuning"]
    assert not (nations["train"] | nations["tuning"]) & nations["evaluation"]
    assert {template.kind for template in templates if template.split == "evaluation"} == set(DocumentKind)


@pytest.mark.parametrize("split", ["demo", "train", "tuning", "evaluation"])
def test_a_seed_draws_a_template_of_the_split_asked_for(split: str) -> None:
    for seed in range(3):
        assert design_named(draw("passport", seed=seed, split=split, dpi=COARSE_DPI).design).split == split


@pytest.mark.parametrize("design", [name for name in DESIGNS if design_named(name).mrz != ""])
def test_every_zone_reads_as_its_own_format(design: str) -> None:
    for side in sides(coarse(design)):
        if side.mrz:
            read = mrz.parse(side.mrz)
            assert read.check_digits_agree
            assert design_named(design).mrz in (None, read.format)


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

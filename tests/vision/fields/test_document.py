from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest
from printed_lines import column, line

from fourcorners.formats.mrz import parse
from fourcorners.specimens import DocumentKind, capture, draw
from fourcorners.vision.barcodes import Barcode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading, ReadField, merge, read_document
from fourcorners.vision.fields.century import settle_century
from fourcorners.vision.fields.labels import find_labels
from fourcorners.vision.mrz import MrzReading
from fourcorners.vision.page import rectify
from fourcorners.vision.picture import Picture

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TODAY = date(2026, 6, 1)


@dataclass
class Frame:
    """What `read_document` asks a frame for."""

    text: tuple = ()
    mrz: object = None
    barcodes: tuple = ()
    today: date = TODAY
    outline: object = None
    page: object = field(default_factory=lambda: whole(np.zeros((800, 1200, 3), np.uint8)))

    @property
    def labels(self):
        return tuple(find_labels(line.text) for line in self.text)


def whole(pixels):
    h, w = pixels.shape[:2]
    return rectify(pixels, np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5)


def zone(lines=TD3, sure=True, agree=True):
    strip = np.array([[0, 700], [880, 700], [880, 730], [0, 730]], dtype=np.float64)
    quads = {"name": strip, "document_number": strip}
    return MrzReading(parse(lines), "TD3", tuple(lines), agree, sure, (0.99, 0.99), (strip, strip), 0, (), quads)


def by_source(reading, name):
    return {entry.source: entry.value for entry in reading.fields.get(name, ())}


def test_the_mrz_gives_fields_in_the_form_of_the_contract():
    reading = read_document(Frame(mrz=zone()))
    assert {name: entry.value for name, entry in reading.best.items()} == {
        "document_number": "L898902C3",
        "family_name": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "birth_date": "1974-08-12",
        "expiry_date": "2012-04-15",
        "sex": "F",
        "nationality": "UTO",
        "issuing_state": "UTO",
        "personal_number": "ZE184226B",
    }
    assert (reading.kind, reading.country) == ("passport", "UTO")
    family, given = reading.best["family_name"].quad, reading.best["given_names"].quad
    assert family[1, 0] < given[0, 0] < given[1, 0] < 880


def test_print_and_mrz_stand_side_by_side():
    lines = [*column("Surname", "ERIKSSON"), *column("Date of birth", "12 AUG/AOÛT 74", y=300)]
    reading = read_document(Frame(text=tuple(lines), mrz=zone()))
    assert by_source(reading, "family_name") == {"mrz": "ERIKSSON", "print": "ERIKSSON"}
    assert by_source(reading, "birth_date") == {"mrz": "1974-08-12", "print": "1974-08-12"}
    assert reading.best["birth_date"].source == "mrz"


def test_a_forged_name_shows_beside_the_mrz():
    reading = read_document(Frame(text=tuple(column("Surname", "SCHMIDT")), mrz=zone()))
    assert by_source(reading, "family_name") == {"mrz": "ERIKSSON", "print": "SCHMIDT"}


def test_an_unsure_zone_is_worth_less_and_a_wild_one_nothing():
    unsure = read_document(Frame(mrz=zone(sure=False)))
    assert unsure.best["family_name"].confidence == 0.5
    scrambled = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C37UTO7408123F1204150ZE184226B<<<<<17")
    wild = read_document(Frame(mrz=replace(zone(scrambled, sure=False, agree=False), confidence=(0.2, 0.2))))
    assert wild == DocumentReading()


def test_a_licence_by_its_barcode():
    licence = draw(DocumentKind.DRIVING_LICENCE, seed=10_007)
    code = Barcode("PDF417", licence.back.barcode, "", np.zeros((4, 2)))
    reading = read_document(Frame(barcodes=(code,)))
    assert reading.kind == "driving_licence"
    assert by_source(reading, "birth_date") == {"barcode": licence.holder.birth_date.isoformat()}
    assert by_source(reading, "document_number") == {"barcode": licence.holder.document_number}


def test_another_barcode_is_no_licence():
    code = Barcode("QR Code", b"https://example.org/DAQ12", "", np.zeros((4, 2)))
    assert read_document(Frame(barcodes=(code,))) == DocumentReading()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["01.01.1911"], "1911-01-01"),
        (["01.01.2011"], "2011-01-01"),
        (["01.01.1911", "01.01.2011"], "2011-01-01"),
        (["01 JAN 11"], "2011-01-01"),
        ([], "2011-01-01"),
    ],
)
def test_print_settles_the_century_that_the_mrz_leaves_open(texts, expected):
    assert settle_century("2011-01-01", [line(text) for text in texts]) == expected


def test_both_sides_make_one_reading():
    front = DocumentReading("identity_card", ("x",), None, {"sex": (ReadField("sex", "F", "print", 0.9),)})
    back = DocumentReading("unknown", (), "UTO", {"sex": (ReadField("sex", "F", "mrz", 0.8),)})
    both = merge([front, back])
    assert (both.kind, both.country) == ("identity_card", "UTO")
    assert [entry.source for entry in both.fields["sex"]] == ["mrz", "print"]
    assert both.fields["sex"][1] is front.fields["sex"][0]  # the same object: its side can be told
    assert merge([]) == DocumentReading()


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_printed_fields_of_photographed_specimens(kind):
    shot = capture(draw(kind, seed=10_011), severity=0.3, seed=10_011)
    frame = DocumentFrame(Picture(shot.pixels, "PNG", 0, ""), TODAY)
    frame.__dict__.update(page=rectify(shot.pixels, shot.truth.corners), outline=None, mrz=None, barcodes=())
    reading = frame.reading
    names = {"id_card": "identity_card", "id_card_td2": "identity_card", "visa_a": "visa", "visa_b": "visa"}
    expected = names.get(kind, str(kind))
    assert reading.kind == expected
    asked = {"family_name", "birth_date", "document_number", "expiry_date"} & set(shot.truth.printed)
    for name in asked:
        (entry,) = reading.fields[name]
        assert entry.value.casefold() == shot.truth.fields[name].casefold()
        assert entry.confidence > 0.5
        drawn = shot.truth.regions[name]
        assert np.abs(entry.quad.mean(axis=0) - drawn.mean(axis=0)).max() < 0.06 * max(shot.truth.size)

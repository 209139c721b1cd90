import pytest
from printed_lines import line

from fourcorners.formats import aamva, mrz
from fourcorners.kit.data import load_toml
from fourcorners.vision.fields.countries import country_of, licence_country
from fourcorners.vision.fields.kinds import kind_of
from fourcorners.vision.fields.words import compact

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def kind(*texts, zone=None, barcode=None, aspect=None, numbered=0):
    lines = [line(text, y=100 + 40 * i) for i, text in enumerate(texts)]
    return kind_of(lines, None if zone is None else mrz.parse(zone), barcode, aspect, numbered)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["REISEPASS / PASSPORT / PASSEPORT"], "passport"),
        (["CESTOVNÍ PAS / PASSPORT"], "passport"),
        (["PERSONALAUSWEIS", "BUNDESREPUBLIK DEUTSCHLAND"], "identity_card"),
        (["REPUBLIC OF LATVIA IDENTITY CARD /CARTE D'IDENTITÉ"], "identity_card"),
        (["NATIONALITY", "DRIVER LICENSE"], "driving_licence"),
        (["PERMIS DE CONDUIRE", "RÉPUBLIQUE FRANÇAISE"], "driving_licence"),
        (["AUFENTHALTSTITEL", "RESIDENCE PERMIT"], "residence_permit"),
        (["EUROPEAN HEALTH INSURANCE CARD"], "health_card"),
        (["VISA", "4111 1111 1111 1111", "VALID THRU 12/29"], "bank_card"),
        (["Invoice", "Total", "IBAN XX00", "Amount due", "VAT"], "letter"),
        (["VISA", "Number of entries"], "visa"),
        (["ne pas plier", "UTOPIA"], "unknown"),
        (["ISSUED BY PASSPORT OFFICE"], "unknown"),
        ([], "unknown"),
    ],
)
def test_kinds_by_what_is_printed(texts, expected):
    assert kind(*texts).name == expected


def test_a_misread_title_still_counts():
    assert kind("PERSONALAUSWEI5").name == "identity_card"


def test_the_document_code_decides_and_says_so():
    found = kind("Passport", zone=TD3)
    assert found.name == "passport"
    assert found.evidence[0] == "document code P in the MRZ"
    assert 'printed "PASSPORT"' in found.evidence
    assert kind(zone=TD1).name == "identity_card"


def test_a_bare_i_gives_way_to_two_printed_titles():
    assert kind("AUFENTHALTSTITEL / RESIDENCE PERMIT", zone=TD1).name == "residence_permit"


def test_the_barcode_of_a_licence_and_of_a_card():
    text = "@\n\x1e\rANSI 990001100102{0}00410060{0}DAQ123456\nDCSSAMPLE\nDACMICHAEL\nDBB06061986\nDBA12102030\r"
    assert kind(barcode=aamva.parse(text.format("DL"))).name == "driving_licence"
    assert kind(barcode=aamva.parse(text.format("ID"))).name == "identity_card"


def test_shape_and_numbers_are_weak_evidence():
    assert kind(aspect=125 / 88).name == "unknown"
    assert kind("Passport", aspect=125 / 88).evidence == ('printed "PASSPORT"', "shape of ID-3")
    assert kind(numbered=7).name == "driving_licence"


def test_titles_of_kinds_are_unique():
    seen = {}
    for name, entry in load_toml("fourcorners.vision.fields", "kinds.toml").items():
        for title in entry["titles"]:
            assert seen.setdefault(compact(title), name) == name, title


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["BUNDESREPUBLIK DEUTSCHLAND"], "D"),
        (["REPUBLIC OF LATVIA IDENTITY CARD"], "LVA"),
        (["RÉPUBLIQUE FRANÇAISE"], "FRA"),
        (["ESPAÑA"], "ESP"),
        (["Anna Maria", "Main Street 12"], None),
        (["Surname"], None),
    ],
)
def test_countries_by_their_names(texts, expected):
    assert country_of([line(text, y=20 + 40 * i) for i, text in enumerate(texts)], 800) == expected


def test_a_state_named_far_down_is_a_nationality_or_a_birthplace():
    assert country_of([line("BRASIL", y=700)], 800) is None


def test_a_jurisdiction_of_north_america_names_its_country():
    assert licence_country([line("CALIFORNIA", y=20)]) == "USA"
    assert licence_country([line("UTOPIA", y=20)]) is None

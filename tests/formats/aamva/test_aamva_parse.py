import re
import time

import pytest

from fourcorners.formats import aamva

# The specimen of the standard's annex D: a fictional Virginian.
VERSION_10 = (
    "@\n\x1e\rANSI 636000100002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\n"
    "DCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\nDAU068 in\nDAYBRO\n"
    "DAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDCF2424244747474786102204\nDCGUSA\nDCK123456789\n"
    "DDAF\nDDB06062018\nDDC06062020\nDDD1\rZVZVA01\r"
)
CANADIAN = (
    "@\n\x1e\rANSI 636012030001DL00310000DLDCAG   \nDCBX         \nDCDNONE \nDBA20300901\nDCSEXEMPLE,      \n"
    "DCTANNE,M    \nDBD20250828\nDBB19600901\nDBC2\nDAG1 RUE PRINCIPALE,   \nDAIOTTAWA          \nDAJON\n"
    "DAKK1A0B1     \nDAQE0463-64356-00901\nDCGCAN\n\r"
)
FIRST = (
    "@\n\x1e\rAAMVA6360050101DL00290201DLDAQ102245737\nDAASAMPLE,DRIVER,CREDENTIAL,III\nDAG1500 PARK ST\n"
    "DAICOLUMBIA\nDAJSC\nDAK29201\nDBA20190928\nDBB19780928\nDBCM\nDBD20091026\n"
)


def codes(read: aamva.Aamva) -> set[str]:
    return {problem.code for problem in read.problems}


def test_the_specimen_of_the_standard_reads_without_a_problem() -> None:
    read = aamva.parse(VERSION_10)
    assert (read.version, read.issuer, read.jurisdiction, read.document_type) == (10, "636000", "VA", "DL")
    assert dict(read.fields) == {
        "family_name": "SAMPLE",
        "given_names": "MICHAEL JOHN",
        "name_suffix": "JR",
        "document_number": "T64235789",
        "birth_date": "1986-06-06",
        "expiry_date": "2024-12-10",
        "issue_date": "2019-06-06",
        "sex": "M",
        "issuing_state": "USA",
        "address": "2300 WEST BROAD STREET, RICHMOND, VA 23269",
    }
    assert read.elements["ZVA"] == "01"
    assert codes(read) <= {"subfile_offset_wrong", "subfile_length_wrong"}
    assert aamva.parse(VERSION_10.encode()) == read


def test_canada_prints_the_year_first_and_commas_in_names() -> None:
    fields = aamva.parse(CANADIAN).fields
    assert (fields["birth_date"], fields["expiry_date"]) == ("1960-09-01", "2030-09-01")
    assert (fields["family_name"], fields["given_names"]) == ("EXEMPLE", "ANNE M")
    assert fields["issuing_state"] == "CAN"
    assert fields["address"] == "1 RUE PRINCIPALE, OTTAWA, ON K1A 0B1"


def test_the_first_version_has_one_element_for_the_whole_name() -> None:
    read = aamva.parse(FIRST)
    assert read.version == 1
    assert read.fields["family_name"] == "SAMPLE"
    assert read.fields["given_names"] == "DRIVER CREDENTIAL"
    assert read.fields["name_suffix"] == "III"
    assert read.fields["birth_date"] == "1978-09-28"


@pytest.mark.parametrize(
    ("issuer", "printed", "family", "given", "assumed"),
    [
        ("636025", "JOHN CHESTER DOE JR", "DOE", "JOHN CHESTER", False),
        ("636005", "DOE JOHN CHESTER", "DOE", "JOHN CHESTER", True),
        ("636005", "DE LA CRUZ, MARIA, ANA", "DE LA CRUZ", "MARIA ANA", False),
        ("636005", "DOE$JOHN$CHESTER", "DOE", "JOHN CHESTER", False),
    ],
)
def test_whole_names_are_parted_by_the_habit_of_the_issuer(
    issuer: str, printed: str, family: str, given: str, assumed: bool
) -> None:
    read = aamva.parse(FIRST.replace("636005", issuer).replace("SAMPLE,DRIVER,CREDENTIAL,III", printed))
    assert (read.fields["family_name"], read.fields["given_names"]) == (family, given)
    assert ("name_order_assumed" in codes(read)) == assumed


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\x1e", ""),
        lambda text: text.replace("\x1e", "\x1c").replace("\r", "\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " "),
        lambda text: text.replace("\n", "\\n"),
        lambda text: text.replace("\n", "|"),
        lambda text: text.replace("\n", "").replace("\r", ""),
        lambda text: text.replace("\n", "\x1e"),
        lambda text: text[text.index("DLDAQ") + 2 :],
        lambda text: text.replace("DLDAQ", "DAQ"),
        lambda text: text.replace("ANSI 636000100002DL00410278ZV03190008", ""),
        lambda text: text.replace("DCS", "DÔCS").replace("ANSI", "ÔANSI"),
        lambda text: text.replace("\nDCU", "DCU"),
        lambda text: text + "&",
        lambda text: " " + text.replace("\n", "\n    "),
    ],
)
def test_damaged_separators_and_headers_cost_no_field(damage: object) -> None:
    whole = {k: v for k, v in aamva.parse(VERSION_10).fields.items() if k not in ("name_suffix", "issuing_state")}
    damaged = aamva.parse(damage(VERSION_10))
    assert {name: damaged.fields.get(name) for name in whole} == whole


def test_damage_is_reported() -> None:
    assert "header_damaged" in codes(aamva.parse(VERSION_10.replace("\x1e", "")))
    assert "header_missing" in codes(aamva.parse(VERSION_10.replace("ANSI", "")))
    assert "separators_damaged" in codes(aamva.parse(VERSION_10.replace("\n", " ")))
    assert "text_without_element" in codes(aamva.parse(VERSION_10 + "&"))
    assert "subfile_offset_wrong" in codes(aamva.parse(VERSION_10.replace("DL0041", "DL0042")))
    assert "subfile_length_wrong" in codes(aamva.parse(VERSION_10.replace("0278", "0200")))
    assert "date_unreadable" in codes(aamva.parse(VERSION_10.replace("06061986", "13321986")))
    assert "date_order_unusual" in codes(aamva.parse(VERSION_10.replace("06061986", "19862106")))
    assert "field_missing" in codes(aamva.parse(VERSION_10.replace("DCSSAMPLE", "DCS")))
    assert "country_contradicts_issuer" in codes(aamva.parse(VERSION_10.replace("DCGUSA", "DCGCAN")))


def test_an_issuer_that_nobody_assigned_is_a_problem_and_no_error() -> None:
    read = aamva.parse(VERSION_10.replace("636000", "999999"))
    assert (read.issuer, read.jurisdiction) == ("999999", None)
    assert "issuer_unknown" in codes(read)
    assert read.fields["family_name"] == "SAMPLE"


def test_what_stands_for_nothing_is_left_out() -> None:
    read = aamva.parse(VERSION_10.replace("DADJOHN", "DADNONE").replace("DBD06062019", "DBD00000000"))
    assert read.fields["given_names"] == "MICHAEL"
    assert "issue_date" not in read.fields
    assert read.elements["DAD"] == "NONE"
    assert not any(problem.element == "DBD" for problem in read.problems)


def test_the_card_says_which_names_it_cut() -> None:
    read = aamva.parse(VERSION_10.replace("DDEN", "DDET").replace("DDGN", "DDGT"))
    assert read.truncated == ("family_name", "given_names")


def test_newer_versions_than_ours_are_read() -> None:
    read = aamva.parse(VERSION_10.replace("636000100002", "636000140002"))
    assert read.version == 14
    assert read.fields["document_number"] == "T64235789"


def test_sexes_have_three_codes_and_letters() -> None:
    for printed, sex in {"1": "M", "2": "F", "9": "X", "M": "M", "F": "F", "X": "X", "7": None}.items():
        assert aamva.parse(VERSION_10.replace("DBC1", f"DBC{printed}")).fields.get("sex") == sex


def test_a_magnetic_stripe_is_read_from_its_tracks() -> None:
    stripe = (
        "%BCNORTH VANCOUVSPECIMEN,$ANNA B^12 SAMPLE LANE$NORTH VANCOUVER BC  V7S 2H7?;6360281234567=300419670401=?"
        "_%0AV7S2H7                     F171 64GRYBLU                          ?"
    )
    read = aamva.parse(stripe)
    assert (read.version, read.issuer, read.jurisdiction) == (None, "636028", "BC")
    assert dict(read.fields) == {
        "family_name": "SPECIMEN",
        "given_names": "ANNA B",
        "document_number": "1234567",
        "birth_date": "1967-04-01",
        "sex": "F",
        "issuing_state": "CAN",
        "address": "12 SAMPLE LANE, NORTH VANCOUVER, BC V7S 2H7",
    }
    assert ("date_unreadable", "DBA") in read.problems  # year and month only
    assert ("track_unreadable", "3") in aamva.parse(stripe.partition("_")[0]).problems


@pytest.mark.parametrize(
    "text", ["", b"", "hello", b"\0" * 1000, "@\n\x1e\rANSI 636000100002DL00410278", "D" * 9000, "\n" * 9000, "ZEBRA"]
)
def test_a_text_without_elements_is_refused(text: str | bytes) -> None:
    with pytest.raises(aamva.AamvaError) as refused:
        aamva.parse(text)
    assert refused.value.code == "aamva_no_elements"


@pytest.mark.parametrize("text", ["A" * 10_000_000, b"\x80" * 10_000_000])
def test_a_huge_text_is_refused_at_once(text: str | bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(aamva.AamvaError) as refused:
        aamva.parse(text)
    assert refused.value.code == "aamva_too_long"
    assert time.perf_counter() - started < 0.5


def test_letters_beyond_ascii_are_read_in_both_encodings() -> None:
    text = CANADIAN.replace("EXEMPLE", "LÉVÊQUE")
    assert aamva.parse(text.encode("utf-8")).fields["family_name"] == "LÉVÊQUE"
    assert aamva.parse(text.encode("iso-8859-1")).fields["family_name"] == "LÉVÊQUE"


def test_every_jurisdiction_has_one_number() -> None:
    numbers = [n for n in map(str, [*range(604400, 604500), *range(636000, 636100)]) if aamva.find_issuer(n)]
    issuers = [aamva.find_issuer(number) for number in numbers]
    assert len(numbers) == 57 + 13 + 2  # states, territories and the State Department; Canada; Mexico
    assert len({issuer.name for issuer in issuers if issuer}) == len(numbers)
    assert {issuer.country for issuer in issuers if issuer} == {"USA", "CAN", "MEX"}


DAMAGES = {
    "carriage returns and line feeds": lambda t: t.replace("\n", "\r\n"),
    "carriage returns": lambda t: t.replace("\n", "\r"),
    "spaces for all": lambda t: re.sub(r"[\x00-\x1f]", " ", t),
    "no separators": lambda t: re.sub(r"[\x00-\x1f]", "", t),
    "some separators lost": lambda t: re.sub(r"\n(?=D[BC])", "", t),
    "escapes": lambda t: t.replace("\n", r"\n").replace("\r", r"\r").replace("\x1e", r"\x1e"),
    "names": lambda t: t.replace("\n", "<LF>").replace("\r", "<CR>").replace("\x1e", "<RS>"),
    "carets": lambda t: t.replace("\n", "^J").replace("\r", "^M").replace("\x1e", "^^"),
    "entities": lambda t: t.replace("\n", "&#10;").replace("\r", "&#xD;").replace("\x1e", "&#30;"),
    "percent": lambda t: t.replace("\n", "%0A").replace("\r", "%0D").replace("\x1e", "%1E"),
    "pictures": lambda t: t.replace("\n", "␊").replace("\r", "␍").replace("\x1e", "␞"),
    "half a header": lambda t: t[10:],
    "no header": lambda t: t[t.index("DLDAQ") :],
    "header in small letters": lambda t: t.replace("ANSI", "Ansi"),
    "a scanner's prefix": lambda t: "]L2\x00" + t,
    "colons": lambda t: re.sub(r"\n(D[A-Z]{2})", r"\n\1: ", t),
    "byte order mark": lambda t: t.encode("utf-16"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_text_still_says_what_it_said(damage: str) -> None:
    read = aamva.parse(DAMAGES[damage](VERSION_10))
    assert dict(read.fields) == dict(aamva.parse(VERSION_10).fields)


def test_what_looks_spelled_out_in_a_whole_text_is_data() -> None:
    read = aamva.parse(VERSION_10.replace("2300 WEST BROAD STREET", "50%0A ST"))
    assert read.elements["DAG"] == "50%0A ST"

"""The PDF417 of a North American licence follows the AAMVA standard."""

from datetime import date

import pytest

from fourcorners.checks.case import barcode_valid
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.formats import aamva
from fourcorners.vision.barcodes import Barcode


@pytest.fixture
def payload():
    return aamva.write(
        issuer="636014",
        family_name="SAMPLE",
        given_names="ALEX",
        document_number="D1234567",
        birth_date=date(1990, 1, 2),
        expiry_date=date(2030, 1, 2),
        issue_date=date(2022, 1, 2),
        sex="F",
        street="1 MAIN ST",
        city="SACRAMENTO",
        state="CA",
        postcode="95814",
    )


def judge(make, country, *codes, kind="driving_licence"):
    barcodes = [Barcode("PDF417", data, data.decode("latin-1"), make.QUAD) for data in codes]
    back = make.document(make.reading(kind="unknown", country=None), barcodes=barcodes)
    case = make.case(make.document(make.reading(kind=kind, country=country)), back=back)
    return barcode_valid.check(case, limits_for("case", "barcode_valid"))


def test_a_compliant_barcode_passes_on_the_side_that_it_is_on(make, payload):
    finding = judge(make, "USA", payload)
    assert (finding.outcome, finding.subject) == (Outcome.PASS, "back")


def test_a_licence_of_the_usa_needs_one_a_passport_does_not(make):
    assert judge(make, "USA").reason == "barcode_missing"
    assert judge(make, "CAN").reason == "barcode_missing"
    assert judge(make, "USA", kind="passport").reason == "not_assessed_not_required"
    assert judge(make, "FRA").reason == "not_assessed_not_required"


def test_a_payload_without_a_name_is_invalid(make, payload):
    finding = judge(make, "USA", payload.replace(b"DCSSAMPLE", b"DCS"))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "barcode_invalid")


def test_an_issuer_that_aamva_does_not_know_is_a_doubt_in_the_usa(make, payload):
    unknown = payload.replace(b"636014", b"999999")
    assert judge(make, "USA", unknown).outcome is Outcome.UNSURE
    assert judge(make, "UTO", unknown).outcome is Outcome.PASS


def test_some_other_barcode_is_invalid_where_the_standard_binds_and_ignored_elsewhere(make):
    assert judge(make, "USA", b"\x00\x01").reason == "barcode_invalid"
    assert judge(make, "FRA", b"\x00\x01").reason == "not_assessed_not_required"

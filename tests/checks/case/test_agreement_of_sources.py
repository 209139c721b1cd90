"""IND3: what was typed in, printed, encoded and machine-readable says the same."""

from fourcorners.checks.case import barcode_agrees, claims_agree, mrz_present, mrz_valid, print_agrees
from fourcorners.checks.claims import Claims
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import limits_for


def judge(check, case):
    return check.check(case, limits_for("case", check.NAME))


def notes(finding):
    return {fact.name: fact.note for fact in finding.evidence}


def claiming(make, read, **claims):
    return judge(claims_agree, make.case(make.document(read), claims=Claims(**claims)))


def test_ind3_case_diacritics_and_spacing_are_folded(make):
    read = make.reading(
        family_name="MUELLER", given_names="ZOE ANNE", birth_date="1990-02-01", document_number="C01X00T47"
    )
    finding = claiming(
        make,
        read,
        family_name="Müller",
        given_names="Zoë  Anne",
        birth_date="1990-02-01",
        document_number="C01 X00 T47",
    )
    assert finding.outcome is Outcome.PASS
    assert set(notes(finding)) == {"family_name", "given_names", "birth_date", "document_number"}


def test_ind3_another_birth_date_is_a_mismatch(make):
    finding = claiming(make, make.reading(birth_date="1990-02-01"), birth_date="1990-01-02")
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "claims_disagree")
    assert notes(finding)["birth_date"].startswith("different")


def test_a_difference_to_a_doubtful_reading_goes_to_a_person(make):
    entries = (make.entry("document_number", "C01X00T47", "print", 0.4),)
    assert claiming(make, make.reading(document_number=entries), document_number="D99Y11U58").outcome is Outcome.UNSURE


def test_a_missing_second_name_goes_to_a_person(make):
    finding = claiming(make, make.reading(given_names="ANNA MARIA"), given_names="Anna")
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "claims_disagree")


def test_names_split_in_another_place_still_agree(make):
    read = make.reading(family_name="GARCIA LORCA", given_names="FEDERICO")
    finding = claiming(make, read, family_name="Lorca", given_names="Federico García")
    assert finding.outcome is not Outcome.FAIL


def test_what_was_not_read_is_not_confirmed(make):
    finding = claiming(make, make.reading(), family_name="Eriksson")
    assert (finding.outcome, finding.reason) == (Outcome.UNSURE, "claims_unconfirmed")
    assert claiming(make, make.reading(), address="12 High Street").outcome is Outcome.PASS


def test_fai12_the_kind_of_document_is_compared_too(make):
    assert claiming(make, make.reading(kind="passport"), document_kind="identity_card").reason == "claims_disagree"
    assert claiming(make, make.reading(kind="passport"), document_kind="passport").outcome is Outcome.PASS


def test_no_claims_no_judgement(make):
    assert judge(claims_agree, make.case(make.document())).reason == "not_assessed_no_claims"


def test_print_and_zone_are_compared_where_both_speak(make):
    def case(printed, confidence=0.99):
        number = (
            make.entry("document_number", "L898902C3"),
            make.entry("document_number", printed, "print", confidence),
        )
        return make.case(make.document(make.reading(document_number=number)))

    assert judge(print_agrees, case("L898902C3")).outcome is Outcome.PASS
    assert judge(print_agrees, case("X123456Y7")).outcome is Outcome.FAIL
    assert judge(print_agrees, case("X123456Y7", 0.5)).outcome is Outcome.UNSURE
    assert judge(print_agrees, case("L898902C4")).outcome is Outcome.UNSURE  # one character may be our misreading
    assert judge(print_agrees, make.case(make.document())).reason == "not_assessed_one_source"


def test_a_new_front_on_an_old_card_is_noticed_by_its_barcode(make):
    name = (make.entry("family_name", "SMITH", "barcode"), make.entry("family_name", "JOHNSON", "print"))
    finding = judge(barcode_agrees, make.case(make.document(make.reading(family_name=name))))
    assert (finding.outcome, finding.reason) == (Outcome.FAIL, "barcode_disagrees")
    assert judge(barcode_agrees, make.case(make.document())).reason == "not_assessed_not_required"


def test_idp5_a_passport_without_its_zone_is_refused_a_licence_is_not(make):
    assert judge(mrz_present, make.case(make.document())).reason == "mrz_missing"
    licence = make.document(make.reading(kind="driving_licence"))
    assert judge(mrz_present, make.case(licence)).reason == "not_assessed_not_required"


def test_the_example_of_doc_9303_is_valid(make):
    case = make.case(make.document(zone=make.zone()))
    assert judge(mrz_present, case).outcome is Outcome.PASS
    valid = judge(mrz_valid, case)
    assert (valid.outcome, valid.subject) == (Outcome.PASS, "front")


def test_a_wrong_check_digit_fails_only_where_the_reading_is_sure(make):
    lines = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204158ZE184226B<<<<<10")
    for sure, outcome in ((True, Outcome.FAIL), (False, Outcome.UNSURE)):
        finding = judge(mrz_valid, make.case(make.document(zone=make.zone(sure, lines))))
        assert (finding.outcome, finding.reason) == (outcome, "mrz_invalid")
    assert judge(mrz_valid, make.case(make.document())).reason == "not_assessed_no_mrz"


def test_lines_that_look_like_a_zone_on_a_licence_are_no_zone(make):
    lines = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204158ZE184226B<<<<<10")
    licence = make.document(make.reading(kind="driving_licence"), make.zone(False, lines))
    assert judge(mrz_present, make.case(licence)).reason == "not_assessed_not_required"
    assert judge(mrz_valid, make.case(licence)).reason == "not_assessed_no_mrz"


def test_a_doubtful_source_does_not_speak_against_a_sure_one(make):
    number = (
        make.entry("document_number", "3314C", confidence=0.5),
        make.entry("document_number", "L959BPJ9V", "barcode"),
    )
    read = make.reading(document_number=number)
    assert judge(barcode_agrees, make.case(make.document(read))).reason == "not_assessed_one_source"
    assert claiming(make, read, document_number="L959BPJ9V").outcome is Outcome.PASS


def test_of_two_zones_the_better_read_one_counts(make):
    front, back = make.document(zone=make.zone(sure=False)), make.document(zone=make.zone())
    assert make.case(front, back=back).mrz[0] == "back"
    assert make.case(back, back=back).mrz[0] == "front"
    assert make.case(make.document()).mrz is None

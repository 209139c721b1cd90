import time

import pytest

from fourcorners.formats import mrz

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def test_a_wrong_check_digit_is_reported_and_not_refused() -> None:
    read = mrz.parse((TD3[0], TD3[1].replace("F1204159", "F1204150")))
    assert not read.check_digits_agree
    wrong = {check.field: (check.printed, check.computed) for check in read.checks if not check.agrees}
    assert wrong["expiry_date"] == ("0", "9")
    assert set(wrong) == {"expiry_date", "composite"}


def test_an_empty_personal_number_may_have_a_filler_or_a_zero() -> None:
    body = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<"
    for printed in "<0":
        read = mrz.parse((TD3[0], f"{body}{printed}8"))
        assert [check.agrees for check in read.checks if check.field == "personal_number"] == [True]
    full = mrz.parse((TD3[0], "L898902C36UTO7408122F1204159ZE184226B<<<<<<0"))
    assert [check.agrees for check in full.checks if check.field == "personal_number"] == [False]


def test_one_text_with_line_ends_reads_like_its_lines() -> None:
    assert mrz.parse("\n" + "\r\n".join(TD3) + "\n") == mrz.parse(TD3) == mrz.parse([f" {line} " for line in TD3])


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "mrz_wrong_length"),
        ("", "mrz_wrong_length"),
        ([TD3[0]], "mrz_wrong_length"),
        ((TD3[0], TD3[1][:-1]), "mrz_wrong_length"),
        ((*TD3, TD3[1]), "mrz_wrong_length"),
        ((TD3[0], TD1[0]), "mrz_wrong_length"),
        ((TD3[0].lower(), TD3[1]), "mrz_wrong_character"),
        ((TD3[0].replace("<", " "), TD3[1]), "mrz_wrong_character"),
        ((TD3[0].replace("<<", "< ", 1), TD3[1]), "mrz_wrong_character"),
        ((TD3[0].replace("E", "É"), TD3[1]), "mrz_wrong_character"),
        ((TD3[0].replace("E", "\0"), TD3[1]), "mrz_wrong_character"),
        ((TD3[0], TD3[1].replace("1", "١")), "mrz_wrong_character"),
        ([b"P<UTO", None], "mrz_wrong_length"),
    ],
)
def test_what_is_no_machine_readable_zone_is_refused_with_a_code(lines: list[str], code: str) -> None:
    with pytest.raises(mrz.MrzError) as refused:
        mrz.parse(lines)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("huge", ["A" * 10_000_000, "\n" * 10_000_000, ["<"] * 1_000_000, ["<" * 10_000_000] * 3])
def test_a_huge_text_is_refused_at_once(huge: str) -> None:
    started = time.perf_counter()
    with pytest.raises(mrz.MrzError):
        mrz.parse(huge)
    assert time.perf_counter() - started < 0.5


def test_one_name_only_is_the_family_name() -> None:
    read = mrz.parse(("P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3[1]))
    assert (read.family_name, read.given_names) == ("ARKFREITH", "")


def test_a_full_name_field_may_have_been_cut() -> None:
    read = mrz.parse(("P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", TD3[1]))
    assert read.names_truncated
    assert read.given_names == "CHAYAPA DEJTHAMRONG K"


def test_oddities_are_named_beside_the_check_digits() -> None:
    read = mrz.parse(("X<QQQ12345<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "<<<<<<<<<0QQQ7413322Q9902300<<<<<<<<<<<<<<02"))
    assert set(read.problems) == {
        "document_code_unexpected",
        "issuing_state_unknown",
        "nationality_unknown",
        "name_has_digits",
        "document_number_missing",
        "birth_date_impossible",
        "expiry_date_impossible",
        "sex_unknown",
    }


def test_the_sex_is_one_of_three_letters_or_unknown() -> None:
    for printed, sex in {"F": "F", "M": "M", "<": "X", "X": "X", "7": None}.items():
        assert mrz.parse((TD3[0], TD3[1].replace("2F1", f"2{printed}1"))).sex == sex


def test_states_keep_personal_numbers_in_different_fields() -> None:
    estonian = mrz.parse(("IDESTAA0000024038001085718<<<<", TD1[1].replace("UTO", "EST"), TD1[2]))
    assert (estonian.document_number, estonian.personal_number) == ("AA0000024", "38001085718")
    belgian = mrz.parse(("IDBEL590330101<85020100200<<<<", "8502016F0901015BEL850201002006", TD1[2]))
    assert belgian.personal_number == "85020100200"
    assert belgian.document_number == "5903301018502010020"  # `<` for the check digit: the number runs on


def test_a_french_td2_card_is_not_taken_for_the_card_of_1988() -> None:
    from datetime import date

    lines = mrz.write(
        mrz.MrzFormat.TD2,
        document_code="ID",
        issuing_state="FRA",
        nationality="FRA",
        family_name="Martin",
        given_names="Claire",
        document_number="X4RTBPFW4",
        birth_date=date(1990, 7, 13),
        sex="F",
        expiry_date=date(2030, 2, 11),
    )
    assert mrz.parse(lines).format == "TD2"

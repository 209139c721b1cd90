from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_lines import column, line

from fourcorners.vision.fields.printed import read_printed
from fourcorners.vision.fields.values import Context

CONTEXT = Context(date(2026, 6, 1))


def read(lines, known=None, scheme=None):
    return {p.name: p for p in read_printed(lines, known or {}, CONTEXT, scheme)}


def values(lines, known=None, scheme=None):
    return {name: printed.value for name, printed in read(lines, known, scheme).items()}


def test_values_below_their_labels():
    lines = column("Surname / Nom", "ERIKSSON", "Given names / Prénoms", "ANNA MARIA", "Date of birth", "12.08.1974")
    assert values(lines) == {"family_name": "ERIKSSON", "given_names": "ANNA MARIA", "birth_date": "1974-08-12"}


def test_values_to_the_right_of_their_labels():
    lines = []
    for i, (label, text) in enumerate(
        (("Surname", "ERIKSSON"), ("Given names", "ANNA MARIA"), ("Date of birth", "12.08.1974"), ("Sex", "F"))
    ):
        lines += [line(label, 100, 100 + 60 * i), line(text, 420, 100 + 60 * i)]
    assert values(lines) == {
        "family_name": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "birth_date": "1974-08-12",
        "sex": "F",
    }


def test_values_on_the_line_of_their_labels():
    lines = [line("Surname: ERIKSSON", y=100), line("Nationality. UTO", y=160), line("Document No L898902C3", y=220)]
    assert values(lines) == {"family_name": "ERIKSSON", "nationality": "UTO", "document_number": "L898902C3"}


def test_two_columns_keep_their_values():
    left = column("Date of issue", "20 MAY 2018", "Authority", "PASSPORT OFFICE")
    right = column("Date of expiry", "19 MAY 2028", "Personal No.", "56082367525", x=560)
    assert values([*left, *right]) == {
        "issue_date": "2018-05-20",
        "expiry_date": "2028-05-19",
        "authority": "PASSPORT OFFICE",
        "personal_number": "56082367525",
    }


def test_a_value_in_pieces_is_put_together():
    lines = [line("Date of birth", height=18), line("14 JAN", y=122), line("1985", x=210, y=122)]
    assert values(lines) == {"birth_date": "1985-01-14"}


def test_columns_that_ran_into_one_line_are_parted_at_the_gap():
    text = "VEHICLE AGENCY 16 09 2019"
    wide = line(text, y=122)
    gap = text.index(" 16")
    places = np.array([(i + (30 if i > gap else 0) + 0.5) for i in range(len(text))]) / (len(text) + 30)
    wide = type(wide)(wide.text, wide.confidence, wide.quad, wide.script, tuple(places.tolist()))
    labels = [line("Authority", height=18), line("Date of issue", x=330, height=18)]
    assert values([*labels, wide]) == {"authority": "VEHICLE AGENCY", "issue_date": "2019-09-16"}


def test_an_address_runs_on_and_stops_at_the_next_field():
    lines = [
        line("Address", height=18),
        line("25 HIGH STREET", y=122),
        line("UTOPIA CITY 1234", y=156),
        line("Date of birth", y=192, height=18),
        line("12.08.1974", y=214),
    ]
    assert values(lines) == {"address": "25 HIGH STREET, UTOPIA CITY 1234", "birth_date": "1974-08-12"}


def test_full_names_with_a_comma_are_parted():
    lines = column("Surname, Given names", "ERIKSSON, ANNA MARIA")
    assert values(lines) == {"family_name": "ERIKSSON", "given_names": "ANNA MARIA"}


def test_name_is_the_family_name_beside_given_names_only():
    assert values(column("Name", "ERIKSSON", "Vornamen", "ANNA")) == {"family_name": "ERIKSSON", "given_names": "ANNA"}
    assert values(column("Name", "ANNA MARIA ERIKSSON")) == {}


def test_licences_by_their_bare_numbers():
    lines = []
    for i, text in enumerate(
        ("1. ERIKSSON", "2. ANNA MARIA", "3. 12.08.1974 UTOPIA", "4a. 01.02.2020", "4b. 31.01.2030")
    ):
        lines.append(line(text, y=100 + 50 * i))
    lines += [line("5.", y=350), line("ERIKS 708124 AM9", x=150, y=350)]
    assert values(lines, scheme="eu") == {
        "family_name": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "birth_date": "1974-08-12",
        "issue_date": "2020-02-01",
        "expiry_date": "2030-01-31",
        "document_number": "ERIKS 708124 AM9",
    }
    assert set(values(lines)) <= {"expiry_date"}  # the one date that lies ahead


def test_what_could_not_be_read_is_no_value():
    lines = [line("Surname", height=18), line("MBAHOB", y=122, confidence=0.5, script="unread")]
    assert values(lines) == {}


def test_a_known_value_gives_its_place_without_a_label():
    lines = [line("ERIKSSON, Anna María", y=300), line("12 AUG/AOÛT 74", y=400), line("D23145890", y=500)]
    known = {"family_name": "ERIKSSON", "given_names": "ANNA MARIA", "birth_date": "1974-08-12"}
    found = read(lines, {**known, "document_number": "D23145890"})
    assert {name: printed.value for name, printed in found.items()} == {
        "family_name": "ERIKSSON",
        "given_names": "Anna María",
        "birth_date": "1974-08-12",
        "document_number": "D23145890",
    }
    assert found["given_names"].quad[0, 0] > found["family_name"].quad[1, 0] - 1
    assert np.array_equal(found["birth_date"].quad, lines[1].quad)


def test_transliterated_names_agree_with_what_is_printed():
    found = values([line("MÜLLER-GROẞ", y=300)], {"family_name": "MUELLER GROSS"})
    assert found == {"family_name": "MÜLLER-GROẞ"}


def test_print_that_contradicts_is_reported_not_hidden():
    lines = column("Surname", "SCHMIDT", "Date of birth", "12.08.1990")
    found = values(lines, {"family_name": "ERIKSSON", "birth_date": "1974-08-12"})
    assert found == {"family_name": "SCHMIDT", "birth_date": "1990-08-12"}


def test_a_value_known_as_another_field_is_not_held_against_the_document():
    lines = column("Date of birth", "19.05.2020")
    assert values(lines, {"birth_date": "1974-08-12", "issue_date": "2020-05-19"}) == {"issue_date": "2020-05-19"}


def test_dates_that_cannot_be_in_that_order_are_doubted():
    lines = column("Date of birth", "12.08.2019", "Date of issue", "11.08.2011")
    assert len(values(lines)) == 1


TEXTS = st.one_of(
    st.text(min_size=1, max_size=40).filter(lambda text: text.strip() != ""),
    st.sampled_from(["Surname", "Date of birth/", "4a.", "12.08.1974", "F", "///", "Name (", "P<UTO<<"]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.floats(0, 900), st.floats(0, 600), st.floats(1, 60)), max_size=12),
    st.sampled_from([None, "eu", "us"]),
)
def test_any_lines_give_an_answer(drawn, scheme):
    lines = [line(text, x, y, height) for text, x, y, height in drawn]
    known = {"family_name": "O", "birth_date": "1974-08-12", "document_number": "L898902C3", "sex": "F"}
    for printed in read_printed(lines, known, CONTEXT, scheme):
        assert printed.value
        assert 0 <= printed.confidence <= 1
        assert printed.quad.shape == (4, 2)


def dated(*texts):
    return values([line(text, y=100 + 80 * i) for i, text in enumerate(texts)])


def test_dates_without_labels_are_told_apart_by_their_order():
    assert dated("23.08.1956", "20.05.2018", "19.05.2028") == {
        "birth_date": "1956-08-23",
        "issue_date": "2018-05-20",
        "expiry_date": "2028-05-19",
    }
    assert dated("25.01.1985", "09.04.2021") == {"birth_date": "1985-01-25"}  # an issue or an expiry
    assert dated("25.01.1985", "09.04.2031") == {"birth_date": "1985-01-25", "expiry_date": "2031-04-09"}


def test_dates_without_labels_that_leave_a_choice_are_left_alone():
    assert dated("20.05.2018", "19.05.2024") == {}  # a child's birth, or an issue
    assert dated("25.01.1985") == {}
    assert dated("25.01.85", "09.04.21") == {}
    known = {"birth_date": "1974-08-12"}
    assert values([line("25.01.1985"), line("09.04.2031", y=300)], known) == {}


def test_two_surnames_and_many_given_names_run_on():
    lines = [line("Apellidos", y=100, height=18), line("GARCIA", y=122), line("LOPEZ", y=153)]
    lines += [line("Nombre", y=200, height=18), line("MARIA DEL", y=222), line("CARMEN", y=253)]
    assert values(lines) == {"family_name": "GARCIA LOPEZ", "given_names": "MARIA DEL CARMEN"}


def test_a_line_in_other_letters_is_no_part_of_the_name_above():
    lines = [line("Surname", y=100, height=18), line("SARAH", y=122), line("NetionaltyNaconalte", y=153)]
    assert values(lines) == {"family_name": "SARAH"}


def test_a_bare_name_with_two_lines_holds_both_names():
    lines = [line("Name", y=100, height=18), line("SINGH", y=122), line("JASIN ALI", y=153)]
    assert values(lines) == {"family_name": "SINGH", "given_names": "JASIN ALI"}


def test_a_bare_name_beside_a_surname_is_the_given_name():
    lines = column("Surname", "TOKATLIDES", "Name", "GERASIM")
    assert values(lines) == {"family_name": "TOKATLIDES", "given_names": "GERASIM"}


def test_a_label_begins_where_its_first_language_does():
    lines = [line("Npe3uMe/Sumae/Nom", y=100, height=18), line("NESIC", y=122)]
    assert values(lines) == {"family_name": "NESIC"}


def test_a_passports_number_on_a_permit_is_not_the_permits():
    lines = column("PASS(-ERSATZ)-NR.", "926643528")
    for kind, expected in (("residence_permit", {}), ("passport", {"document_number": "926643528"})):
        context = Context(CONTEXT.today, kind=kind)
        assert {p.name: p.value for p in read_printed(lines, {}, context)} == expected


def test_a_doubtful_letter_is_a_sex_but_no_name():
    lines = [line("Sex", y=100, height=18), line("F", y=122, confidence=0.6, script="unread")]
    lines += [line("Surname", y=200, height=18), line("LI", y=222, confidence=0.6, script="unread")]
    found = read(lines)
    assert set(found) == {"sex"}
    assert found["sex"].confidence <= 0.6


def test_dates_that_lost_a_full_stop_are_told_by_their_order():
    lines = [line("23.06.1993", y=100), line("09.082016", y=300), line("0908.2026", y=400)]
    context = Context(CONTEXT.today, "DMY")
    found = {p.name: p.value for p in read_printed(lines, {}, context)}
    assert found == {"birth_date": "1993-06-23", "issue_date": "2016-08-09", "expiry_date": "2026-08-09"}

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.formats.dates import find_dates, read_date
from fourcorners.kit.data import load_toml

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("12.08.1974", ["1974-08-12"]),
        ("12 AUG/AOUT 1974", ["1974-08-12"]),
        ("AUG 12, 1974", ["1974-08-12"]),
        ("12th August, 1974", ["1974-08-12"]),
        ("1974-08-12", ["1974-08-12"]),
        ("1974 AUG 12", ["1974-08-12"]),
        ("12AUG1974", ["1974-08-12"]),
        ("08/12/1974", ["1974-12-08", "1974-08-12"]),
        ("28/12/1974", ["1974-12-28"]),
        ("12/28/1974", ["1974-12-28"]),
        ("12 28 1974", ["1974-12-28"]),
        ("12.28.1974", []),
        ("12 AUG/AOUT 74", ["1974-08-12", "2074-08-12"]),
        ("12081974", ["1974-08-12", "1974-12-08"]),
        ("19740812", ["1974-08-12"]),
        ("12 de agosto de 1974", ["1974-08-12"]),
        ("12. elokuuta 1974", ["1974-08-12"]),
        ("12 elokuu 1974", ["1974-08-12"]),
        ("12 августа 1974 г.", ["1974-08-12"]),
        ("15 Αυγούστου 1990", ["1990-08-15"]),
        ("1974年8月12日", ["1974-08-12"]),
        ("١٢/٠٨/١٩٧٤", ["1974-08-12", "1974-12-08"]),
        ("12 أغسطس 1974", ["1974-08-12"]),
        ("12.VIII.1974", ["1974-08-12"]),
        ("12 lis 2020", ["2020-11-12", "2020-10-12"]),
        ("12 LIS/NOV 2020", ["2020-11-12"]),
        ("12 AUG/SEP 2020", []),
        ("12/08/2517", ["1974-08-12", "1974-12-08"]),
        ("AUG 1974", ["1974-08"]),
        ("08/1974", ["1974-08"]),
        ("1974", ["1974"]),
        ("31 FEB 2000", []),
        ("29.02.1900", []),
        ("29.02.2000", ["2000-02-29"]),
        ("00.08.1974", []),
        ("12.08.0974", []),
        ("Eriksson", []),
        ("12 Eriksson 1974", []),
        ("AUG", []),
        ("", []),
        ("1 2 3 4", []),
    ],
)
def test_dates_are_read_as_documents_print_them(text: str, meaning: list[str]) -> None:
    assert list(read_date(text)) == meaning


def test_what_a_date_is_for_settles_the_century() -> None:
    assert read_date("12 AUG 74", kind="birth", today=TODAY) == ("1974-08-12",)
    assert read_date("12 AUG 24", kind="birth", today=TODAY) == ("2024-08-12",)
    assert read_date("12 AUG 74", kind="expiry", today=TODAY) == ("2074-08-12",)
    assert read_date("12 AUG 94", kind="expiry", today=TODAY) == ("1994-08-12",)
    assert read_date("12 AUG 26", kind="issue", today=TODAY) == ("1926-08-12",)


def test_a_known_order_settles_day_and_month() -> None:
    assert read_date("08/12/1974", order="MDY") == ("1974-08-12",)
    assert read_date("08/12/1974", order="DMY") == ("1974-12-08",)
    assert read_date("1974/08/12", order="DMY") == ("1974-08-12",)  # only one order is possible


def test_every_month_of_every_language_is_known_by_name() -> None:
    tables = load_toml("fourcorners.formats", "months.toml")
    for names in [*tables["names"].values(), *tables["short"].values(), *tables["standing"].values()]:
        assert len(names) == 12
        for month, name in ((month, name) for month, name in enumerate(names, start=1) if name):
            assert f"1974-{month:02}-12" in read_date(f"12 {name} 1974"), name
            assert f"1974-{month:02}-12" in read_date(f"12 {name.upper()} 1974"), name


def test_dates_are_found_in_longer_texts() -> None:
    text = "Né le/Date of birth 12 AUG/AOÛT 1974 No 1234567 12.08.2024\n08 31 Exp. 15/04/2032"
    found = find_dates(text)
    assert [text[date_.start : date_.end] for date_ in found] == ["12 AUG/AOÛT 1974", "12.08.2024", "15/04/2032"]
    assert [date_.candidates for date_ in found] == [("1974-08-12",), ("2024-08-12",), ("2032-04-15",)]


def test_a_huge_text_takes_no_time() -> None:
    started = time.process_time()
    for text in ("1" * 10_000_000, "12.08.1974 " * 1_000_000, "\0" * 10_000_000, "aug " * 1_000_000):
        assert read_date(text) == ()
    find_dates("12 08 " * 1_000_000)
    find_dates("xyzzy 12 " * 1_000_000)
    assert time.process_time() - started < 10


@given(
    st.dates(date(1850, 1, 1), date(2199, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%b %d, %Y"])
)
def test_a_date_written_in_full_is_read_back(day: date, form: str) -> None:
    assert day.isoformat() in read_date(day.strftime(form))


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_not(text: str) -> None:
    for candidate in read_date(text):
        assert date.fromisoformat((candidate + "-01-01")[:10])
    for found in find_dates(text):
        assert read_date(text[found.start : found.end])

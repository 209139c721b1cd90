"""Days in the calendars, numerals and inflected months of many languages, and what a country says about them."""

from datetime import date, timedelta

import pytest

from fourcorners.formats.calendars import calendar_of_year, gregorian_day
from fourcorners.formats.dates import find_dates
from fourcorners.kit.data import load_toml

DAY = "2026-10-12"

WRITTEN = """
12 listopada 2026|HR
12. lokakuuta 2026
12 октября 2026 г.
2026. gada 12. oktobrī
१२ अक्टूबर २०२६
12 ต.ค. 69
12 ตุลาคม พ.ศ. 2569
12/10/69|TH
12 באוקטובר 2026
12 تشرين الأول 2026
١٢ أكتوبر ٢٠٢٦
۱۴۰۵/۰۷/۲۰
20 مهر 1405
1448/05/01
1 جمادى الأولى 1448
二〇二六年十月十二日
中華民國一一五年十月十二日
令和八年十月十二日
R8.10.12
115.10.12|TW
2026ko urriaren 12a
a los 12 días del mes de octubre de 2026
2026-cı il 12 oktyabr
2026 оны 10 сарын 12
12 ოქტომბერი 2026
12 հոկտեմբերի 2026
2026 ж. 12 қазан
12 অক্টোবর 2026
12 அக்டோபர் 2026
Oktubre 12, 2026
12 ta' Ottubru 2026
26 असोज 2083
2083-06-26|NP
2 ጥቅምት 2019
12 Hydref 2026
12 tháng 10 năm 2026
"""


@pytest.mark.parametrize("written", WRITTEN.strip().splitlines())
def test_a_day_is_found_as_the_country_writes_it(written: str) -> None:
    text, _, country = written.partition("|")
    found = find_dates(f"{text} .", order="DMY", country=country or None)
    assert [day.candidates[0] for day in found] == [DAY]


def test_a_month_that_means_two_is_that_of_the_country() -> None:
    assert find_dates("12 listopada 2026")[0].candidates[0] == "2026-11-12"
    assert find_dates("12 listopada 2026", country="PL")[0].candidates[0] == "2026-11-12"


def test_words_round_a_day_are_no_part_of_it() -> None:
    for text in ("emessa il 12/10/2026", "od 12.10.2026 do 31.10.2026", "meeting 12.10.2026 v 17.00, hall"):
        found = find_dates(text, order="DMY")[0]
        assert text[found.start : found.end].replace("/", ".") == "12.10.2026"


def test_a_time_with_one_year_ends_on_its_second_day() -> None:
    for text in ("January 1 - January 31, 2026", "1 - January 31, 2026"):
        assert find_dates(text)[-1].candidates == ("2026-01-31",)


@pytest.mark.parametrize("calendar", ["hijri", "jalali", "bikram", "ethiopian"])
def test_each_year_begins_where_the_one_before_ends(calendar: str) -> None:
    years = load_toml("fourcorners.formats", "calendars.toml")[calendar]
    rest = {5, 6} if calendar == "ethiopian" else {0}  # its thirteenth month is not told
    firsts = [date.fromisoformat(first) for first, _ in years.values()]
    for (_, months), first, following in zip(years.values(), firsts, firsts[1:], strict=False):
        assert (following - first - timedelta(days=28 * 12 + sum(map(int, months)))).days in rest


def test_days_that_a_calendar_has_not_are_none() -> None:
    assert gregorian_day("hijri", 1448, 1, 30) is None
    assert gregorian_day("hijri", 1399, 1, 1) is None
    assert gregorian_day("jalali", 1405, 13, 1) is None
    assert calendar_of_year(2083) is None
    assert calendar_of_year(2083, "NP") == "bikram"

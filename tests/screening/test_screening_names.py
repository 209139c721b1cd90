"""Names against lists: what is found, what is not, and why (INS16: sanctions screening hits)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourcorners.screening import Entry, Kind, ListedName, LoadedList, Outcome, Strength, Subject, screen, threshold
from fourcorners.screening.words import words_of


def entry(number: int, *names: str, kind: Kind = Kind.PERSON, **more: tuple[str, ...]) -> Entry:
    return Entry(f"e{number}", kind, tuple(ListedName(name) for name in names), **more)


def loaded(*entries: Entry) -> LoadedList:
    return LoadedList.of("sanctions", "1", entries)


def person(*names: str, born: date | None = None, countries: tuple[str, ...] = ()) -> Subject:
    return Subject("s", Kind.PERSON, names, born, countries)


SAME = [
    ("Vladimir Petrovich Orlov", "Владимир Петрович Орлов"),
    ("Wladimir Orlow", "Владимир Орлов"),
    ("Orlov Vladimir", "Vladimir Orlov"),
    ("Mohamed Hassan", "Muhammad Hasan"),
    ("Muhammad Hassan", "محمد حسن"),
    ("Juergen Mueller", "Jürgen Müller"),
    ("Jurgen Muller", "Jürgen Müller"),
    ("Wang Xiaoming", "王小明"),
    ("Abdulrahman Yasin", "Abdul Rahman Yassin"),
    ("Abdul Rahman Yasin", "Abdulrahman Yasin"),
    ("Giorgos Papadopoulos", "Γεώργιος Παπαδόπουλος"),
    ("Bob Fairweather", "Robert Fairweather"),
    ("Katherine Fairwaether", "Katherine Fairweather"),
    ("Katherine Fairweather", "Katherine Anne Fairweather"),
    ("Jan van der Berg", "Jan Vanderberg"),
]


@pytest.mark.parametrize(("name", "listed"), SAME)
def test_one_person_written_in_two_ways_is_found(name: str, listed: str) -> None:
    (found,) = screen([loaded(entry(1, listed), entry(2, "Somebody Else"))], [person(name)])
    assert [hit.entry.id for hit in found.hits] == ["e1"]
    assert found.outcome is Outcome.HITS


DIFFERENT = [
    ("Maria Garcia", "Maria Gomez"),
    ("Li Wei", "Lu Wang"),
    ("John Smith", "Smith"),
    ("Ivan Petrov", "Ivan Sidorov"),
    ("Anna Maria Rossi", "Anna Maria Bianchi"),
]


@pytest.mark.parametrize(("name", "listed"), DIFFERENT)
def test_two_people_are_two(name: str, listed: str) -> None:
    (found,) = screen([loaded(entry(1, listed))], [person(name)])
    assert (found.outcome, found.hits) == (Outcome.NO_HITS, ())


def test_without_a_list_nobody_is_clear() -> None:
    (found,) = screen([], [person("Anybody At All")])
    assert found.outcome is Outcome.NOT_SCREENED
    assert found.lists == {}


def test_a_hit_says_word_by_word_why() -> None:
    born = date(1960, 5, 12)
    listed = entry(1, "Владимир Орлов", birth_dates=("1960-12-05",), countries=("RU",), topics=("sanction",))
    (found,) = screen([loaded(listed)], [person("Wladimir X Orlov", born=born, countries=("RU", "DE"))])
    (hit,) = found.hits
    assert {(pair.mine, pair.theirs, pair.how) for pair in hit.words} == {
        ("WLADIMIR", "ВЛАДИМИР", "transliteration"),
        ("X", "", "omitted"),
        ("ORLOV", "ОРЛОВ", "other_script"),
    }
    assert [(point.about, point.code) for point in hit.points] == [("birth_date", "transposed"), ("country", "shared")]
    assert hit.score == pytest.approx(min(1.0, hit.name_score + sum(point.adds for point in hit.points)), abs=1e-3)
    assert (hit.list_name, hit.list_version, hit.threshold) == ("sanctions", "1", threshold())
    assert hit.listed == ListedName("Владимир Орлов")


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ("1960-05-12", "same_day"),
        ("1960", "same_year"),
        ("1960-05", "same_year"),
        ("1960-12-05", "transposed"),
        ("1960-05-13", "one_digit"),
        ("1961", "year_beside"),
        ("1961-05", "year_beside"),
        ("1960-07-30", "year_only"),
        ("1961-05-12", "one_digit"),
        ("1980-05-12", "one_digit"),
        ("1975-01-01", "different"),
    ],
)
def test_birth_dates_speak_for_or_against(listed: str, code: str) -> None:
    listing = loaded(entry(1, "Vladimir Orlov", birth_dates=("1931-01-01", listed)))
    (found,) = screen([listing], [person("Vladimir Orlov", born=date(1960, 5, 12))], least=0.5)
    assert found.hits[0].points[0].code == code


def test_a_name_alone_is_a_hit_and_another_birth_date_speaks_against_a_spelling() -> None:
    listing = loaded(entry(1, "Vladimir Orlov", birth_dates=("1975-01-01",)))
    assert screen([listing], [person("Vladimir Orlov")])[0].outcome is Outcome.HITS
    (other,) = screen([listing], [person("Vladimyr Arlov", born=date(1960, 5, 12))])
    assert other.outcome is Outcome.NO_HITS


def test_companies_are_told_by_their_names_not_their_forms() -> None:
    listing = loaded(
        entry(1, "Acme Northern Trading Limited", kind=Kind.ENTITY), entry(2, "Zephyr Trading Ltd", kind=Kind.ENTITY)
    )
    (found,) = screen([listing], [Subject("s", Kind.ENTITY, ("ACME Northern Trading Ltd.",))])
    assert [hit.entry.id for hit in found.hits] == ["e1"]
    assert {pair.how for pair in found.hits[0].words} == {"same", "form"}


def test_people_are_not_held_against_companies_but_against_what_may_be_either() -> None:
    listing = loaded(entry(1, "Vladimir Orlov", kind=Kind.ENTITY), entry(2, "Vladimir Orlov", kind=Kind.EITHER))
    assert [hit.entry.id for hit in screen([listing], [person("Vladimir Orlov")])[0].hits] == ["e2"]


def test_the_best_name_of_an_entry_is_told_and_a_weak_alias_counts_less() -> None:
    names = (ListedName("Vladimir Orlov"), ListedName("Ali Baba", Strength.WEAK_ALIAS))
    listing = loaded(Entry("e1", Kind.PERSON, names))
    assert screen([listing], [person("Somebody New", "Vladimir Orlov")])[0].hits[0].name == "Vladimir Orlov"
    (hit,) = screen([listing], [person("Ali Baba")])[0].hits
    assert hit.listed.strength is Strength.WEAK_ALIAS
    assert [point.code for point in hit.points] == ["unknown", "unknown", "weak_alias"]
    assert hit.score == pytest.approx(0.95)


WORDS = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Mn", "Pd", "Nd", "Po")), max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=10).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_every_name_finds_itself_and_nothing_raises(names: list[str], data: st.DataObject) -> None:
    listing = loaded(*(entry(number, name) for number, name in enumerate(names)))
    subjects = [person(name) for name in names]
    first = screen([listing], subjects)
    assert first == screen([listing], subjects)
    for number, found in enumerate(first):
        if words_of(names[number]):
            assert f"e{number}" in {hit.entry.id for hit in found.hits if hit.score > 0.98}
        assert all(hit.score >= threshold() for hit in found.hits)

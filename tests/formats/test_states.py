import pytest

from fourcorners.formats.states import find_state, states


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("D", "D"),
        ("D<<", "D"),
        ("DEU", "D"),
        ("de", "D"),
        ("Germany", "D"),
        ("DEUTSCH", "D"),
        ("UTO", "UTO"),
        ("Utopia", "UTO"),
        ("UNO", "UNO"),
        ("XXA", "XXA"),
        ("XOM", "XOM"),
        ("RKS", "RKS"),
        ("France", "FRA"),
        ("République française", "FRA"),
        ("FRANÇAISE", "FRA"),
        ("ÅLAND ISLANDS", "ALA"),
        ("Türkiye", "TUR"),
        ("TURKEY", "TUR"),
        ("Россия", "RUS"),
        ("gb", "GBR"),
        ("British Citizen", "GBR"),
        ("Côte d'Ivoire", "CIV"),
        ("U.S.A.", "USA"),
    ],
)
def test_codes_names_and_nationalities_lead_to_one_state(text: str, code: str) -> None:
    state = find_state(text)
    assert state is not None
    assert state.code == code


@pytest.mark.parametrize("text", ["", "<<<", "QQQ", "Erewhon", "\0", "D" * 1000])
def test_other_texts_lead_to_none(text: str) -> None:
    assert find_state(text) is None


def test_the_table_is_whole() -> None:
    iso = [state for state in states().values() if state.kind == "iso"]
    assert len(iso) == 249
    assert len({state.alpha2 for state in iso}) == 249
    assert all(len(state.code) == 3 for state in iso if state.code != "D")
    for special in (
        "EUE",
        "UNA",
        "UNK",
        "UNO",
        "UTO",
        "XOM",
        "XPO",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
    ):
        assert states()[special].kind == "special"
    names = [state.name for state in states().values()]
    assert len(set(names)) == len(names)


def test_no_name_belongs_to_two_states() -> None:
    for state in states().values():
        for name in (state.name, *state.also):
            assert find_state(name) == state or state.kind == "former", name

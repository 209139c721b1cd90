import pytest

from fourcorners.formats import mrz
from fourcorners.formats.mrz.layouts import LAYOUTS, MrzFormat


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_position_belongs_to_one_field_or_check_digit(layout: mrz.Layout) -> None:
    taken = [position for field in layout.fields.values() for position in field.positions]
    taken += [rule.position for rule in layout.checks]
    everywhere = [(line, column) for line in range(layout.line_count) for column in range(layout.line_length)]
    assert sorted(taken) == everywhere


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_decoder_knows_what_may_stand_where(layout: mrz.Layout) -> None:
    assert len(layout.allowed) == layout.line_count
    assert {len(line) for line in layout.allowed} == {layout.line_length}
    for rule in layout.checks:
        allowed = layout.allowed[rule.line][rule.column]
        assert set(allowed) - {"<"} == set("0123456789")
        assert ("<" in allowed) == rule.filler
        assert rule.position not in rule.positions
    for field in layout.fields.values():
        assert all(set(layout.allowed[line][column]) == set(field.allowed) for line, column in field.positions)


def test_composites_cover_what_the_standard_says() -> None:
    def composite(name: MrzFormat) -> list[tuple[int, int]]:
        return list(LAYOUTS[name].check("composite").positions)

    assert composite(MrzFormat.TD3) == [(1, c) for c in (*range(10), *range(13, 20), *range(21, 43))]
    assert composite(MrzFormat.TD2) == [(1, c) for c in (*range(10), *range(13, 20), *range(21, 35))]
    upper, middle = [(0, c) for c in range(5, 30)], [(1, c) for c in (*range(7), *range(8, 15), *range(18, 29))]
    assert composite(MrzFormat.TD1) == upper + middle
    assert len(composite(MrzFormat.FRID)) == 71
    for visa in (MrzFormat.MRVA, MrzFormat.MRVB):
        with pytest.raises(KeyError):
            LAYOUTS[visa].check("composite")


def test_weights_run_on_from_span_to_span() -> None:
    assert mrz.check_digit("520727") == "3"  # the example of Doc 9303-3, 4.9
    assert mrz.check_digit("AB2134<<<") == "5"
    assert mrz.check_digit("HA672242<658022549601086<<<<<<<<<<<<<<0") == "8"  # the example of 9303-4
    assert mrz.check_digit("") == "0"

"""Places: the smallest network counts, wrong tables are told; what a far-away sign-in with a trusted key leads to."""

from dataclasses import replace

import pytest

from device_tools import HOME, come, first_device, half_open
from fourcorners.devices.places import PlacesUnusable, open_places
from fourcorners.devices.queries import list_visits, seen_of

HEAD = "network,name,latitude,longitude\n"
LISBON, PORTO = '192.0.2.0/24,"Lisbon, PT",38.7,-9.1', '192.0.2.128/25,"Porto, PT",41.1,-8.6'
TABLE = HEAD + f'{LISBON}\n{PORTO}\n2001:db8::/32,"Tokyo, JP",35.7,139.7\n'


@pytest.fixture
def places(tmp_path):
    path = tmp_path / "places.csv"
    path.write_text(TABLE, encoding="utf-8")
    return open_places(str(path))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "Lisbon, PT"),
        ("192.0.2.200", "Porto, PT"),
        ("2001:db8:1:2::/64", "Tokyo, JP"),
        ("198.51.100.1", None),
        ("2001:db9::/64", None),
        ("testclient", None),
        ("", None),
    ],
)
def test_the_smallest_network_counts(places, address, name):
    found = places.find(address)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("table", ["a,b\n1,2\n", HEAD + "192.0.2.1/24,x,1,2\n", HEAD + "192.0.2.0/24,x,north,2\n"])
def test_a_wrong_table_is_told_with_its_line(tmp_path, table):
    path = tmp_path / "wrong.csv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(PlacesUnusable) as refused:
        open_places(str(path))
    assert refused.value.fields == {"line": 2}
    with pytest.raises(PlacesUnusable):
        open_places(str(tmp_path / "missing.csv"))
    assert open_places("").find("192.0.2.7") is None


def test_a_trusted_key_from_impossibly_far_away_is_asked_again_and_says_why(database, clock, places):
    account, key, _ = first_device(database)
    at_home = replace(HOME, where=places.find("192.0.2.7"))
    assert come(database, key, half_open(database), at_home).opened is not None
    with database.read() as db:
        assert [visit.place.name for visit in list_visits(db, account)] == ["Lisbon, PT"]
    clock.move(hours=2)
    far = replace(HOME, address="2001:db8::/64", where=places.find("2001:db8::/64"))
    arrived = come(database, key, half_open(database), far)
    assert arrived.opened is None
    with database.read() as db:
        about = seen_of(db, arrived.request)
    assert about["place"] == "Tokyo, JP"
    assert [sign["code"] for sign in about["risk"]["signs"]] == ["new_place", "impossible_travel"]
    clock.move(hours=14)
    assert come(database, key, half_open(database), far).opened is not None

"""Where networks are, coarsely: a table that the operator brings, as we ship none. Without it, no place is known.

The table is CSV with a head: `network,name,latitude,longitude`, such as `192.0.2.0/24,"Lisbon, PT",38.7,-9.1`.
"""

import csv
from functools import cache
from ipaddress import ip_network
from pathlib import Path

from fourcorners.devices.risk import Place
from fourcorners.kit.errors import Refusal

__all__ = ["Places", "PlacesUnusable", "open_places"]


class PlacesUnusable(Refusal):
    """The operator's table of places cannot be read; `line` says where."""

    code = "places_unusable"


class Places:
    """Networks and their places: the smallest network that holds an address counts."""

    def __init__(self, table: dict[tuple[int, int, int], Place]) -> None:
        self.table = table
        self.lengths = sorted({(version, length) for version, length, _ in table}, reverse=True)

    def find(self, address: str) -> Place | None:
        """The place of an address or of the network that stands for one; None where it is not known."""
        try:
            network = ip_network(address, strict=False)
        except ValueError:
            return None
        bits = network.max_prefixlen
        number = int(network.network_address)
        for version, length in self.lengths:
            if version == network.version:
                found = self.table.get((version, length, number >> (bits - length)))
                if found is not None:
                    return found
        return None


@cache
def open_places(path: str) -> Places:
    """The table in a file, read once; an empty path: an empty table. Raises PlacesUnusable."""
    table: dict[tuple[int, int, int], Place] = {}
    if not path:
        return Places(table)
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                try:
                    network = ip_network(row["network"])
                    place = Place(row["name"], float(row["latitude"]), float(row["longitude"]))
                except (KeyError, ValueError, TypeError) as error:
                    raise PlacesUnusable("A line of the table of places is wrong.", line=line) from error
                number = int(network.network_address) >> (network.max_prefixlen - network.prefixlen)
                table[network.version, network.prefixlen, number] = place
    except OSError as error:
        raise PlacesUnusable("The table of places cannot be opened.", line=0) from error
    return Places(table)

"""Addresses: taken apart by the rules of their country, and compared part by part."""

from .agree import address_parts, addresses_agree
from .model import Address, AddressPart
from .parse import (
    care_of,
    country_of,
    is_eastern,
    is_post_box,
    names_building,
    parse_address,
    street_in,
    unit_in,
    ways_of,
)
from .postcodes import CityLine, city_lines, is_region

__all__ = [
    "Address",
    "AddressPart",
    "CityLine",
    "address_parts",
    "addresses_agree",
    "care_of",
    "city_lines",
    "country_of",
    "is_eastern",
    "is_post_box",
    "is_region",
    "names_building",
    "parse_address",
    "street_in",
    "unit_in",
    "ways_of",
]

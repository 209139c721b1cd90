"""One real case, drawn and judged once: a specimen passport and its holder's selfie."""

from datetime import date

import pytest

import fourcorners
from fourcorners import specimens

DAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def passport():
    return specimens.draw("passport", seed=21, issue_date=date(2021, 3, 1), expiry_date=date(2031, 2, 28))


@pytest.fixture(scope="session")
def photo(passport):
    return specimens.capture(passport, "genuine", 0.2, seed=21, size=(1280, 960)).encoded


@pytest.fixture(scope="session")
def claims(passport):
    holder = passport.holder
    return {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
    }


@pytest.fixture(scope="session")
def selfie():
    return specimens.selfie(0, seed=21, size=(600, 800)).encoded


@pytest.fixture(scope="session")
def verdict(photo, selfie, claims):
    return fourcorners.check(photo, selfie, claims, today=DAY)

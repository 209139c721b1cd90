"""What no label or sentence tells is looked for on the paper: the very value that was entered, and nothing else."""

from dataclasses import replace
from datetime import date

from written_papers import written

from fourcorners.checks.finding import Finding, Outcome
from fourcorners.institutions.papers import PaperClaims, check_paper, read_paper

DAY = date(2026, 11, 1)
CLAIMS = PaperClaims(
    legal_name="Northmoor Trading Ltd",
    registration_number="08812345",
    country="GB",
    registered_address="12 Mill Lane, Leeds LS6 3QT",
    authorised_users=("Owen Pritchard",),
)
PERMIT = (
    "# Permit",
    "Leave is given to Northmoor Trading Limited, known to the keeper of rolls as 0881 2345, found at 12 Mill Lane,",
    "Leeds LS6 3QT, to carry on the business of a payment institution.",
    "3 May 2026",
)
MANDATE = (
    "# Mandate",
    "The bank may rely on this paper. Northmoor Trading Limited has entrusted Owen Pritchard with the mandate to",
    "use its account from this day on.",
    "Leeds, 3 May 2026",
)


def found(lines: tuple[str, ...], kind: str, claims: PaperClaims = CLAIMS) -> dict[str, Finding]:
    reading = read_paper(written(*lines), "paper.pdf", country="GB")
    return {f.check: f for f in check_paper(reading, claims, kind, day=DAY)}


def test_name_number_and_address_are_seen_where_nothing_labels_them() -> None:
    told = found(PERMIT, "licence")
    for check in ("paper_name_matches", "paper_numbers_match", "paper_address_matches", "paper_kind_expected"):
        assert told[check].outcome is Outcome.PASS, check


def test_another_value_is_not_seen() -> None:
    other = replace(
        CLAIMS,
        legal_name="Northmoor Holding Ltd",
        registration_number="08812346",
        registered_address="14 Mill Lane, Leeds LS6 3QT",
    )
    told = found(PERMIT, "licence", other)
    assert told["paper_name_matches"].outcome in (Outcome.FAIL, Outcome.UNSURE)
    assert told["paper_numbers_match"].outcome is not Outcome.PASS
    assert told["paper_address_matches"].outcome is not Outcome.PASS


def test_a_name_that_goes_on_before_or_behind_is_another_one() -> None:
    for name in ("Great Northmoor Trading Limited", "Northmoor Trading Holding Limited"):
        lines = ("# Permit", f"Leave is given to {name} to carry on the business of a payment institution.")
        assert found(lines, "licence")["paper_name_matches"].outcome is not Outcome.PASS, name


def test_whoever_is_given_power_in_a_sentence_is_seen_and_a_signer_is_not() -> None:
    assert found(MANDATE, "authorisation")["paper_user_named"].outcome is Outcome.PASS
    signer = replace(CLAIMS, authorised_users=("Jane Whitcombe",))
    signed = (*MANDATE, "Jane Whitcombe, director")
    assert found(signed, "authorisation", signer)["paper_user_named"].outcome is not Outcome.PASS


def test_few_words_are_enough_for_the_kind_that_was_handed_in_and_for_no_other() -> None:
    lines = ("# A paper", "The share ledger of Northmoor Trading Limited: percentage and stake of all who hold.")
    assert found(lines, "ownership")["paper_kind_expected"].outcome is Outcome.PASS
    assert found(lines, "articles")["paper_kind_expected"].outcome is not Outcome.PASS

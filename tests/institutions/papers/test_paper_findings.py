"""INS4, INS7, INS10, INS11: every reason has a paper that triggers it, and a good paper triggers none."""

from datetime import date
from fractions import Fraction

import pytest
from written_papers import CERTIFICATE, CHART, LETTER, REGISTER, RESOLUTION, written

from fourcorners.checks.finding import Outcome
from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind
from fourcorners.institutions.papers import (
    KINDS,
    Holder,
    PaperClaims,
    PaperKindUnknown,
    as_held,
    check_paper,
    claims_of,
    effect_of,
    paper_reasons,
    paper_words,
    read_paper,
    reviewer_words,
    worst_effect,
)
from fourcorners.institutions.papers.checks import CHECKS
from fourcorners.verdict.catalogue import APPLICANT_LOCALES, Effect, LocaleUnknown

DAY = date(2026, 11, 1)
HOLDERS = (Holder("Jane Whitcombe", Fraction(3, 5)), Holder("Albion Holdings PLC", Fraction(2, 5)))
CLAIMS = PaperClaims(
    legal_name="Northmoor Trading Ltd.",
    registration_number="04712358",
    incorporation_date=date(2015, 5, 5),
    country="GB",
    registered_address="12 Mill Lane\nLeeds\nLS6 3QT",
    authorised_users=("Owen Pritchard",),
    holders=HOLDERS,
)


def told(lines, kind, day=DAY, **changed):
    """Reason and outcome of every finding that is no pass."""
    claims = PaperClaims(**{**{f: getattr(CLAIMS, f) for f in CLAIMS.__slots__}, **changed})
    data = lines if isinstance(lines, bytes) else written(*lines)
    findings = check_paper(read_paper(data, "paper.pdf", country="GB"), claims, kind, day=day)
    return {f.reason: f.outcome for f in findings if f.outcome is not Outcome.PASS}


def replaced(lines, old, new):
    return tuple(line.replace(old, new) for line in lines)


def test_ins10_a_good_certificate_has_no_reason_to_be_handed_in_again():
    reading = read_paper(written(*CERTIFICATE), "certificate.pdf", country="GB")
    findings = check_paper(reading, CLAIMS, "registration", day=DAY)
    assert worst_effect(findings) is Effect.NONE
    assert {f.reason for f in findings} <= {None, "not_assessed_not_required"}
    assert len(findings) == 6 + len(CHECKS)


CASES = {
    "paper_wrong_kind": (LETTER, "registration", {}, Outcome.FAIL),
    "paper_name_differs": (CERTIFICATE, "registration", {"legal_name": "Southmoor Traders plc"}, Outcome.FAIL),
    "paper_number_differs": (CERTIFICATE, "registration", {"registration_number": "99999999"}, Outcome.FAIL),
    "paper_incorporation_differs": (
        CERTIFICATE, "registration", {"incorporation_date": date(2014, 1, 1)}, Outcome.FAIL,
    ),
    "paper_address_differs": (
        CERTIFICATE, "registration", {"registered_address": "7 High Street, York, YO1 7HH"}, Outcome.FAIL,
    ),
    "paper_too_old": (replaced(REGISTER, "2026", "2025"), "ownership", {}, Outcome.FAIL),
    "paper_undated": (replaced(REGISTER, "Date: 3 October 2026", ""), "ownership", {}, Outcome.UNSURE),
    "paper_dated_in_future": (replaced(REGISTER, "October 2026", "December 2026"), "ownership", {}, Outcome.FAIL),
    "paper_not_signed": (REGISTER, "ownership", {}, Outcome.FAIL),
    "paper_holders_differ": (
        REGISTER, "ownership", {"holders": (HOLDERS[0], Holder("Nadia Ferrand", Fraction(2, 5)))}, Outcome.FAIL,
    ),
    "paper_user_not_named": (LETTER, "authorisation", {"authorised_users": ("Clara Osborne",)}, Outcome.FAIL),
    "paper_draft": (("DRAFT", *CERTIFICATE), "registration", {}, Outcome.UNSURE),
    "paper_translation_unsworn": ((*CERTIFICATE, "Translation from the Welsh"), "registration", {}, Outcome.UNSURE),
    "paper_expired": (
        ("# BANKING LICENCE", "Licence holder: Northmoor Trading Limited", "Valid until: 30 June 2026"),
        "licence", {}, Outcome.FAIL,
    ),
    "paper_directors_differ": (
        ("# Register of directors", "Northmoor Trading Limited", "", "Name|Position", "Jane Whitcombe|Director"),
        "directors_register", {"directors": ("Jane Whitcombe", "Owen Pritchard")}, Outcome.FAIL,
    ),
    "paper_number_invalid": (
        replaced(CERTIFICATE, "04712358", "123 456 789"), "registration",
        {"country": "FR", "registration_number": "123456789"}, Outcome.UNSURE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_every_reason_has_its_paper(code):
    lines, kind, changed, outcome = CASES[code]
    assert told(lines, kind, **changed).get(code) is outcome


def test_every_reason_of_the_catalogue_is_given_and_has_words_in_every_language():
    own = {r for module in CHECKS for r in module.REASONS if not r.startswith("not_assessed")}
    assert own == set(paper_reasons()) == set(CASES)
    for code in own:
        for locale in APPLICANT_LOCALES:
            said = paper_words(code, locale)
            assert said.title
            assert said.todo.endswith(".")
        assert reviewer_words(code).endswith((".", "?"))
    assert paper_words("pdf_encrypted").title
    with pytest.raises(LocaleUnknown):
        paper_words("paper_expired", "tlh")


@pytest.mark.parametrize("name", ["Northmoor Trading Ltd", "NORTHMOOR TRADING LIMITED", "Northmoor Trading (Ltd.)"])
def test_ins10_a_form_may_be_written_in_every_way(name):
    assert "paper_name_differs" not in told(CERTIFICATE, "registration", legal_name=name)


def test_ins7_a_year_counts_to_the_day():
    last = replaced(REGISTER, "3 October 2026", "1 November 2025")
    day_before = replaced(REGISTER, "3 October 2026", "31 October 2025")
    assert "paper_too_old" not in told(last, "ownership")
    assert told(day_before, "ownership")["paper_too_old"] is Outcome.FAIL


def test_ins6_a_share_that_is_another_is_told_with_both():
    holders = (Holder("Jane Whitcombe", Fraction(1, 2)), Holder("Albion Holdings plc", Fraction(1, 2)))
    reading = read_paper(written(*REGISTER), "register.pdf")
    findings = check_paper(reading, PaperClaims(holders=holders), "ownership", day=DAY)
    (found,) = [f for f in findings if f.check == "paper_lists_match"]
    notes = [(e.to_dict()["values"], e.note) for e in found.evidence if hasattr(e, "note")]
    assert ({"claimed": "Jane Whitcombe, 50 %", "paper": "Jane Whitcombe, 60 %"}, "another share") in notes


def test_a_chart_is_compared_with_the_graph():
    assert "paper_holders_differ" not in told(CHART, "ownership")
    reading = read_paper(written(*CHART), "chart.pdf")
    assert (reading.kind.name, reading.form) == ("ownership", "chart")
    assert {(p.name.value, p.share) for p in reading.listed} == {
        ("Jane Whitcombe", Fraction(3, 5)),
        ("Albion Holdings plc", Fraction(2, 5)),
    }


def test_ins4_a_board_resolution_stands_for_the_letter():
    reading = read_paper(written(*RESOLUTION), "resolution.pdf", country="GB")
    assert (reading.kind.name, reading.form) == ("authorisation", "board_resolution")
    assert reading.fields["authorised_person"].value == "Owen Pritchard"
    assert read_paper(written(*LETTER), "letter.pdf").form == "letter"
    assert told(RESOLUTION, "authorisation", registration_number=None) == {
        "not_assessed_not_required": Outcome.NOT_ASSESSED,
        "not_assessed_no_claims": Outcome.NOT_ASSESSED,
        "paper_not_signed": Outcome.FAIL,
    }


def test_somebody_named_elsewhere_on_the_letter_is_only_doubted():
    signed = (*LETTER, "Clara Osborne")
    assert told(signed, "authorisation", authorised_users=("Clara Osborne",))["paper_user_not_named"] is Outcome.UNSURE


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nbroken", b"no paper at all", written(*REGISTER)[:400]])
@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_file_never_raises_and_never_passes(data, kind):
    reading = read_paper(data, "paper.pdf")
    assert reading.refused is not None
    findings = check_paper(reading, CLAIMS, kind, day=DAY)
    assert Outcome.PASS not in {f.outcome for f in findings}
    assert findings[0].outcome is Outcome.FAIL
    assert effect_of(findings[0]) is Effect.RESUBMIT
    assert reading.to_dict()["refused"] == reading.refused.code


def test_a_kind_that_there_is_not_is_refused():
    with pytest.raises(PaperKindUnknown):
        check_paper(read_paper(written(*LETTER), "x.pdf"), CLAIMS, "love_letter", day=DAY)


def test_what_an_application_says_becomes_claims():
    from fourcorners.institutions import Application, Party

    nodes = [Node("a", NodeKind.ENTITY, "Acme"), Node("j", NodeKind.PERSON, "Jane"), Node("h", NodeKind.ENTITY, "Hold")]
    edges = [
        Edge("1", "h", "a", EdgeKind.SHARES, Fraction(1)),
        Edge("2", "j", "h", EdgeKind.SHARES, Fraction(1, 2)),
        Edge("3", "j", "h", EdgeKind.VOTES, Fraction(1)),
    ]
    application = Application(
        facts={"legal_name": "Acme", "incorporation_date": "2015-05-05", "country": "GB"},
        addresses={"registered": {"lines": "12 Mill Lane", "city": "Leeds", "postcode": "LS6 3QT", "country": "GB"}},
        parties=(Party("1", "Owen", ("director", "authorised_user")),),
        graph=Graph.of(nodes, edges),
        subject="a",
    )
    claims = claims_of(application, day=DAY)
    assert (claims.legal_name, claims.incorporation_date, claims.directors) == ("Acme", date(2015, 5, 5), ("Owen",))
    assert claims.holders == (Holder("Hold", Fraction(1)), Holder("Jane", Fraction(1, 2), "Hold"))
    assert claims.registered_address == "12 Mill Lane\nLS6 3QT Leeds"


def test_ins7_a_paper_becomes_what_the_rules_of_an_application_look_at():
    held = as_held(read_paper(written(*REGISTER), "register.pdf", country="GB"), "ownership")
    assert (held.paper, held.dated, held.expires, held.signed) == ("ownership", date(2026, 10, 3), None, False)

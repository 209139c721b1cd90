"""INS1, INS2, INS4, INS7, INS8, INS9, INS12: a complete application of each kind, and each item taken away by name."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from fourcorners.institutions import (
    Answers,
    Application,
    ApplicationIncomplete,
    Kind,
    KindNotAllowed,
    Paper,
    Party,
    SectionState,
    check_complete,
    check_kind,
    kinds,
    missing,
    needs,
    propose,
    section_states,
)
from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind

TODAY = date(2026, 11, 1)
VARIANTS = [(kind, variant) for kind, entry in kinds().items() for variant in (entry.variants or ("",))]


def graph(kind: Kind) -> Graph:
    is_state = kind is Kind.GOVERNMENT_OWNED
    holder = Node("h", NodeKind.STATE, "Republic") if is_state else Node("h", NodeKind.PERSON, "Ann Lee")
    roles = (EdgeKind.SETTLOR, EdgeKind.TRUSTEE, EdgeKind.BENEFICIARY)
    if kind is Kind.TRUST:
        subject = Node("s", NodeKind.ARRANGEMENT, "Trust")
        return Graph.of([holder, subject], [Edge(role.value, "h", "s", role) for role in roles])
    edges = [Edge("e", "h", "s", EdgeKind.SHARES, Fraction(1))]
    if kind is Kind.GOVERNMENT_OWNED:
        edges.append(Edge("m", "m", "s", EdgeKind.SENIOR_MANAGER))
    nodes = [holder, Node("m", NodeKind.PERSON, "ANN LEE"), Node("s", NodeKind.ENTITY, "Subject")]
    return Graph.of(nodes, edges)


def complete(kind: Kind, variant: str) -> Application:
    wanted = needs(kind, variant=variant, country="CH")
    person = Party(
        "p", "Ann Lee", (*wanted.people, *wanted.people_if_any), birth_date=date(1980, 1, 1), nationality="CH",
        residence="CH", has_identity=True, has_proof_of_address=True,
    )  # fmt: skip
    facts = {"legal_name": "Muster AG", "registration_number": "CHE-100.155.212", "incorporation_date": "2001-02-03"}
    return Application(
        kind=kind,
        variant=variant,
        facts={**facts, "country": "CH", "industry": "trade"},
        addresses={"registered": {"lines": "Gasse 1", "city": "Bern", "postcode": "3011", "country": "CH"}},
        parties=(person,),
        papers=tuple(Paper(key, dated=TODAY, signed=True) for key in wanted.papers),
        graph=graph(kind) if wanted.graph else None,
        subject="s",
        answers={"regulated": "no", **dict.fromkeys(wanted.answers, "stated")},
        questionnaires=wanted.questionnaires,
        attestations=wanted.attestations,
        is_signed=True,
    )


@pytest.mark.parametrize(("kind", "variant"), VARIANTS)
def test_a_complete_application_lacks_nothing(kind, variant):
    application = complete(kind, variant)
    assert missing(application, today=TODAY) == []
    check_complete(application, today=TODAY)
    assert set(section_states(application, today=TODAY).values()) == {SectionState.COMPLETE}


@pytest.mark.parametrize(("kind", "variant"), VARIANTS)
def test_each_missing_item_is_named(kind, variant):
    """INS4: every paper, role, answer, questionnaire and attestation alone."""
    application = complete(kind, variant)
    wanted = needs(kind, variant=variant, country="CH")
    taken = {
        key: replace(application, papers=tuple(p for p in application.papers if p.paper != key))
        for key in wanted.papers
    }
    for key in wanted.attestations:
        taken[key] = replace(application, attestations=tuple(a for a in application.attestations if a != key))
    for key in (*wanted.answers, "regulated"):
        taken[key] = replace(application, answers={k: v for k, v in application.answers.items() if k != key})
    for key in wanted.questionnaires:
        taken[key] = replace(application, questionnaires=())
    for key in wanted.people:
        if key != "owner":  # the owners come out of the graph
            (person,) = application.parties
            taken[key] = replace(
                application, parties=(replace(person, roles=tuple(r for r in person.roles if r != key)),)
            )
    for key, lacking in taken.items():
        assert [item.item for item in missing(lacking, today=TODAY)] == [key]
        with pytest.raises(ApplicationIncomplete) as refused:
            check_complete(lacking, today=TODAY)
        assert refused.value.fields["items"] == [key]
    assert len(taken) > 8


def test_an_owner_whom_the_graph_shows_must_be_named_among_the_people():
    """INS4, INS6: by the node that they are, or by their name however it is spelled."""
    application = complete(Kind.PRIVATE_COMPANY, "company")
    (person,) = application.parties
    assert [i.item for i in missing(replace(application, parties=(replace(person, name="B"),)), today=TODAY)] == [
        "owner.h"
    ]
    assert missing(replace(application, parties=(replace(person, name="B", node="h"),)), today=TODAY) == []


def test_nothing_entered_is_empty_and_something_is_partial():
    """INS2."""
    assert set(section_states(Application(), today=TODAY).values()) == {SectionState.EMPTY}
    begun = section_states(
        replace(complete(Kind.PRIVATE_COMPANY, "company"), is_signed=False, attestations=("terms",)), today=TODAY
    )
    assert (begun["attestations"], begun["review_and_sign"]) == (SectionState.PARTIAL, SectionState.EMPTY)
    wrong = replace(
        complete(Kind.PRIVATE_COMPANY, "company"), facts={"legal_name": "X", "incorporation_date": "2030-01-01"}
    )
    assert section_states(wrong, today=TODAY)["basic_info"] is SectionState.ERROR


def test_a_chart_is_signed_and_of_the_last_twelve_months():
    """INS7: a year ago to the day still counts, the day before does not."""
    application = complete(Kind.PRIVATE_COMPANY, "company")

    def with_chart(**changed: object) -> list[str]:
        papers = tuple(replace(p, **changed) if p.paper == "ownership" else p for p in application.papers)
        return [item.item for item in missing(replace(application, papers=papers), today=TODAY)]

    assert with_chart(dated=date(2025, 11, 1)) == []
    assert with_chart(dated=date(2025, 10, 31)) == ["ownership"]
    assert with_chart(dated=TODAY + timedelta(days=1)) == ["ownership"]
    assert with_chart(dated=None) == ["ownership"]
    assert with_chart(signed=False) == ["ownership"]


def test_half_a_state_is_a_state():
    """INS8."""
    half = Fraction(1, 2)
    check_kind(Kind.GOVERNMENT_OWNED, state_share=half, listed=False)
    check_kind(Kind.PRIVATE_COMPANY, state_share=half - Fraction(1, 10**9), listed=False)
    for kind, share, listed in [
        (Kind.PRIVATE_COMPANY, half, False),
        (Kind.GOVERNMENT_OWNED, half - Fraction(1, 10**9), False),
        (Kind.FAMILY_OFFICE, Fraction(0), True),
    ]:
        with pytest.raises(KindNotAllowed):
            check_kind(kind, state_share=share, listed=listed)


def test_a_trust_needs_its_roles_and_an_entity_trustee_its_owners():
    """INS9."""
    application = complete(Kind.TRUST, "")
    trustee = Party("t", "Trustees Ltd", ("trustee",), is_entity=True)
    described = Party("b", "All grandchildren", ("beneficiary",), is_class=True)
    items = missing(replace(application, parties=(*application.parties, trustee, described)), today=TODAY)
    assert [item.item for item in items] == ["t.owners"]


def test_who_is_regulated_fills_in_the_questionnaire():
    """INS12."""
    application = complete(Kind.PRIVATE_COMPANY, "company")
    items = missing(replace(application, answers={"regulated": "yes"}), today=TODAY)
    assert [item.item for item in items] == ["aml_programme"]


def test_the_adviser_asks_until_an_answer_decides_and_says_which():
    """INS1: every kind can be reached, and nothing is asked after it is decided."""
    assert propose(Answers()).next_question == "is_trust"
    no = {"is_trust": False, "state_share": Fraction(0), "is_pooled": False, "is_listed": False}
    rest = {"distributes_no_profit": False, "is_financial": False, "is_for_one_family": False, "is_partnership": False}
    reached = {
        propose(Answers(**answers)).kind
        for answers in (
            {"is_trust": True},
            {"is_trust": False, "state_share": Fraction(1, 2)},
            {**no, "is_pooled": True, "open_to_public": True},
            {**no, "is_pooled": True, "open_to_public": False},
            {**no, "is_listed": True},
            {**no, "distributes_no_profit": True},
            {**no, **rest, "is_financial": True},
            {**no, **rest, "is_for_one_family": True},
            {**no, **rest, "is_one_person": False},
        )
    }
    assert reached == set(Kind)
    partnership = propose(Answers(**{**no, **rest, "is_partnership": True}))
    assert (partnership.kind, partnership.variant) == (Kind.PRIVATE_COMPANY, "partnership")
    assert "partnership" in partnership.why

"""The scorecard: every line explained, nothing safer by a riskier answer (INS6: thresholds, INS16: four eyes)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourcorners.institutions import Application, Kind, Party
from fourcorners.institutions.ownership import Edge, EdgeKind, Graph, Node, NodeKind, threshold
from fourcorners.institutions.risk import answers_for, answers_of, assess_risk, factors, score
from fourcorners.kit.data import load_toml

DAY = date(2026, 11, 1)
CARD = load_toml("fourcorners.institutions.risk", "scorecard.toml")
ORDER = {"level": ["low", "medium", "high"], "threshold": ["standard", "raised", "high"]}


def answers(**chosen: str) -> dict[str, tuple[str, str]]:
    """The least risky answer everywhere but where chosen."""
    return {factor: (chosen.get(factor, answers_of(factor)[0]), "") for factor in factors()}


def holding(owner: str, owned: str, **more: object) -> Edge:
    return Edge(f"{owner}-{owned}", owner, owned, EdgeKind.SHARES, Fraction(1), **more)


def person(name: str, country: str = "SE") -> Node:
    return Node(name, NodeKind.PERSON, name, country)


def entity(name: str, country: str = "SE") -> Node:
    return Node(name, NodeKind.ENTITY, name, country)


def test_whoever_answers_well_is_low_and_whoever_says_nothing_is_not():
    best, nothing = score(answers()), score({})
    assert (best.total, best.level, best.diligence, best.threshold, best.four_eyes) == (
        0,
        "low",
        "simplified",
        "standard",
        False,
    )
    assert nothing.level == "high"
    assert all(line.points >= best.lines[n].points for n, line in enumerate(nothing.lines))


@pytest.mark.parametrize(
    ("chosen", "level", "limit", "four_eyes", "months"),
    [
        ({}, "low", Fraction(1, 4), False, 60),
        ({"kind": "trust", "industry": "high"}, "medium", Fraction(1, 4), False, 36),
        ({"kind": "trust", "industry": "high", "nominees": "yes"}, "medium", Fraction(3, 20), False, 36),
        ({"registered_country": "call_for_action"}, "high", Fraction(1, 10), True, 12),
        ({"exposed": "exposed"}, "high", Fraction(1, 10), True, 12),
        ({"screening": "true_match"}, "high", Fraction(1, 10), True, 12),
    ],
)
def test_what_follows_from_the_card(chosen, level, limit, four_eyes, months):
    risk = score(answers(**chosen))
    assert (risk.level, threshold(risk.threshold)) == (level, limit)
    assert (risk.four_eyes, risk.review_after_months) == (four_eyes, months)


@pytest.mark.parametrize("factor", factors())
def test_answers_of_a_factor_stand_in_order_of_risk_and_say_why(factor):
    entries = CARD["factors"][factor]["answers"]
    points = [entry["points"] for entry in entries]
    assert points == sorted(points)
    assert all(entry["why"].endswith(".") for entry in entries)
    assert CARD["factors"][factor]["source"]
    if any("level" in entry for entry in entries):
        assert "level" in entries[-1], "whoever answers worse is not better off"


ANSWERS = st.fixed_dictionaries({factor: st.sampled_from(answers_of(factor)) for factor in factors()})


@given(ANSWERS, st.data())
def test_a_riskier_answer_never_lowers_anything(chosen, data):
    factor = data.draw(st.sampled_from(factors()))
    worse = data.draw(st.sampled_from(answers_of(factor)[answers_of(factor).index(chosen[factor]) :]))
    before, after = (score({k: (v, "") for k, v in given.items()}) for given in (chosen, chosen | {factor: worse}))
    assert after.total >= before.total
    for what, order in ORDER.items():
        assert order.index(getattr(after, what)) >= order.index(getattr(before, what))
    assert after.four_eyes >= before.four_eyes
    assert after.review_after_months <= before.review_after_months
    assert before.total == sum(line.points for line in before.lines)
    assert score({k: (v, "") for k, v in chosen.items()}) == before


def test_an_answer_that_the_card_does_not_know_is_never_the_safe_one():
    assert score(answers(screening="whatever")).level == "high"
    assert score(answers(kind="whatever")).lines[2].answer == "unknown"


def test_lists_of_countries_say_whose_they_are_and_of_when():
    for listed in CARD["lists"].values():
        assert date.fromisoformat(listed["as_of"]) < DAY
        assert "FATF" in listed["source"]
        assert listed["countries"] == sorted(set(listed["countries"]))


def application(**more: object) -> Application:
    plain = {
        "kind": Kind.PRIVATE_COMPANY,
        "facts": {"country": "SE", "industry": "Software for dentists"},
        "parties": (Party("p1", "Anna Ek", ("officer",), nationality="SE", residence="SE"),),
        "answers": {"bearer_shares": "no", "monthly_volume": "50,000 EUR"},
        "graph": Graph.of([entity("co"), person("anna")], [holding("anna", "co")]),
        "subject": "co",
    }
    return Application(**(plain | more))


def test_an_ordinary_company_is_low_risk():
    risk = assess_risk(application(), today=DAY, screening="no_hits")
    assert (risk.level, risk.total) == ("low", 6)
    assert {line.factor: line.value for line in risk.lines}["depth"] == "1 level"
    assert risk.to_dict()["lines"][0]["why"].startswith("No registered")


@pytest.mark.parametrize(
    ("more", "factor", "answer"),
    [
        ({"addresses": {"business": {"country": "ir"}}}, "registered_country", "call_for_action"),
        ({"parties": (Party("p", "A", (), residence="KE"),)}, "people_countries", "increased_monitoring"),
        ({"facts": {"industry": "Gold and diamonds"}}, "industry", "high"),
        ({"facts": {"industry": "Gardening", "products": "Escorts to the airport"}}, "industry", "high"),
        ({"facts": {"industry": "Goldsmithing tools"}}, "industry", "ordinary"),
        ({"facts": {}}, "industry", "unknown"),
        ({"answers": {"monthly_volume": "about 2'500'000"}}, "volume", "under_10000000"),
        ({"answers": {"monthly_volume": "12.000.000 - 15.000.000"}}, "volume", "more"),
        ({"answers": {"monthly_volume": "2 million"}}, "volume", "unknown"),
        ({"answers": {"bearer_shares": "yes"}}, "bearer_shares", "yes"),
        ({"answers": {}}, "bearer_shares", "unknown"),
        ({"graph": None}, "nominees", "unknown"),
        ({"kind": None}, "kind", "unknown"),
    ],
)
def test_answers_are_read_from_the_application(more, factor, answer):
    risk = assess_risk(application(**more), today=DAY)
    assert {line.factor: line.answer for line in risk.lines}[factor] == answer


def test_tangled_ownership_is_seen():
    nodes = [entity("co"), entity("a"), entity("b"), entity("c"), person("anna"), person("nils")]
    nodes += [Node("t", NodeKind.ARRANGEMENT, "Family trust"), Node("s", NodeKind.STATE, "Kingdom")]
    edges = [holding("a", "co"), holding("b", "a"), holding("c", "b"), holding("t", "c", bearer=True)]
    edges += [
        Edge("n", "nils", "a", EdgeKind.SHARES, Fraction(0), held_for="anna"),
        holding("a", "c"),
        holding("s", "c"),
    ]
    found = answers_for(application(graph=Graph.of(nodes, edges)), today=DAY)
    assert {name: found[name][0] for name in ("depth", "complexity", "nominees", "arrangements", "bearer_shares")} == {
        "depth": "4",
        "complexity": "circular",
        "nominees": "yes",
        "arrangements": "yes",
        "bearer_shares": "yes",
    }
    assert found["bearer_shares"][1] == "1 holding"
    assert found["exposed"] == ("state_body", "Kingdom")
    assert answers_for(application(), today=DAY, exposed=["Anna"])["exposed"] == ("exposed", "Anna")


def test_every_kind_and_every_answer_read_is_one_of_the_card():
    assert set(answers_of("kind")) == {*Kind, "unknown"}
    for screening in ("no_hits", "not_screened", "open", "true_match"):
        for factor, (answer, _) in answers_for(application(), today=DAY, screening=screening).items():
            assert answer in answers_of(factor)

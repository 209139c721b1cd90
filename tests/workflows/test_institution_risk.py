"""INS6, INS16: the scorecard goes into the assessment, and what follows from it is kept with the institution."""

from fourcorners.institutions.queries import find_assessment, get_institution, read_assessment
from institution_cases import in_review


def card(floor, institution):
    with floor.database.read() as db:
        done = find_assessment(db, institution)
        return done, read_assessment(db, done)["risk"]


def test_an_assessment_holds_the_card_line_by_line(floor):
    institution = in_review(floor)
    done, risk = card(floor, institution)
    assert risk["total"] == sum(line["points"] for line in risk["lines"])
    assert {line["factor"]: line["answer"] for line in risk["lines"]}["screening"] == "not_screened"
    assert "risk_not_assessed" not in done.reasons
    with floor.database.read() as db:
        assert get_institution(db, institution).risk == risk["level"] == done.risk


def test_an_exposed_person_makes_it_high(floor):
    done, risk = card(floor, in_review(floor, exposed=True))
    assert (risk["level"], risk["threshold"], risk["four_eyes"]) == ("high", "high", True)
    assert "risk_high" in done.reasons

"""What the library says of an institution's files: its papers, and photos of its people's documents."""

from datetime import date

import pytest

from fourcorners import specimens
from fourcorners.institutions.actions import change_party, sign
from fourcorners.institutions.queries import find_assessment, get_institution, read_assessment
from institution_cases import begin, fill_in, give_paper, hand_over, work_off

ISSUED = date(2024, 3, 1)


@pytest.fixture(scope="module")
def passport():
    """A photo of a passport, and whose it is."""
    drawn = specimens.draw("passport", seed=21, issue_date=ISSUED, expiry_date=date(2034, 3, 1))
    photo = specimens.capture(drawn, "genuine", severity=0.3, seed=21, size=(1500, 2000))
    return specimens.file_bytes(photo), drawn.holder


def test_a_persons_document_is_read_and_compared(sqlite_floor, passport):
    photo, holder = passport
    institution = begin(sqlite_floor)
    person = fill_in(sqlite_floor, institution)
    give_paper(sqlite_floor, institution, "identity_page", person, data=photo)
    name = f"{holder.given_names} {holder.family_name}"
    changes = {"name": name, "birth_date": "1950-02-03", "identity_number": holder.document_number, "nationality": None}
    with sqlite_floor.database.write() as db:
        change_party(db, institution, person, actor="edi", changes={**changes, "nationality": "CH"}, seen=1)
        sign(db, institution, actor="edi", signer=name, kind="typed")
    hand_over(sqlite_floor, institution)
    work_off(sqlite_floor)
    with sqlite_floor.database.read() as db:
        done = find_assessment(db, institution)
        found = read_assessment(db, done)
    told = found["people"][person]
    assert told["document"]["assessed"] is True
    assert told["document"]["name_agrees"] is True
    assert told["document"]["read"]["fields"]["document_number"]["value"] == holder.document_number
    assert "claims_disagree" in told["problems"], "another birth date was entered"
    assert "people_unclear" in done.reasons


def test_papers_are_compared_with_what_was_entered(sqlite_floor):
    institution = begin(sqlite_floor)
    person = fill_in(sqlite_floor, institution)
    hand_over(sqlite_floor, institution)
    work_off(sqlite_floor)
    with sqlite_floor.database.read() as db:
        found = read_assessment(db, find_assessment(db, institution))
        assert get_institution(db, institution).state == "under_review"
    papers = {paper["paper"]: paper for paper in found["papers"]}
    assert "paper_wrong_kind" in papers["articles"]["problems"]
    assert papers["articles"]["reading"]["pages"] == 1
    assert "papers_disagree" in found["reasons"]
    assert found["people"][person]["document"] == {"assessed": False, "cause": "pdf", "problems": []}

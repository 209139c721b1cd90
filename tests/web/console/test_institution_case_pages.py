"""INS16, INS14, INS6: an institution's case in the console, by forms: who sees what, rulings, question, decision."""

import html
import io
import json
import re
import zipfile

import pytest

from fourcorners.clearance.actions import answer
from fourcorners.clearance.institutions import standings
from fourcorners.clearance.queries import find_review, list_decisions
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions.actions import begin_change, hand_in_for_change, sign, submit_change
from fourcorners.institutions.actions.users import get_change
from fourcorners.institutions.queries import get_institution
from fourcorners.screening.lists import import_list
from institution_cases import (
    GRAPH,
    PERSON,
    approved,
    begin,
    fill_in,
    give_paper,
    hand_over,
    in_review,
    pdf,
    save,
    work_off,
)
from institution_reviewing import at, entering, marks


@pytest.fixture
def enter(sqlite_floor):
    """Sign in as a role; gives a browser."""
    return entering(sqlite_floor)


def said(page):
    return html.unescape(page.text)


def state(floor, case):
    with floor.database.read() as db:
        return get_institution(db, case).state


def refused(page, words, status):
    return page.status_code == status and words in said(page)


def test_who_sees_what_and_every_look_is_noted(enter, sqlite_floor):
    """INS16: names, papers and what was entered for those who review; codes and measures for the others."""
    case = in_review(sqlite_floor)
    reviewer, developer = enter(), enter("developer")
    queue = said(reviewer.get("/console/queue?kind=institution"))
    assert at(case) in queue
    assert "Privately owned company" in queue
    assert at(case) not in reviewer.get("/console/queue?kind=person").text
    page = said(reviewer.get(at(case)))
    for shown in ("Muster Handel AG", "Owns a share of the capital", "No paper stands behind a holding", "192.0.2.7",
                  "Not screened: there is no list.", "<svg", "Gasse 1", "X1234567", "kind of paper"):  # fmt: skip
        assert shown in page, shown
    link = re.search(r'href="(/console/pictures/[^"]+)"', page)[1]
    assert reviewer.get(link).headers["content-type"] == "image/jpeg"
    assert reviewer.get(link.replace("page=0", "page=1")).status_code == 404, "the seal holds the page"
    bare = said(developer.get(at(case)))
    for kept in ("Muster", "Ann Lee", "192.0.2.7", "X1234567", "Gasse", "<textarea", "/console/pictures/", "<desc"):
        assert kept not in bare, kept
    assert "ownership_unclear" in bare
    assert developer.fill(f"{at(case)}/rule", at(case), item="section:type", ruling="accept").status_code == 403
    assert enter("administrator").get(at(case)).status_code == 403
    with sqlite_floor.database.read() as db:
        seen = [e.actor for e in db.query(AuditEvent).where(AuditEvent.action == "case.seen", AuditEvent.owner == case)]
    assert {reviewer.account, developer.account} <= set(seen)


def test_the_graph_is_told_with_its_proof_and_what_to_look_at(enter, sqlite_floor):
    """INS6: every chain with its product, circles, nominees and bearer shares by name, the paper behind a holding."""
    case = begin(sqlite_floor)
    register = give_paper(sqlite_floor, case, "supplement_letter").id
    fill_in(sqlite_floor, case, sign_it=False)
    edge = GRAPH["edge:e1"]
    drawn = {
        "node:mid": {"id": "mid", "kind": "entity", "name": "Mitte GmbH"},
        "edge:e1": {**edge, "share": "40 %", "documents": [register]},
        "edge:e2": {"id": "e2", "owner": "mid", "owned": "own", "kind": "shares", "share": "60 %"},
        "edge:e3": {"id": "e3", "owner": "own", "owned": "mid", "kind": "shares", "share": "50 %"},
        "edge:e4": {"id": "e4", "owner": "ann", "owned": "mid", "kind": "shares", "share": "50 %", "bearer": True},
    }
    save(sqlite_floor, case, "ownership", drawn)
    with sqlite_floor.database.write() as db:
        sign(db, case, actor="edi_test", signer="Ann Lee", kind="typed", address="192.0.2.7")
    hand_over(sqlite_floor, case)
    work_off(sqlite_floor)
    page = re.sub(r"<[^>]+>|\s+", " ", said(enter().get(at(case))).split('id="owners"')[1].split('id="people"')[0])
    page = re.sub(r" +", " ", page)
    assert register not in page, "a paper is told by its kind and file, not by its number"
    for told in ("100 %", "40 % Ann Lee → Muster Handel AG Supplement", "50 % Ann Lee → Mitte GmbH no paper",
                 "60 % Mitte GmbH → Muster Handel AG no paper", "for the circles back to",
                 "There are bearer shares", "Ann Lee → Mitte GmbH"):  # fmt: skip
        assert told in page, told


def test_items_are_ruled_on_as_they_were_seen(enter, sqlite_floor):
    """Accepted, refused with the words that the institution reads; what changed since it was looked at is not taken."""
    case = in_review(sqlite_floor)
    reviewer = enter()
    shown = marks(reviewer.get(at(case)))
    accepted = reviewer.rule(case, "section:addresses")
    assert accepted.url.path == at(case)
    assert "Accepted by Ada" in said(accepted)
    assert reviewer.rule(case, "section:addresses", mark=shown["section:addresses"]).status_code == 200, "twice is once"
    item = next(name for name in shown if name.startswith("paper:"))
    assert refused(reviewer.rule(case, item, "refuse"), "Choose at least one reason", 422)
    told = said(reviewer.rule(case, item, "refuse", reason="paper_incomplete", note="Page 2 lacks"))
    assert "Pages are missing" in told
    assert "Page 2 lacks" in told
    mail = told.split("The mail that a refusal sends")[1]
    assert "Certificate of incorporation" in mail
    assert "Send every page in one file." in mail
    assert refused(reviewer.rule(case, "section:basic_info", mark="0" * 64), "after you opened this case", 409)
    assert reviewer.rule(case, "section:nothing", mark="0" * 64).status_code == 404
    assert reviewer.rule(case, "section:basic_info", "perhaps", mark="x").status_code == 422
    with sqlite_floor.database.read() as db:
        found = standings(db, case)
    assert [found[i].accepted for i in ("section:addresses", item, "section:basic_info")] == [True, False, None]


def test_the_mail_of_a_refusal_is_in_the_language_of_the_institution(enter, sqlite_floor):
    case = in_review(sqlite_floor, locale="de")
    reviewer = enter()
    shown = marks(reviewer.get(at(case)))
    item = next(name for name in shown if name.startswith("paper:"))
    told = said(reviewer.rule(case, item, "refuse", mark=shown[item], reason="paper_incomplete"))
    mail = told.split("The mail that a refusal sends")[1]
    assert "Rückmeldung zum Antrag für Muster Handel AG" in mail
    assert "Registerauszug:" in mail
    assert "Es fehlen Seiten. Senden Sie alle Seiten in einer Datei." in mail


def test_hits_on_lists_stand_in_the_case_and_stop_its_approval(enter, sqlite_floor, tmp_path):
    """INS16: who is like an entry, linked to where it is decided, undecided ones first."""
    path = tmp_path / "list.json"
    rows = [
        {"id": "e1", "schema": "Person", "properties": {"name": ["Lee, Ann"]}},
        {"id": "e2", "schema": "Company", "properties": {"name": ["Muster Handel"]}},
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    import_list(sqlite_floor.database, sqlite_floor.blobs, path, "eu", actor="acc_1")
    case = in_review(sqlite_floor)
    reviewer = enter()
    page = said(reviewer.get(at(case))).split('id="screening"')[1].split("</section>")[0]
    assert "Screened against eu" in page
    found = re.findall(r'href="(/console/hits/hit_\w+)"', page)
    assert len(found) == 2
    assert "Lee, Ann" in page
    for item in marks(reviewer.get(at(case))):
        reviewer.rule(case, item)
    assert refused(reviewer.decide(at(case), "approve"), "Hits on lists stop this", 409)
    reviewer.fill(f"{found[0]}/decide", found[0], answer="not_same", note="Born elsewhere")
    page = said(reviewer.get(at(case))).split('id="screening"')[1].split("</section>")[0]
    assert re.findall(r'href="(/console/hits/hit_\w+)"', page) == [found[1], found[0]], "undecided ones first"
    assert "Born elsewhere" in page
    bare = said(enter("developer").get(at(case)))
    assert "Screened against eu" in bare
    assert "Lee, Ann" not in bare


def test_a_case_that_somebody_else_has_taken(enter, sqlite_floor):
    case = in_review(sqlite_floor)
    one, two, senior = enter(), enter(name="two"), enter("senior_reviewer")
    assert one.fill("/console/queue/next", "/console/queue").url.path == at(case)
    mark = marks(one.get(at(case)))["section:type"]
    assert not marks(two.get(at(case))), "nothing is offered that would be refused"
    assert refused(two.rule(case, "section:type", mark=mark), "Somebody else is working", 409)
    assert senior.fill(f"{at(case)}/assign", at(case), to=two.account).status_code == 200
    assert "Accepted by Ada" in said(two.rule(case, "section:type"))
    assert two.fill(f"{at(case)}/release", at(case)).status_code == 200
    assert "Nobody has taken it" in one.get(at(case)).text


def test_a_question_its_answer_and_an_approval_by_two(enter, sqlite_floor):
    """INS16: asked by mail, answered with a paper, which is new to the eye; four eyes while the risk asks for them."""
    case = in_review(sqlite_floor, exposed=True)
    one, two = enter(), enter(name="two")
    assert "Who is Mr Blue?" in said(one.fill(f"{at(case)}/ask", at(case), text="Who is Mr Blue?"))
    with sqlite_floor.database.read() as db:
        assert "Who is Mr Blue?" in read_mail(db, list_mails(db, case)[0].id).text
    assert "Asked for something" in one.get(at(case)).text
    supplement = give_paper(sqlite_floor, case, "supplement_letter").id
    with sqlite_floor.database.write() as db:
        answer(db, case, actor="edi_test", text="He left in May.")
    work_off(sqlite_floor)
    page = said(one.get(at(case)))
    assert "He left in May." in page
    assert f"paper:{supplement}" in marks(one.get(at(case)))
    assert refused(one.decide(at(case), "approve"), "Every item must be accepted first. These are not:", 409)
    for item in marks(one.get(at(case))):
        assert one.rule(case, item).status_code == 200
    key = {"key": "dec_01jdkz6b3mfhvs5tq9w8e0r2xy"}
    for _ in range(2):
        assert one.decide(at(case), "approve", seen="0", **key).status_code == 200, "a double click decides once"
    assert 'id="decision"' not in one.get(at(case)).text, "nobody seconds themselves"
    assert refused(two.decide(at(case), "approve", seen="0"), "after you opened this case", 409)
    assert "Ada proposed: Approve" in said(two.get(at(case)))
    assert two.decide(at(case), "approve").status_code == 200
    assert state(sqlite_floor, case) == "approved"
    with sqlite_floor.database.read() as db:
        assert [(d.by, d.standing) for d in list_decisions(db, case)] == [(b.account, "effective") for b in (one, two)]
    assert refused(two.fill(f"{at(case)}/decide", at(case), outcome="reject", reason="kind_wrong"), "was quicker", 409)


def test_a_refusal_its_mail_and_opened_again_with_what_changed(enter, sqlite_floor):
    """INS3: the preview is the mail that is sent; a senior opens it again; the page shows what is new."""
    case = in_review(sqlite_floor)
    senior, reviewer = enter("senior_reviewer"), enter()
    assert refused(senior.decide(at(case), "reject"), "Choose at least one reason", 422)
    assert senior.decide(at(case), "maybe").status_code == 422
    shown = said(senior.fill(f"{at(case)}/preview", at(case), outcome="reject", reason="source_of_funds_unclear"))
    assert "It is not clear where the funds come from" in shown.split("The mail that a refusal sends")[1]
    assert state(sqlite_floor, case) == "under_review"
    senior.decide(at(case), "reject", reason="source_of_funds_unclear", note="Asked twice")
    work_off(sqlite_floor)
    assert state(sqlite_floor, case) == "rejected"
    with sqlite_floor.database.read() as db:
        sent = read_mail(db, list_mails(db, case)[0].id)
    words = "- It is not clear where the funds come from. Say where they come from"
    assert words in sent.text
    assert words in shown
    assert reviewer.fill(f"{at(case)}/reopen", at(case)).status_code == 403
    assert "the institution is changing it" in senior.fill(f"{at(case)}/reopen", at(case)).text
    save(sqlite_floor, case, "additional_info", {"source_of_funds": "Sales of cheese"})
    save(sqlite_floor, case, "addresses", {"registered.lines": "Gasse 2"})
    with sqlite_floor.database.write() as db:
        sign(db, case, actor="edi_test", signer="Ann Lee", kind="typed", address="192.0.2.7")
    hand_over(sqlite_floor, case)
    work_off(sqlite_floor)
    now = said(reviewer.get(at(case)))
    assert "<del>Gasse 1</del>" in now
    assert "not there before" in now.split("Sales of cheese")[1][:200]


def test_a_review_before_its_time_and_another_authorised_user(enter, sqlite_floor):
    """INS14: both users side by side, the letter, the new one's files; access moves with the approval of two."""
    case = approved(sqlite_floor, exposed=True)
    senior, one, two = enter("senior_reviewer"), enter(), enter(name="two")
    with sqlite_floor.database.write() as db:
        change = begin_change(db, case, actor="edi_test", values={**PERSON, "name": "Bob Ray", "node": ""}).id
        for paper in ("authorisation", "identity_page", "proof_of_address"):
            data, media = pdf(f"new {paper}"), "application/pdf"
            hand_in_for_change(
                db, sqlite_floor.blobs, change, actor="edi_test", paper=paper, data=data, media_type=media
            )
        submit_change(db, change, actor="edi_test")
    work_off(sqlite_floor)
    there = f"/console/changes/{change}"
    assert there in said(one.get("/console/queue?kind=user_change"))
    assert f'href="{there}">Look at the change' in said(one.get(at(case)))
    page = said(one.get(there))
    assert all(word in page for word in ("Ann Lee", "Bob Ray", "Authorisation", "Photo page", "Muster Handel AG"))
    new = page.split("Named instead")[1]
    asked = ("1 January 1980", "Switzerland", "X1234567", "1 January 2031", "ann@example.org", "Authorised user")
    assert [new.index(value) for value in asked] == sorted(new.index(value) for value in asked), "as it is asked for"
    assert 'href="#desk"' in page
    assert "Bob Ray" not in said(enter("developer").get(there))
    assert refused(one.decide(there, "reject"), "Choose at least one reason", 422)
    shown = said(one.fill(f"{there}/preview", there, reason="user_not_authorised"))
    assert "stays the same" in shown.split("The mail that a refusal sends")[1]
    for reviewer in (one, two):
        assert reviewer.decide(there, "approve").status_code == 200
    work_off(sqlite_floor)
    with sqlite_floor.database.read() as db:
        row = get_institution(db, case)
        assert row.user_party == get_change(db, change).new_party
        before = row.review_on
    assert one.fill(f"{at(case)}/review", at(case)).status_code == 403
    assert "looking through its application" in senior.fill(f"{at(case)}/review", at(case)).text
    with sqlite_floor.database.read() as db:
        row = get_institution(db, case)
        assert (row.state, row.renewing, row.review_on < before) == ("approved", True, True)
        assert find_review(db, case).closed_at is not None
    assert one.get(f"/console/institutions/{change}").status_code == 404
    assert one.get(f"/console/changes/{case}").status_code == 404


def test_compliance_hands_out_what_is_kept(enter, sqlite_floor):
    case = in_review(sqlite_floor)
    assert enter("senior_reviewer").fill(f"{at(case)}/export", at(case)).status_code == 403
    answer = enter("compliance_officer").fill(f"{at(case)}/export", at(case))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "Muster Handel AG" in archive.read("data.json").decode()

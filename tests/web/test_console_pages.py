"""The console, page by page: who sees what, forms that decide once, links to pictures that run out, policy."""

import html
import io
import json
import re
import zipfile

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from cases import because, settled_case
from fourcorners.accounts import Role
from fourcorners.clearance.queries import find_review, list_decisions, list_messages, read_text
from fourcorners.infra.audit import AuditEvent
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.people import State
from fourcorners.people.consents import BIOMETRIC, agree
from fourcorners.people.queries import get_verification, state_of
from fourcorners.privacy import withdraw_consent
from fourcorners.web import create_app
from fourcorners.web.console.pictures import LINK_S
from signing_tools import add_member

TOLD = (because("head_covered", "review", "selfie"),)


class Visitor(TestClient):
    """A browser that sends the forms that it was shown."""

    def fill(self, path, shown_at, **fields):
        page = self.get(shown_at)
        token = re.search(r'name="form_token" value="(\w+)"', page.text)[1]
        return self.post(path, data={"form_token": token, **fields})


@pytest.fixture
def enter(sqlite_floor):
    """Sign in as a role; gives a browser."""
    app = create_app(sqlite_floor)
    opened = {}

    def sign_in(role, name="one"):
        account, session = add_member(sqlite_floor.database, f"{role}.{name}@example.org", Role(role))
        headers = {"accept": "text/html", "accept-language": "en"}
        visitor = Visitor(app, base_url=sqlite_floor.settings.public_url, headers=headers)
        visitor.cookies.set(app.state.site.cookie("session"), session.token)
        opened[account] = visitor
        visitor.account = account
        return visitor

    return sign_in


@pytest.fixture
def case(sqlite_floor):
    return settled_case(sqlite_floor, "review", because=TOLD)[0]


def at(case):
    return f"/console/cases/{case}"


def form_of(page):
    """The hidden fields of the decision on a page."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in ("key", "seen")}


def said(page):
    return html.unescape(page.text)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("reviewer", {"/console/overview", "/console/queue"}),
        ("senior_reviewer", {"/console/overview", "/console/queue", "/console/policy"}),
        ("compliance_officer", {"/console/overview", "/console/queue", "/console/policy"}),
        ("developer", {"/console/overview", "/console/queue"}),
        ("administrator", set()),
    ],
)
def test_who_may_open_which_page(enter, case, role, seen):
    visitor = enter(role)
    for path in ("/console/overview", "/console/queue", "/console/policy"):
        assert visitor.get(path).status_code == (200 if path in seen else 403), path
    assert visitor.get(at(case)).status_code == (200 if seen else 403)
    assert visitor.get("/console").status_code == 200


def test_nobody_sees_a_case_without_signing_in(sqlite_floor, case):
    visitor = TestClient(create_app(sqlite_floor), base_url=sqlite_floor.settings.public_url)
    for path in (at(case), "/console/queue", "/console/policy/1"):
        answer = visitor.get(path, headers={"accept": "text/html"}, follow_redirects=False)
        assert answer.status_code in (303, 307, 401), path


def test_a_developer_sees_codes_but_nobody(enter, case):
    page = said(enter("developer").get(at(case)))
    assert "head_covered" in page
    assert "no names, pictures" in page
    for private in ("Eriksson", "Anna Maria", "L898902C3", "1974", "/console/pictures/", "anna@", "textarea"):
        assert private not in page


def test_a_reviewer_sees_whom_it_is_about(enter, case):
    page = said(enter("reviewer").get(at(case)))
    assert "Anna Maria Eriksson" in page
    assert page.count("/console/pictures/") >= 2


def test_a_reviewer_is_told_that_no_machine_may_compare_the_face_any_more(enter, case, sqlite_floor):
    visitor = enter("reviewer")
    assert "taken back" not in said(visitor.get(at(case)))
    with sqlite_floor.database.write() as db:
        owner = get_verification(db, case).applicant_id
        agree(db, owner, BIOMETRIC, actor=owner, text="text", locale="en")
        withdraw_consent(db, owner, actor=owner)
    assert "Consent to the comparison of faces taken back on 1 November 2026" in said(visitor.get(at(case)))


def test_address_live_check_and_who_is_alike(enter, sqlite_floor):
    other, _ = settled_case(sqlite_floor, "approve")
    with sqlite_floor.database.read() as db:
        owner = get_verification(db, other).applicant_id
    more = {
        "address": {"compared": {"name": {"claimed": "A. Eriksson", "read": "ANNA E", "outcome": "different"}}},
        "live": {"code": "liveness_failed", "steps": [{"step": "nod", "passed": True}], "reasons": ["recaptured"]},
        "matches": {"document": [owner], "person": [], "faces": [[owner, 0.2]]},
    }
    case, _ = settled_case(sqlite_floor, "review", because=TOLD, more=more)
    reviewer, senior, developer = (said(enter(r).get(at(case))) for r in ("reviewer", "senior_reviewer", "developer"))
    assert all(word in reviewer for word in ("ANNA E", "differs", "liveness_failed", "recaptured", "1 other applicant"))
    assert (at(other) in reviewer, at(other) in senior) == (False, True)
    assert ("ANNA E" in developer, "recaptured" in developer, "liveness_failed" in developer) == (False, False, True)


def test_every_view_is_in_the_audit_log(enter, case, sqlite_floor):
    visitor = enter("reviewer")
    visitor.get(at(case))
    with sqlite_floor.database.read() as db:
        seen = db.query(AuditEvent).where(AuditEvent.action == "case.seen").all()
        assert [(e.actor, e.subject) for e in seen] == [(visitor.account, case)]


def test_links_to_pictures_run_out_and_are_good_for_one_person(enter, case, clock):
    visitor, other = enter("reviewer"), enter("senior_reviewer")
    link = html.unescape(re.search(r'href="(/console/pictures/[^"]+)"', visitor.get(at(case)).text)[1])
    answer = visitor.get(link)
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    for wrong in (link.replace("turns=0", "turns=1"), re.sub(r"until=\d+", "until=9999999999", link), link[:-1] + "x"):
        assert visitor.get(wrong).status_code == 404
    assert other.get(link).status_code == 404
    assert enter("developer").get(link).status_code == 404
    clock.move(seconds=LINK_S + 1)
    assert visitor.get(link).status_code == 404


def test_take_the_next_decide_and_it_is_decided(enter, case, sqlite_floor):
    visitor = enter("reviewer")
    page = visitor.fill("/console/queue/next", "/console/queue")
    assert page.url.path == at(case)
    done = visitor.fill(f"{at(case)}/decide", at(case), outcome="approve", **form_of(page))
    assert (done.status_code, "Verified" in done.text) == (200, True)
    with sqlite_floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.VERIFIED
    assert "Nothing waits for you" in visitor.fill("/console/queue/next", "/console/queue").text


def test_the_same_form_twice_and_an_old_one(enter, case, sqlite_floor):
    one, two = enter("reviewer"), enter("reviewer", "two")
    mine, theirs = form_of(one.get(at(case))), form_of(two.get(at(case)))
    for _ in range(2):
        assert one.fill(f"{at(case)}/decide", at(case), outcome="approve", **mine).status_code == 200
    late = two.fill(f"{at(case)}/decide", at(case), outcome="reject", **{"reason.case": "face_mismatch"}, **theirs)
    assert (late.status_code, "Somebody was quicker" in said(late)) == (409, True)
    with sqlite_floor.database.read() as db:
        assert [d.by for d in list_decisions(db, case)] == ["system", one.account]


def test_items_are_asked_again_with_reasons(enter, case, sqlite_floor):
    visitor = enter("reviewer")
    form = form_of(visitor.get(at(case)))
    fields = {"redo": "selfie", "reason.selfie": ["head_covered", "sunglasses"], "outcome": "resubmit"}
    assert visitor.fill(f"{at(case)}/decide", at(case), **fields, **form).status_code == 200
    with sqlite_floor.database.read() as db:
        assert list_decisions(db, case)[-1].items == {"selfie": ["head_covered", "sunglasses"]}


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "reject"},
        {"outcome": "resubmit"},
        {"outcome": "resubmit", "redo": "selfie"},
        {"outcome": "resubmit", "redo": "selfie", "reason.selfie": "<script>"},
        {"outcome": "review"},
        {"outcome": "yes"},
        {},
    ],
)
def test_a_decision_that_lacks_something_is_refused(enter, case, sqlite_floor, fields):
    visitor = enter("reviewer")
    assert visitor.fill(f"{at(case)}/decide", at(case), **fields).status_code == 422
    with sqlite_floor.database.read() as db:
        assert len(list_decisions(db, case)) == 1


def test_four_eyes_on_the_page(enter, case, sqlite_floor):
    one, two = enter("reviewer"), enter("reviewer", "two")
    refuse = {"outcome": "reject", "reason.case": "head_covered"}
    page = one.fill(f"{at(case)}/decide", at(case), **refuse, **form_of(one.get(at(case))))
    assert "Waits for a second person" in page.text
    assert 'id="decision"' not in page.text
    shown = two.get(at(case))
    assert "Ada proposed: Refuse for good" in said(shown)
    assert two.fill(f"{at(case)}/decide", at(case), **refuse, **form_of(shown)).status_code == 200
    with sqlite_floor.database.read() as db:
        assert state_of(get_verification(db, case)) is State.REJECTED_FINAL


def test_notes_questions_and_exceptions(enter, case, sqlite_floor):
    visitor = enter("reviewer")
    assert "<b>bold</b>" in said(visitor.fill(f"{at(case)}/note", at(case), text="<b>bold</b>"))
    assert "<b>bold</b>" not in visitor.get(at(case)).text
    assert visitor.fill(f"{at(case)}/note", at(case), text=" ").status_code == 422
    visitor.fill(f"{at(case)}/exempt", at(case), reason="head_covered", note="faith")
    assert "granted by Ada" in said(visitor.get(at(case)))
    visitor.fill(f"{at(case)}/ask", at(case), text="Which {name}?")
    with sqlite_floor.database.read() as db:
        mail = read_mail(db, list_mails(db)[0].id)
        assert (mail.to, "Which {name}?" in mail.text, "/verify/open/" in mail.text) == ("anna@example.org", True, True)
        assert [read_text(db, m) for m in list_messages(db, case)] == ["Which {name}?"]
        assert find_review(db, case).waits_for == "applicant"
    answer_by_link(sqlite_floor, visitor, re.search(r"(/verify/open/\S+)", mail.text)[1])
    with sqlite_floor.database.read() as db:
        assert [read_text(db, m) for m in list_messages(db, case)] == ["Which {name}?", "My <i>own</i> one."]
        assert find_review(db, case).waits_for == "reviewer"
    assert "My <i>own</i> one." in said(visitor.get(at(case)))


def test_somebody_verified_is_verified_again_from_the_page_and_told_by_mail(enter, sqlite_floor):
    """IND9, IND10."""
    case, _ = settled_case(sqlite_floor, "approve")
    visitor = enter("reviewer")
    refused = visitor.fill(f"{at(case)}/anew", at(case), trigger="whim")
    assert (refused.status_code, "Choose a reason first." in said(refused)) == (422, True)
    visitor.fill(f"{at(case)}/anew", at(case), trigger="higher_level", level="3")
    with sqlite_floor.database.read() as db:
        verification = get_verification(db, case)
        assert (state_of(verification), verification.trigger) == (State.EXPIRED_REVERIFY, "higher_level")
        assert (verification.level_wanted, verification.round) == (3, 2)
        letter = read_mail(db, list_mails(db)[0].id)
        assert (letter.to, "/verify/open/" in letter.text) == ("anna@example.org", True)
    shown = visitor.get(at(case))
    assert "Verify this person again" not in said(shown)
    token = re.search(r'name="form_token" value="(\w+)"', shown.text)[1]
    again = visitor.post(f"{at(case)}/anew", data={"form_token": token, "trigger": "risk"})
    assert (again.status_code, "where this verification stands now" in said(again)) == (409, True)


def test_only_compliance_hands_out_what_is_kept(enter, case, sqlite_floor):
    assert "Hand out what is kept" not in said(enter("senior_reviewer").get(at(case)))
    senior = enter("senior_reviewer", "two")
    assert senior.fill(f"{at(case)}/export", at(case)).status_code == 403
    answer = enter("compliance_officer").fill(f"{at(case)}/export", at(case))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        about = json.loads(archive.read("data.json"))
        assert len(archive.namelist()) > 1
    assert ("Anna" in json.dumps(about), answer.headers["content-type"]) == (True, "application/zip")
    with sqlite_floor.database.read() as db:
        actions = list(db.scalars(select(AuditEvent.action)))
        assert actions.count("applicant.exported") == 1


def answer_by_link(floor, visitor, link):
    """What the applicant does with the link in the mail."""
    applicant = Visitor(visitor.app, base_url=floor.settings.public_url, headers=dict(visitor.headers))
    shown = applicant.get(link)
    assert (shown.url.path, "Which {name}?" in said(shown)) == ("/verify/question", True)
    assert applicant.fill("/verify/question", "/verify/question", text=" ").status_code == 422
    done = applicant.fill("/verify/question", "/verify/question", text="My <i>own</i> one.")
    assert done.url.path == "/verify/waiting"
    assert applicant.get("/verify/question").url.path == "/verify/waiting"


def test_the_queue_is_filtered_and_a_made_up_place_refused(enter, case):
    visitor = enter("reviewer")
    short = f"…{case[-8:]}"
    assert '<span>Queue</span><span class="count">1</span>' in visitor.get("/console/queue").text, "in the side as well"
    assert short in said(visitor.get("/console/queue?reason=head_covered&country=se&level=2&sla=fine&assignee=nobody"))
    row = visitor.get("/console/queue").text
    assert re.search(r'<span title="head_covered">[A-Z][^<]+ [^<]+</span>', row), "in words, not by its code"
    for filters in ("country=DE", "state=closed", "sla=overdue", "older_h=72", "assignee=me"):
        assert short not in said(visitor.get(f"/console/queue?{filters}")), filters
    assert visitor.get("/console/queue?after=nonsense").status_code == 400
    assert visitor.get("/console/queue?level=²&older_h=-1&state=x&reason=%00").status_code == 200


def test_a_draft_is_written_tried_and_activated(enter, case):
    officer = enter("compliance_officer")
    made = officer.fill("/console/policy/copy/1", "/console/policy")
    assert made.url.path == "/console/policy/2"
    seen = re.search(r'name="seen" value="(\w{64})"', made.text)[1]
    text = 'format = 1\ntitle = "T"\n[[rules]]\nname = "a"\n[rules.effects.head_covered]\nfail = "none"'
    wrong = officer.fill("/console/policy/2", "/console/policy/2", seen=seen, text=text.replace("head_", "hat_"))
    assert (wrong.status_code, "5: 'hat_covered' is no reason" in said(wrong)) == (422, True)
    saved = officer.fill("/console/policy/2", "/console/policy/2", seen=seen, text=text)
    found = officer.fill("/console/policy/2/what-if", "/console/policy/2", days="30")
    assert "Left to a person → Approve" in said(found)
    assert f"…{case[-8:]}" in said(found)
    stale = officer.fill("/console/policy/2/activate", "/console/policy/2", seen=seen)
    assert stale.status_code == 409
    now = re.search(r'name="seen" value="(\w{64})"', saved.text)[1]
    past = officer.fill("/console/policy/2/activate", "/console/policy/2", seen=now, **{"from": "2020-01-01T00:00"})
    assert "never in the past" in said(past)
    assert officer.fill("/console/policy/2/activate", "/console/policy/2", seen=now, **{"from": "x"}).status_code == 422
    assert "In force" in officer.fill("/console/policy/2/activate", "/console/policy/2", seen=now).text
    assert officer.get("/console/policy/77").status_code == 404


def test_a_senior_tries_but_does_not_change_the_policy(enter, case):
    senior = enter("senior_reviewer")
    assert senior.fill("/console/policy/1/what-if", "/console/policy/1", days="7").status_code == 200
    assert senior.fill("/console/policy/copy/1", "/console/policy/1").status_code == 403
    assert enter("reviewer").fill("/console/policy/1/what-if", "/console/queue", days="7").status_code == 403


def test_the_overview_counts(enter, case, sqlite_floor):
    settled_case(sqlite_floor, "approve")
    developer = enter("developer")
    page = said(developer.get("/console/overview"))
    assert "50 %" in page
    assert "of 2 runs in 30 days" in page
    assert "<strong>0</strong><span>wait for the applicant" in page
    settled_case(sqlite_floor, "resubmit")
    assert "<strong>1</strong><span>wait for the applicant" in said(developer.get("/console/overview"))

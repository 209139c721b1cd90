"""The pages of accounts, as a browser without script asks them."""

import html
import io
import re
import zipfile

import pytest
from fastapi.testclient import TestClient

from fourcorners.accounts import Role, Scope
from fourcorners.accounts.actions import make_key
from fourcorners.accounts.actions.holders import INSTITUTION, PERSON, fix_holder
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.people.actions import register_applicant
from fourcorners.people.queries import find_applicant
from fourcorners.web import create_app
from fourcorners.web.accounts.entering import browser_of, own_path
from signing_tools import PASSWORD, add_customer, add_member

EMAIL, WRONG = "cleo@example.org", "wrong"
NEW = "seven quiet boats at dawn"


class Visitor(TestClient):
    """A browser that sends the forms that it was shown."""

    def fill(self, path, shown_at=None, **fields):
        page = self.get(shown_at or path)
        token = re.search(r'name="form_token" value="(\w+)"', page.text)[1]
        return self.post(path, data={"form_token": token, **fields})

    def sign_in(self, email, password=PASSWORD, **more):
        return self.fill("/sign-in", email=email, password=password, **more)


@pytest.fixture
def visit(sqlite_floor):
    app = create_app(sqlite_floor)
    origin = sqlite_floor.settings.public_url
    headers = {"accept": "text/html", "accept-language": "en", "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140"}
    return lambda: Visitor(app, base_url=origin, headers=headers)


def newest_link(database):
    with database.read() as db:
        return re.search(r"https?://[^/]+(/link/\S+)", read_mail(db, list_mails(db)[0].id).text)[1]


def said(page):
    return html.unescape(page.text)


def test_a_customer_joins_signs_out_and_in_again(visit, sqlite_floor):
    visitor = visit()
    page = visitor.fill("/sign-up", name="Cleo <b>", email="cleo@example.org")
    assert "If that is possible with cleo@example.org" in said(page)
    link = newest_link(sqlite_floor.database)
    assert "For cleo@example.org" in said(visitor.get(link))
    weak = visitor.fill(link, password=EMAIL)
    assert (weak.status_code, "among the first" in said(weak)) == (422, True)
    inside = visitor.fill(link, password=PASSWORD)
    assert (inside.url.path, "Firefox, Linux" in inside.text) == ("/security", True)
    out = visitor.fill("/sign-out", "/security")
    assert out.url.path == "/sign-in"
    assert visitor.get("/security").url.path == "/sign-in"
    assert visitor.sign_in("cleo@example.org", next="/security").url.path == "/security"
    assert visitor.get(link).status_code == 410


@pytest.mark.parametrize("email", ["cleo@example.org", "nobody@example.org"])
def test_pages_say_the_same_whether_there_is_an_account_or_not(visit, sqlite_floor, email):
    add_customer(sqlite_floor.database)
    wrong = visit().sign_in(email, "wrong")
    assert (wrong.status_code, "do not belong together" in said(wrong)) == (422, True)
    asked = visit().fill("/forgot", email=email)
    assert (asked.status_code, f"possible with {email}" in said(asked)) == (200, True)
    joined = visit().fill("/sign-up", name="X", email=email)
    assert said(joined).replace(email, "") == said(asked).replace(email, "").replace("/forgot", "/sign-up")


def test_signing_in_gives_a_new_token_and_the_one_of_before_is_worth_nothing(visit, sqlite_floor):
    add_customer(sqlite_floor.database)
    visitor = visit()
    visitor.sign_in("cleo@example.org")
    old = visitor.cookies["fc_session"]
    visitor.sign_in("cleo@example.org")
    assert visitor.cookies["fc_session"] != old
    thief = visit()
    thief.cookies.set("fc_session", old)
    assert thief.get("/security").url.path == "/sign-in"


def test_who_comes_to_sign_in_again_is_told_who_is_signed_in_and_led_on(visit, sqlite_floor):
    add_customer(sqlite_floor.database)
    visitor = visit()
    assert "You are signed in as" not in visitor.get("/sign-in").text
    visitor.sign_in("cleo@example.org")
    page = said(visitor.get("/sign-in"))
    assert "You are signed in as cleo@example.org." in page
    assert '<a class="touch" href="/security">' in page
    assert '<a class="touch" href="/verify">' in visitor.get("/sign-in?next=/verify").text


def test_what_answers_a_form_can_be_read_in_another_language(visit, sqlite_floor):
    """The links of the languages lead to the page that the form stood on, or the nearest above: no dead ends."""
    add_customer(sqlite_floor.database)
    visitor = visit()
    visitor.sign_in("cleo@example.org")
    token = re.search(r'name="form_token" value="(\w+)"', visitor.get("/security").text)[1]
    for headers in ({}, {"referer": f"{sqlite_floor.settings.public_url}/security"}):
        answer = visitor.post("/security/password", data={"form_token": token, "new_password": "a"}, headers=headers)
        assert answer.status_code == 422
        assert 'href="/security?lang=de"' in answer.text
    foreign = {"referer": "http://elsewhere.example/devices"}
    answer = visitor.post("/security/password", data={"form_token": token, "new_password": "a"}, headers=foreign)
    assert 'href="/security?lang=de"' in answer.text


def test_a_planted_session_is_not_taken_over(visit, sqlite_floor):
    """Session fixation: what the browser had before signing in is never what it is known by afterwards."""
    add_customer(sqlite_floor.database)
    visitor = visit()
    visitor.cookies.set("fc_session", "planted", domain="127.0.0.1", path="/")
    visitor.sign_in("cleo@example.org")
    assert "planted" not in {cookie.value for cookie in visitor.cookies.jar}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/a/b?c=d", "/a/b?c=d"),
        ("//evil.example", ""),
        ("/\\evil", ""),
        ("https://evil", ""),
        ("/a\r\nb", ""),
        ("", ""),
    ],
)
def test_nobody_is_led_to_another_site(path, kept):
    assert own_path(path) == kept


def test_too_many_attempts_are_told_to_wait(visit, sqlite_floor):
    add_customer(sqlite_floor.database)
    visitor = visit()
    for _ in range(10):
        visitor.sign_in("cleo@example.org", "wrong")
    late = visitor.sign_in("cleo@example.org")
    assert (late.status_code, "Wait a quarter of an hour" in said(late)) == (429, True)


def test_a_session_that_misses_a_factor_sees_nothing_yet(visit, sqlite_floor):
    add_customer(sqlite_floor.database)
    visitor = visit()
    visitor.app.state.further = lambda db, account, proof: "device"
    assert visitor.sign_in("cleo@example.org").url.path == "/sign-in/pending"
    assert visitor.get("/security").url.path == "/sign-in/pending"
    assert visitor.fill("/sign-out", "/sign-in").url.path == "/sign-in"


def test_security_is_changed_only_after_showing_again_who_sits_there(visit, sqlite_floor, clock):
    add_customer(sqlite_floor.database)
    visitor, other = visit(), visit()
    other.sign_in("cleo@example.org")
    visitor.sign_in("cleo@example.org")
    clock.move(minutes=16)
    assert "Is it still you?" in visitor.get("/security").text
    token = re.search(r'name="form_token" value="(\w+)"', visitor.get("/security").text)[1]
    late = visitor.post("/security/password", data={"form_token": token, "new_password": NEW})
    assert (late.status_code, "Confirm first" in late.text) == (422, True)
    assert "not your password" in visitor.fill("/security/confirm", "/security", password=WRONG).text
    assert "Is it still you?" not in visitor.fill("/security/confirm", "/security", password=PASSWORD).text
    assert "change" in visitor.fill("/security/password", "/security", new_password=NEW).text
    assert visitor.get("/security").url.path == "/security"
    assert other.get("/security").url.path == "/sign-in"
    assert visit().sign_in("cleo@example.org", NEW).url.path == "/security"


def test_a_customer_takes_their_data_along_after_showing_again_who_they_are(visit, sqlite_floor, clock):
    account, _ = add_customer(sqlite_floor.database)
    visitor = visit()
    visitor.sign_in("cleo@example.org")
    assert "Download my data" not in visitor.get("/security").text
    assert visitor.fill("/security/data", "/security").status_code == 404
    with sqlite_floor.database.write() as db:
        register_applicant(db, actor=account, account_id=account)
    clock.move(minutes=16)
    assert "Your data" in visitor.get("/security").text
    assert visitor.fill("/security/data", "/security").headers["content-type"].startswith("text/html")
    visitor.fill("/security/confirm", "/security", password=PASSWORD)
    answer = visitor.fill("/security/data", "/security")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "data.json" in archive.namelist()


def test_a_customer_finds_their_own_verification_until_the_account_is_an_institutions(visit, sqlite_floor):
    """INS15: a person or an institution, never both."""
    account, opened = add_customer(sqlite_floor.database)
    client = visit()
    client.cookies.set("fc_session", opened.token)
    fresh = client.get("/security").text
    assert "about three minutes" in fresh
    assert 'href="/verify"' in fresh
    assert 'href="/institution"' in fresh
    assert client.get("/verify").url.path == "/verify/start"

    with sqlite_floor.database.write() as db:
        fix_holder(db, account, PERSON, actor=account)
    assert 'href="/institution"' not in client.get("/security").text

    company, opened = add_customer(sqlite_floor.database, "firm@example.org")
    with sqlite_floor.database.write() as db:
        fix_holder(db, company, INSTITUTION, actor=company)
    client = visit()
    client.cookies.set("fc_session", opened.token)
    assert 'href="/verify"' not in client.get("/security").text
    refused = client.get("/verify")
    assert (refused.status_code, "belongs to an institution" in refused.text) == (409, True)
    with sqlite_floor.database.read() as db:
        assert find_applicant(db, account_id=company) is None


def test_one_session_ends_another_but_never_that_of_somebody_else(visit, sqlite_floor):
    add_customer(sqlite_floor.database)
    _, foreign = add_customer(sqlite_floor.database, "eve@example.org")
    first, second = visit(), visit()
    first.sign_in("cleo@example.org")
    second.sign_in("cleo@example.org")
    ends = re.findall(r"/security/sessions/(ses_\w+)/end", second.get("/security").text)
    assert foreign.session not in ends
    assert second.fill(f"/security/sessions/{foreign.session}/end", "/security").status_code == 404
    for session in ends:
        second.fill(f"/security/sessions/{session}/end", "/security")
    assert first.get("/security").url.path == "/sign-in"
    assert second.get("/security").url.path == "/security"


def test_an_administrator_manages_staff(visit, sqlite_floor):
    add_member(sqlite_floor.database)
    visitor = visit()
    visitor.sign_in("ada@example.org")
    page = visitor.fill("/console/staff", name="Rae <i>", email="rae@example.org", role="reviewer")
    assert "Rae &lt;i&gt;" in page.text
    assert "/link/" in newest_link(sqlite_floor.database)
    taken = visitor.fill("/console/staff", name="Rae", email="rae@example.org", role="reviewer")
    assert (taken.status_code, "already" in taken.text) == (422, True)
    assert visitor.fill("/console/staff", name="X", email="x@example.org", role="king").status_code == 422
    account = re.search(r"/console/staff/(acc_\w+)/role", page.text)[1]
    moved = visitor.fill(f"/console/staff/{account}/role", "/console/staff", role="developer")
    assert 'value="developer" selected' in moved.text
    link = visitor.fill(f"/console/staff/{account}/link", "/console/staff").text
    assert re.search(r"<code class=\"big\">http://127.0.0.1:8000/link/[\w-]{43}</code>", link)
    assert "Switch on" in visitor.fill(f"/console/staff/{account}/disable", "/console/staff").text
    assert "Switch on" not in visitor.fill(f"/console/staff/{account}/enable", "/console/staff").text


def test_a_developer_makes_a_key_that_is_shown_once(visit, sqlite_floor):
    add_member(sqlite_floor.database, role=Role.DEVELOPER)
    visitor = visit()
    visitor.sign_in("ada@example.org")
    empty = visitor.fill("/console/keys", name="", world="live")
    assert (empty.status_code, "at least one" in empty.text) == (422, True)
    made = visitor.fill("/console/keys", name="Shop", world="live", scope_files_write="yes")
    text = re.search(r"fck_live_[\w-]{43}", made.text)[0]
    again = visitor.get("/console/keys").text
    assert (text in again, text[:13] in again, "no-store" in made.headers["cache-control"]) == (False, True, True)
    key = re.search(r"/console/keys/(key_\w+)/revoke", again)[1]
    assert "Revoked" in visitor.fill(f"/console/keys/{key}/revoke", "/console/keys").text


PAGES = {"/console/staff": {Role.ADMINISTRATOR}, "/console/keys": {Role.ADMINISTRATOR, Role.DEVELOPER}}


@pytest.mark.parametrize("role", [None, *Role])
def test_pages_are_shown_to_those_who_may_and_to_nobody_else(visit, sqlite_floor, role):
    add_customer(sqlite_floor.database)
    add_member(sqlite_floor.database, role=role or Role.REVIEWER)
    visitor = visit()
    visitor.sign_in("ada@example.org" if role else "cleo@example.org")
    for path, roles in PAGES.items():
        assert visitor.get(path).status_code == (200 if role in roles else 403)
        assert (f'href="{path}"' in visitor.get("/security").text) is (role in roles)


@pytest.mark.parametrize("path", [*PAGES, "/security"])
def test_nobody_sees_a_page_without_signing_in_and_is_led_back_to_it_after(visit, sqlite_floor, path):
    add_member(sqlite_floor.database)
    visitor = visit()
    assert str(visitor.get(path).url).endswith(f"/sign-in?next={path.replace('/', '%2F')}")
    assert (
        visitor.fill(
            "/sign-in", f"/sign-in?next={path}", email="ada@example.org", password=PASSWORD, next=path
        ).url.path
        == path
    )
    assert visit().get(path, headers={"accept": "application/json"}).status_code == 401


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("curl/8", "curl/8"),
        ("", "?"),
    ],
)
def test_browsers_are_named_as_people_know_them(agent, name):
    assert browser_of(agent) == name


def test_a_key_opens_the_api_for_its_scope_only(sqlite_floor, tmp_path):
    from typing import Annotated

    from fastapi import APIRouter, Depends

    from fourcorners.web import Area
    from fourcorners.web.who import Key, key_for

    router = APIRouter(prefix="/v1")

    @router.get("/applicants")
    def applicants(key: Annotated[Key, Depends(key_for(Scope.APPLICANTS_READ))]):
        return {"sandbox": key.sandbox}

    @router.get("/decisions")
    def decisions(key: Annotated[Key, Depends(key_for(Scope.DECISIONS_READ))]):
        return {}

    developer, _ = add_member(sqlite_floor.database, role=Role.DEVELOPER)
    with sqlite_floor.database.write() as db:
        _, text = make_key(db, "Shop", [Scope.APPLICANTS_READ], actor=developer, sandbox=True)
    client = TestClient(
        create_app(sqlite_floor, areas=(Area("api", tmp_path, router),)), base_url=sqlite_floor.settings.public_url
    )
    headers = {"authorization": f"Bearer {text}"}
    assert client.get("/v1/applicants", headers=headers).json() == {"sandbox": True}
    for path, sent, code in [
        ("/v1/decisions", headers, "scope_missing"),
        ("/v1/applicants", {}, "key_invalid"),
        ("/v1/applicants", {"authorization": "Bearer fck_test_no"}, "key_invalid"),
        ("/v1/applicants", {"authorization": "Basic eDp5"}, "key_invalid"),
    ]:
        answer = client.get(path, headers=sent)
        assert (answer.status_code, answer.json()["code"]) == (403 if code == "scope_missing" else 401, code)
    with sqlite_floor.database.read() as db:
        from fourcorners.accounts.queries import list_keys

        assert list_keys(db)[0].used_at == db.now

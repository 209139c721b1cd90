"""Forms: only whoever was handed one can send it (ASVS 5.0, V3.5), and a page says what is wrong with it."""

import re

import pytest
from fastapi import APIRouter

from fourcorners.web import Area, Site, create_app
from fourcorners.web.pages import go


def token_of(page):
    return re.search(r'name="form_token" value="([0-9a-f]{64})"', page.text)[1]


def test_a_form_is_taken_from_the_browser_that_it_was_handed_to(client):
    token = token_of(client.get("/design/applicant"))
    taken = client.post("/design/applicant", data={"form_token": token, "email": "a@b.example"}, follow_redirects=False)
    assert (taken.status_code, taken.headers["location"]) == (303, "/design/applicant")
    assert token_of(client.get("/design/applicant")) == token


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_form_without_its_token_is_refused(client, token):
    client.get("/design/applicant")
    refused = client.post("/design/applicant", data={"email": "a@b.example"} | ({"form_token": token} if token else {}))
    assert refused.status_code == 403
    assert "open for long" in refused.text


def test_the_token_of_another_browser_and_one_from_before_signing_in_are_refused(client):
    token = token_of(client.get("/design/applicant"))
    mine = client.cookies["fc_visitor"]
    client.cookies.clear()
    client.get("/design/applicant")
    assert client.post("/design/applicant", data={"form_token": token, "email": "x"}).status_code == 403
    client.cookies.clear()
    client.cookies.set("fc_visitor", mine)
    client.cookies.set("fc_session", "something")
    assert client.post("/design/applicant", data={"form_token": token, "email": "x"}).status_code == 403


def test_a_script_sends_the_token_as_a_header(client):
    token = token_of(client.get("/design/applicant"))
    answer = client.post("/design/applicant", content=b"\x00\x01", headers={"x-form-token": token})
    assert answer.status_code == 422  # past the guard: the route itself misses its field


def test_what_is_wrong_stands_on_the_field_and_at_the_top_and_is_escaped(client):
    token = token_of(client.get("/design/applicant"))
    page = client.post("/design/applicant", data={"form_token": token, "email": " "})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert 'aria-describedby="email-hint email-wrong"' in page.text
    assert '<a href="#email">&lt;b&gt;Nothing&lt;/b&gt; was written here.</a>' in page.text
    assert "One field needs another look" in page.text


def test_a_form_with_ten_thousand_parts_is_refused(client):
    data = {f"field{n}": "x" for n in range(10_000)}
    assert client.post("/design/applicant", files=dict.fromkeys(data, (None, "x"))).status_code == 400
    assert client.post("/design/applicant", data=data).status_code in (400, 403)


def test_a_site_that_would_take_forms_unchecked_does_not_start(tmp_path, sqlite_floor):
    router = APIRouter()

    @router.post("/forgotten")
    def forgotten():
        return "done"

    with pytest.raises(RuntimeError, match="/forgotten"):
        create_app(sqlite_floor, areas=(Area("area", tmp_path, router),))


@pytest.mark.parametrize("path", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_after_a_form_nobody_is_sent_to_another_site(path):
    with pytest.raises(ValueError, match=re.escape(path)):
        go(path)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client, site):
    cookie = client.get("/design/applicant").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert Site("https://a.example", bytes(32)).cookie("session") == "__Host-fc_session"
    assert site.cookie("session") == "fc_session"

"""Refusals as answers, and bugs that tell nobody anything but a number."""

import io
import json
import pkgutil
import re
from importlib import import_module

import pytest

import fourcorners
from fourcorners.infra.logs import set_up_logs
from fourcorners.kit.data import load_toml
from fourcorners.kit.errors import Refusal
from fourcorners.web.problems import status_of


def refusals(kind=Refusal):
    for sub in kind.__subclasses__():
        yield sub
        yield from refusals(sub)


def test_every_code_in_the_table_is_one_that_is_raised_and_no_status_is_odd():
    for module in pkgutil.walk_packages(fourcorners.__path__, "fourcorners."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)
    table = load_toml("fourcorners.web", "problems.toml")["status"]
    assert set(table) <= {kind.code for kind in refusals()}
    assert all(400 <= status < 500 or status in (503, 507) for status in table.values())
    assert status_of("some_rule_of_a_feature") == 422


def test_a_program_gets_problem_json(client):
    answer = client.get("/v1/number/seven")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("urn:fourcorners:problem:request_invalid", 422)
    assert problem["errors"][0]["where"] == "path/number"
    assert "seven" not in answer.text  # what was sent may be somebody's name


@pytest.mark.parametrize(("path", "method", "status"), [("/v1/nowhere", "GET", 404), ("/v1/echo", "GET", 405)])
def test_what_the_framework_refuses_has_our_shape(client, path, method, status):
    problem = client.request(method, path).json()
    assert (problem["status"], set(problem)) == (status, {"type", "title", "status", "detail", "code", "retryable"})


@pytest.mark.parametrize(
    ("locale", "heading"), [("en", "There is nothing here"), ("de", "Hier ist nichts"), ("ar", "لا يوجد شيء هنا")]
)
def test_a_person_gets_a_page_in_their_language(client, locale, heading):
    page = client.get("/nowhere", headers={"accept-language": locale})
    assert page.status_code == 404
    assert heading in page.text
    assert f'lang="{locale}" dir="{"rtl" if locale == "ar" else "ltr"}"' in page.text


@pytest.mark.parametrize("path", ["/broken", "/v1/broken"])
def test_a_bug_tells_a_number_and_the_log_holds_no_value(client, path):
    lines = io.StringIO()
    set_up_logs(lines)
    answer = client.get(path)
    assert answer.status_code == 500
    entry = json.loads(lines.getvalue())
    assert entry["incident"].removeprefix("i") in answer.text
    assert (entry["event"], entry["kind"]) == ("web.bug", "RuntimeError")
    assert entry["at_0"].startswith("design_site:")
    assert "Eriksson" not in answer.text + lines.getvalue()


def way_back(answer):
    found = re.search(r'<a class="button" href="([^"]*)">Go back and try again', answer.text)
    return found and found[1]


@pytest.mark.parametrize(
    ("referer", "path"),
    [
        ("http://testserver/form?x=1", "/form"),
        ("http://elsewhere.example/form", None),
        ("http://testserver//elsewhere.example", None),
        ("", None),
    ],
)
def test_who_sent_a_form_in_vain_is_led_back_to_it_and_nowhere_else(client, referer, path):
    refused = client.post(
        "/design/public", data={"form_token": "0"}, headers={"accept-language": "en", "referer": referer}
    )
    assert refused.status_code == 403
    assert "This page is out of date" in refused.text
    assert way_back(refused) == path


def test_what_passes_by_itself_can_be_tried_again_and_what_is_gone_cannot(client):
    assert way_back(client.get("/broken", headers={"accept-language": "en"})) == "/broken"
    assert way_back(client.get("/nowhere", headers={"accept-language": "en"})) is None


def test_a_language_asked_for_is_remembered(client):
    assert 'lang="ar"' in client.get("/design/applicant?lang=ar").text
    assert 'lang="ar"' in client.get("/design/applicant").text
    assert 'lang="en"' in client.get("/design/applicant?lang=en").text

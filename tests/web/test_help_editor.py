"""The help centre's editor: who may write, preview before publishing, versions, hiding (HC11)."""

import re

import pytest
from fastapi.testclient import TestClient

from fourcorners.accounts import Role
from fourcorners.help.queries import list_variants, list_versions
from fourcorners.web import create_app
from signing_tools import PASSWORD, add_member

READER = "Mozilla/5.0 (X11; Linux) Firefox/140"
FIELDS = {
    "slug": "lost-cards",
    "language": "en",
    "region": "ae",
    "kind": "faq",
    "section": "documents",
    "title": "Lost <cards>",
    "body": "## Lost?\n\nAsk for a <new> one.\n\n![a card](picture:right-card)",
    "base": "0",
}


class Writer(TestClient):
    """A browser that sends the forms that it was shown."""

    def fill(self, path, shown_at=None, **fields):
        token = re.search(r'name="form_token" value="(\w+)"', self.get(shown_at or path).text)[1]
        return self.post(path, data={"form_token": token, **fields})


@pytest.fixture
def writer(sqlite_floor):
    add_member(sqlite_floor.database, "ada@example.org", Role.SENIOR_REVIEWER)
    headers = {"accept": "text/html", "accept-language": "en", "user-agent": READER}
    client = Writer(create_app(sqlite_floor), base_url=sqlite_floor.settings.public_url, headers=headers)
    client.fill("/sign-in", email="ada@example.org", password=PASSWORD)
    return client


def variants(floor):
    with floor.database.read() as db:
        return [variant for _, variant in list_variants(db)]


def test_only_those_who_may_write_see_the_editor(sqlite_floor):
    add_member(sqlite_floor.database, "rex@example.org", Role.REVIEWER)
    headers = {"accept": "text/html", "accept-language": "en", "user-agent": READER}
    visitor = Writer(create_app(sqlite_floor), base_url=sqlite_floor.settings.public_url, headers=headers)
    assert visitor.get("/console/help").url.path == "/sign-in"
    visitor.fill("/sign-in", email="rex@example.org", password=PASSWORD)
    assert visitor.get("/console/help").status_code == 403
    assert visitor.get("/console/help/new").status_code == 403


def test_a_preview_saves_nothing_and_publishing_is_found_at_once(writer, sqlite_floor):
    assert "No articles yet" in writer.get("/console/help").text
    previewed = writer.fill("/console/help/new", do="preview", **FIELDS)
    assert "Nothing is saved yet." in previewed.text
    assert "&lt;new&gt;" in previewed.text
    assert 'src="/help/pictures/right-card.jpg"' in previewed.text
    assert variants(sqlite_floor) == []
    published = writer.fill("/console/help/new", do="publish", **FIELDS)
    [variant] = variants(sqlite_floor)
    assert published.url.path == f"/console/help/{variant.id}"
    assert (variant.region, variant.number, variant.title) == ("AE", 1, "Lost <cards>")
    assert "Lost &lt;<mark>cards</mark>&gt;" in writer.get("/help?term=cards&region=AE").text
    assert "No article answers" in writer.get("/help?term=cards&region=").text


def test_two_who_edit_at_once_do_not_overwrite_each_other(writer, sqlite_floor):
    writer.fill("/console/help/new", do="publish", **FIELDS)
    [variant] = variants(sqlite_floor)
    path = f"/console/help/{variant.id}"
    writer.fill(path, do="publish", **FIELDS | {"body": "Theirs.", "base": "1"})
    mine = writer.fill(path, do="publish", **FIELDS | {"body": "Mine.", "base": "1"})
    assert mine.status_code == 422
    assert "Somebody else saved this article" in mine.text
    assert "Mine.</textarea>" in mine.text, "what was written is not lost"
    assert variants(sqlite_floor)[0].body == "Theirs."


def test_names_and_places_of_a_variant_do_not_move(writer, sqlite_floor):
    writer.fill("/console/help/new", do="publish", **FIELDS)
    [variant] = variants(sqlite_floor)
    moved = FIELDS | {"slug": "other", "language": "de", "region": "", "title": "New", "base": "1"}
    writer.fill(f"/console/help/{variant.id}", do="publish", **moved)
    [after] = variants(sqlite_floor)
    assert (after.slug, after.language, after.region, after.title) == ("lost-cards", "en", "AE", "New")


@pytest.mark.parametrize(
    "wrong",
    [{"slug": "No name"}, {"title": ""}, {"body": "![x](picture:none)"}, {"section": "weather"}, {"region": "U"}],
)
def test_what_cannot_be_published_says_why(writer, sqlite_floor, wrong):
    answer = writer.fill("/console/help/new", do="publish", **FIELDS | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert variants(sqlite_floor) == []


def test_versions_can_be_read_and_made_the_newest_again(writer, sqlite_floor):
    writer.fill("/console/help/new", do="publish", **FIELDS)
    [variant] = variants(sqlite_floor)
    path = f"/console/help/{variant.id}"
    writer.fill(path, do="publish", **FIELDS | {"body": "Shorter.", "base": "1"})
    old = writer.get(f"{path}/versions?number=1")
    assert "Ask for a &lt;new&gt; one." in old.text
    writer.fill(f"{path}/restore", f"{path}/versions", number="1")
    with sqlite_floor.database.read() as db:
        assert [v.number for v in list_versions(db, variant.id)] == [3, 2, 1]
    assert variants(sqlite_floor)[0].body == FIELDS["body"]
    assert writer.fill(f"{path}/restore", f"{path}/versions", number="99").status_code == 404


def test_hiding_takes_an_article_away_from_readers(writer, sqlite_floor):
    writer.fill("/console/help/new", do="publish", **FIELDS)
    [variant] = variants(sqlite_floor)
    path = f"/console/help/{variant.id}"
    writer.fill(f"{path}/shown", path, shown="no")
    assert writer.get("/help/lost-cards?region=AE").status_code == 404
    assert "Hidden" in writer.get("/console/help").text
    writer.fill(f"{path}/shown", path, shown="yes")
    assert writer.get("/help/lost-cards?region=AE").status_code == 200


def test_what_readers_say_is_shown_to_writers(writer, sqlite_floor):
    writer.fill("/console/help/new", do="publish", **FIELDS | {"region": ""})
    [variant] = variants(sqlite_floor)
    writer.fill("/help/lost-cards/vote", "/help/lost-cards", helped="no", reason="unclear", comment="Which <desk>?")
    page = writer.get(f"/console/help/{variant.id}/versions").text
    assert "It helped 0, it did not help 1." in page
    assert "Which &lt;desk&gt;?" in page
    assert "It is hard to understand" in page

"""The help centre's pages and routes: what the address says, what is escaped, who is counted (HC1, HC5-HC10)."""

import re

import pytest
from design_site import SECRET
from fastapi.testclient import TestClient

from fourcorners.help.actions import import_articles
from fourcorners.help.article import sections, shipped
from fourcorners.help.queries import find_vote, list_views, vote_counts
from fourcorners.web import Site, create_app
from fourcorners.web.help import AREA
from serving import CHROMIUM, CHROMIUM_FLAGS, arrive, serving

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HEADERS = {"accept": "text/html", "accept-language": "en-GB,en;q=0.8", "user-agent": READER}


@pytest.fixture
def filled(sqlite_floor):
    with sqlite_floor.database.write() as db:
        import_articles(db, shipped(), actor="system")
    return sqlite_floor


@pytest.fixture
def help_app(filled):
    return create_app(filled, site=Site("http://testserver", SECRET), areas=(AREA,))


@pytest.fixture
def reader(help_app):
    with TestClient(help_app, headers=HEADERS) as client:
        yield client


def views_of(floor, slug):
    with floor.database.read() as db:
        return list_views(db, [slug]).get(slug, 0)


def test_the_first_page_offers_the_sections(reader):
    page = reader.get("/help").text
    assert 'href="/help/section/documents"' in page
    assert 'name="term"' in page


def test_term_and_tab_live_in_the_address(reader):
    """HC1: another tab keeps the term and begins at page one; an unknown one is all."""
    page = reader.get("/help", params={"term": "photo", "page": 2}).text
    assert 'href="/help?term=photo&amp;category=announcement"' in page
    assert re.search(r'href="/help\?term=photo" aria-current="page"', page)
    assert "Showing 16–" in page
    assert re.search(r'category=faq" aria-current', reader.get("/help?term=photo&category=faq").text)
    assert re.search(r'term=photo" aria-current', reader.get("/help?term=photo&category=gossip").text)


def test_a_hit_shows_its_type_under_all_only_and_dates_of_the_region(reader):
    """HC5, HC8."""
    everything = reader.get("/help?term=biometric").text
    assert "Product document</span>" in everything
    assert "27 Nov 2026" in reader.get("/help?term=encrypted").text
    assert "Nov 27, 2026" in reader.get("/help?term=encrypted", headers={"accept-language": "en-US"}).text
    assert "Product document</span>" not in reader.get("/help?term=biometric&category=product_document").text


def test_what_is_typed_is_escaped_and_lists_are_not_for_crawlers(reader):
    """HC2: and nothing of it stands in the page but in the box."""
    answer = reader.get("/help", params={"term": "<script>alert(1)</script> buy www.spam.example"})
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "<script>alert" not in answer.text
    assert "No article answers this question" in answer.text
    assert "spam.example" not in re.sub(r"<[^>]*>", "", answer.text)
    assert "x-robots-tag" not in reader.get("/help/trust").headers


def test_no_hit_is_said_with_the_box_filled_and_ways_on(reader):
    """HC7."""
    page = reader.get("/help?term=pizza+oven&category=faq").text
    assert "No article answers this question" in page
    assert 'value="pizza oven"' in page
    assert page.count('href="/help/section/') == len(sections())
    assert "ask a person" in page


def test_long_terms_are_cut(reader):
    page = reader.get("/help", params={"term": "photo " * 2000}).text
    assert len(re.search(r'name="term"[^>]*value="([^"]*)"', page)[1]) <= 200


def test_a_page_beyond_the_end_is_the_last(reader):
    """HC6."""
    page = reader.get("/help?term=photo&page=9999").text
    first, last, total = map(int, re.search(r"Showing (\d+)–(\d+) of (\d+)", page).groups())
    assert first <= last == total


def test_sections_list_the_newest_first(reader):
    page = reader.get("/help/section/institutions").text
    assert "Showing 1–15 of 16" in page
    assert reader.get("/help/section/institutions/page/7").text.count("Showing 16–16 of 16")
    assert reader.get("/help/section/nowhere").status_code == 404


def test_an_article_page_has_all_that_belongs_to_it(reader):
    """HC9."""
    page = reader.get("/help/all-four-corners").text
    for wanted in ("Published on", "Updated on", "min read", "On this page", 'href="#part-2"', "Related articles"):
        assert wanted in page, wanted
    assert 'src="/help/pictures/wrong-cut-off.jpg"' in page
    assert reader.get("/help/no-such-article").status_code == 404


def test_variants_and_disclaimers(reader):
    """HC8."""
    emirates = reader.get("/help/proof-of-address?region=AE").text
    assert "Ejari" in emirates
    assert "for readers in AE" in emirates
    assert "Ejari" in reader.get("/help/proof-of-address").text, "a cookie keeps the region"
    assert "Ejari" not in reader.get("/help/proof-of-address?region=").text
    thai = reader.get("/help/trust?in=th").text
    assert "not available in ไทย yet" in thai
    assert 'lang="en" dir="ltr"' in thai
    arabic = reader.get("/help?in=ar").text
    assert 'lang="ar" dir="rtl"' in arabic
    assert "صور وثيقتك" in arabic
    german = reader.get("/help/new-device?in=de")
    assert german.headers["content-language"] == "de"
    assert "Veröffentlicht" in german.text, "what stands around the article speaks the reader's language too"


def test_readers_are_counted_once_and_programs_not(reader, filled):
    """HC10."""
    for _ in range(3):
        reader.get("/help/trust")
    assert views_of(filled, "trust") == 1
    reader.get("/help/trust", headers={"user-agent": "SomeBot/1.0"})
    reader.head("/help/trust")
    reader.get("/help/trust", headers={"sec-purpose": "prefetch;prerender"})
    assert views_of(filled, "trust") == 1
    reader.cookies.clear()
    reader.get("/help/trust")
    assert views_of(filled, "trust") == 1, "whoever keeps no cookie is known by address and browser for the day"
    reader.cookies.clear()
    reader.get("/help/trust", headers={"user-agent": f"{READER} Other"})
    assert views_of(filled, "trust") == 2
    assert "2 views" in reader.get("/help?term=trust+deed").text


def test_a_vote_needs_its_token_and_can_be_changed(reader, filled, help_app):
    """HC9."""
    page = reader.get("/help/trust").text
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    assert reader.post("/help/trust/vote", data={"helped": "yes"}).status_code == 403
    form = {"form_token": token, "helped": "no", "reason": "unclear", "comment": "Which deed?"}
    after = reader.post("/help/trust/vote", data=form)
    assert "Thank you." in after.text
    assert "What was wrong with it?" in after.text
    reader.post("/help/trust/vote", data={"form_token": token, "helped": "yes", "reason": "gossip"})
    with filled.database.read() as db:
        assert vote_counts(db, "trust") == (1, 0)
        assert find_vote(db, "trust", "x" * 64) is None
    assert reader.post("/help/missing/vote", data={"form_token": token, "helped": "yes"}).status_code == 404


def test_pictures_are_served_and_kept(reader):
    answer = reader.get("/help/pictures/wrong-hand.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert "max-age" in answer.headers["cache-control"]
    assert reader.get("/help/pictures/nothing.jpg").status_code == 404


def test_the_api_says_what_the_pages_say(reader):
    found = reader.get("/v1/help/search", params={"term": "photo rejectd", "kind": "faq", "locale": "en-AE"}).json()
    assert found["answered"] is True
    assert found["kind"] == "faq"
    assert found["counts"]["all"] >= found["counts"]["faq"] == found["total"]
    assert ["rejectd", "rejected"] in found["mended"]
    assert any(piece["marked"] for piece in found["hits"][0]["snippet"])
    nothing = reader.get("/v1/help/search", params={"term": "xqzt"}).json()
    assert (nothing["answered"], nothing["hits"]) == (False, [])
    article = reader.get("/v1/help/articles/proof-of-address", params={"locale": "en-AE"}).json()
    assert article["region"] == "AE"
    missing = reader.get("/v1/help/articles/nothing")
    assert missing.status_code == 404
    assert missing.json()["code"] == "help_article_missing"


@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize("width", [390, 1280])
def test_in_a_browser_nothing_overflows_and_searching_works(filled, width):
    from playwright.sync_api import sync_playwright

    with serving(filled, (AREA,)) as origin, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 844}, locale="en-GB")
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{origin}/help")
        page.fill("#term", "adress proof")
        page.keyboard.press("Enter")
        arrive(page, "**term=adress+proof**")
        assert page.locator("mark").count() > 3
        for path in ("/help?term=photo", "/help/why-verification-fails", "/help/api-errors", "/help?term=qqqq"):
            page.goto(f"{origin}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert said == []
        browser.close()

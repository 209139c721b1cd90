"""The articles that come with the package: each reason leads to one, each link and picture is there (FAI16)."""

import re

import pytest

from fourcorners.checks.live.results import HelpGroup, ResultCode
from fourcorners.help.article import BODY_CHARS_MAX, Kind, parse, read_folder, sections, shipped
from fourcorners.help.errors import ArticleInvalid, ArticleMissing
from fourcorners.help.language import LANGUAGES, words
from fourcorners.help.pictures import picture_file, picture_names
from fourcorners.help.reading import blocks, images_in, pictures_in, render
from fourcorners.help.rules import is_bot
from fourcorners.verdict.catalogue import catalogue

ARTICLES = {article.key: article for article in shipped()}
SLUGS = {article.slug for article in shipped()}
GOOD = '+++\nkind = "faq"\nsection = "news"\ntitle = "A title"\npublished = 2026-01-02\n+++\n\nA text.\n'


def addresses(scheme, name):
    return f"/{scheme}/{name}"


def test_there_are_enough_of_every_kind():
    english = [a for a in shipped() if a.language == "en" and not a.region]
    assert len(english) >= 40
    assert {a.kind for a in english} == set(Kind)
    assert {a.section for a in english} == set(sections())


def test_every_reason_leads_to_an_article():
    assert {reason.help for reason in catalogue().values()} <= SLUGS


def test_every_result_of_facial_recognition_stands_in_the_article_of_its_group():
    """FR2."""
    texts = {group: ARTICLES[f"facial-recognition-{group}|en|"].body for group in HelpGroup}
    for code in ResultCode:
        assert any(f"`{code}`" in text for text in texts.values()), code


@pytest.mark.parametrize("key", sorted(ARTICLES))
def test_links_and_pictures_of_an_article_are_there(key):
    article = ARTICLES[key]
    assert {slug.split("#")[0] for slug in re.findall(r"\]\(help:([^)]+)\)", article.body)} <= SLUGS - {article.slug}
    assert set(pictures_in(article.body)) <= picture_names()
    assert images_in(article.body) == []
    assert article.published <= article.updated
    assert not article.title.endswith((".", "?"))
    assert sum(1 for block in blocks(article.body) for _ in words(block.text, article.language)) >= 40
    for caption in re.findall(r"!\[([^\]]+)\]\(picture:", article.body):
        assert not caption.startswith(("Right", "Wrong")), "that is said by the page, in the reader's language"


def test_every_picture_is_used():
    assert {name for article in shipped() for name in pictures_in(article.body)} == picture_names()


def test_a_picture_is_drawn_once_and_kept(tmp_path):
    first = picture_file("wrong-sunglasses", tmp_path)
    assert first.read_bytes()[:3] == b"\xff\xd8\xff"
    before = first.stat().st_mtime_ns
    assert picture_file("wrong-sunglasses", tmp_path).stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == [first.name], "no half-written file is left"
    with pytest.raises(ArticleMissing):
        picture_file("../secret", tmp_path)


def test_sections_have_names_in_every_language():
    for names in sections().values():
        assert sorted(names) == sorted(LANGUAGES)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("+++\nkind", "kind"),
        ('kind = "faq"\n', ""),
        ('"faq"', '"gossip"'),
        ('"news"', '"weather"'),
        ("2026-01-02", '"soon"'),
        ("2026-01-02", "2026-13-02"),
        ('"A title"', '""'),
        ('"A title"', f'"{"t" * 200}"'),
        ("A text.", ""),
        ("A text.", "x" * (BODY_CHARS_MAX + 1)),
    ],
)
def test_what_is_no_article_is_refused(before, after):
    parse(GOOD, "a-name", "en")
    with pytest.raises(ArticleInvalid):
        parse(GOOD.replace(before, after), "a-name", "en")


@pytest.mark.parametrize(("slug", "language", "region"), [("A name", "en", ""), ("a", "xx", ""), ("a", "en", "uk")])
def test_names_languages_and_regions_are_checked(slug, language, region):
    with pytest.raises(ArticleInvalid):
        parse(GOOD, slug, language, region)


def test_a_folder_is_read_as_the_package_is(tmp_path):
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "a-name.AE.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "de" / "notes.txt").write_text("not an article", encoding="utf-8")
    [article] = read_folder(tmp_path)
    assert article.key == "a-name|de|AE"


def test_a_page_holds_no_tag_and_no_address_of_the_text():
    body = (
        "## <b>Bold</b>\n\n<script>alert(1)</script> [x](javascript:alert(1)) [out](https://example.org)\n\n"
        '![A "quoted" <i>](picture:right-card)\n\n[in](help:other) ![no](https://example.org/a.png)'
    )
    page = render(body, "en", addresses)
    assert "<script" not in page.html
    assert "javascript:" not in page.html.replace("[x](javascript:alert(1))", "")
    assert "<i>" not in page.html
    assert 'href="/help/other"' in page.html
    assert 'src="/picture/right-card"' in page.html
    assert 'rel="noopener nofollow"' in page.html
    assert images_in(body) == ["https://example.org/a.png"]
    assert page.contents[0].text == "<b>Bold</b>"
    assert 'id="part-1"' in page.html
    assert '<span class="example right">' in page.html
    assert "<strong>Richtig:</strong>" in render(body, "de", addresses).html


def test_reading_time_is_rounded_up():
    assert render("word " * 10, "en", addresses).minutes == 1
    assert render("word " * 221, "en", addresses).minutes == 2


@pytest.mark.parametrize(
    ("said", "bot"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Mobile/15E148 Safari/604.1", False),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("curl/8.1", True),
        ("", True),
    ],
)
def test_programs_are_no_readers(said, bot):
    """HC10."""
    assert is_bot(said) is bot

"""The search: what is found, in which order, what is shown of it, and when it says that nothing fits (HC1-HC8)."""

from datetime import date

import pytest

from fourcorners.help.article import Article, Kind
from fourcorners.help.search import PAGE_SIZE, TERM_CHARS_MAX, SearchIndex, cleaned


def make(slug, title="Untitled", body="Nothing here.", *, kind=Kind.FAQ, language="en", region="", updated=1):
    day = date(2026, 1, updated)
    return Article(slug, language, region, kind, "news", title, day, day, body)


PHOTOS = "## Photos\n\nTake a photo of the card. Photos must be sharp. Is a photo enough? Yes, one photo is enough."
CORPUS = (
    make("photo", "Your photo", PHOTOS),
    make("transfer", "Sending money", "Instantly credited. An instant payment takes ten seconds. It costs nothing."),
    make("press", "Opening hours", "We have a mini kitchen and a printer in the office. Ask at the desk."),
    make("other", "Fees", "There are no fees for paying in."),
)


def slugs(results):
    return [hit.slug for hit in results.hits]


def test_the_query_that_the_page_started_from():
    """Plural and adverb forms match, words that nobody uses are left out, none is needed (HC2)."""
    corpus = [a for a in CORPUS if a.slug != "press"]
    results = SearchIndex(corpus).search("mini instant photo printer")
    assert results.answered
    assert set(slugs(results)) == {"photo", "transfer"}
    assert all(any(word in h.snippet_text.lower() for word in ("photo", "instant")) for h in results.hits)
    assert not any(word in h.snippet_text.lower() for h in results.hits for word in ("mini", "printer"))


def test_what_no_article_answers_still_names_those_that_use_some_of_the_words():
    results = SearchIndex(CORPUS).search("borrow an instant camera for mountaineering in october")
    assert (results.answered, results.hits) == (False, ())
    assert "transfer" in [hit.slug for hit in results.near]


@pytest.mark.parametrize("term", ["", "   ", "xqzt vlurb", "the and of", "?!…", "\x00\u200b"])
def test_nothing_is_said_to_be_nothing(term):
    results = SearchIndex(CORPUS).search(term)
    assert not results.answered
    assert results.hits == ()
    assert set(results.counts.values()) == {0}
    assert (results.first, results.last, results.pages) == (0, 0, 1)


def test_a_query_is_cleaned():
    assert cleaned("  Photo\u200b\n  rejected ") == "Photo rejected"
    assert cleaned("\ufb01le") == "ﬁle"
    assert len(cleaned("photo " * 100)) <= TERM_CHARS_MAX
    assert cleaned("<script>alert(1)</script>") == "<script>alert(1)</script>", "escaped where it is shown, not here"


def test_title_before_headings_before_body():
    """HC3."""
    filler = "This text is about other matters altogether."
    index = SearchIndex(
        [
            make("body", "Something", f"{filler} A passport is mentioned."),
            make("heading", "Something", f"## Passport\n\n{filler}"),
            make("title", "Passport", filler),
            make("none", "Fees", filler),
        ]
    )
    assert slugs(index.search("passport")) == ["title", "heading", "body"]


def test_ties_are_broken_by_the_newest_update_over_page_ends():
    """HC3."""
    days = [*range(1, 29), *range(1, 13)]
    index = SearchIndex(make(f"a{n}", "Passport", updated=day) for n, day in enumerate(days))
    listed = [hit for page in (1, 2, 3) for hit in index.search("passport", page=page).hits]
    assert [hit.updated.day for hit in listed] == sorted(days, reverse=True)
    assert len({hit.slug for hit in listed}) == len(days)


def test_tabs_filter_and_count():
    """HC1."""
    kinds = [Kind.FAQ] * 20 + [Kind.ANNOUNCEMENT] * 3 + [Kind.PRODUCT_DOCUMENT]
    index = SearchIndex(make(f"a{n}", "Passport", kind=kind) for n, kind in enumerate(kinds))
    results = index.search("passport", kind=Kind.ANNOUNCEMENT)
    assert results.counts == {None: 24, Kind.FAQ: 20, Kind.ANNOUNCEMENT: 3, Kind.PRODUCT_DOCUMENT: 1}
    assert {hit.kind for hit in results.hits} == {Kind.ANNOUNCEMENT}
    assert (results.first, results.last, results.total) == (1, 3, 3)


def test_fifteen_a_page_and_the_last_page_beyond_the_end():
    """HC6."""
    index = SearchIndex(make(f"a{n}", "Passport") for n in range(PAGE_SIZE + 4))
    assert (index.search("passport").first, index.search("passport").last) == (1, PAGE_SIZE)
    beyond = index.search("passport", page=99)
    assert (beyond.page, beyond.pages, beyond.first, beyond.last) == (2, 2, PAGE_SIZE + 1, PAGE_SIZE + 4)


def test_mistyped_words_are_found_and_marked():
    results = SearchIndex(CORPUS).search("photos instnat")
    assert ("instnat", "instant") in results.mended
    marks = {f.text.lower() for hit in results.hits for f in hit.snippet if f.marked}
    assert {"photo", "photos", "instant", "instantly"} == marks


def test_a_word_of_its_own_is_no_mistyped_one():
    results = SearchIndex([make("a", "Photo", "It is printed on paper.")]).search("photo printer")
    assert results.mended == ()


def test_region_and_language_variants():
    """HC8: own language first, own region before everywhere, English where there is nothing else."""
    index = SearchIndex(
        [
            make("address", "Address proof", "A bill will do."),
            make("address", "Address proof in the Emirates", "A tenancy contract will do.", region="AE"),
            make("address", "Adressnachweis", "Eine Rechnung genügt.", language="de"),
            make("local", "Ejari address", "Register the contract.", region="AE"),
        ]
    )

    def seen(term, language, region=""):
        return [(hit.slug, hit.language, hit.region) for hit in index.search(term, language, region).hits]

    assert seen("address", "en") == [("address", "en", "")]
    assert set(seen("address", "en", "AE")) == {("address", "en", "AE"), ("local", "en", "AE")}
    assert seen("address", "en", "US") == [("address", "en", "")]
    assert seen("Adressnachweis", "de") == [("address", "de", "")]
    assert seen("justificatif de domicile", "fr") == [("address", "en", "")]
    assert seen("地址证明", "zh", "AE")[0] == ("address", "en", "AE")


def test_an_edit_replaces_all_that_was_there():
    index = SearchIndex([make("a", "Passport"), make("b", "Licence")])
    index.replace("a", [make("a", "Permit", region="")])
    index.replace("c", [make("c", "Permit abroad", region="AE")])
    index.replace("b", [])
    index.commit()
    assert slugs(index.search("passport")) == []
    assert slugs(index.search("licence")) == []
    assert slugs(index.search("permit")) == ["a"]
    assert set(slugs(index.search("permit", region="AE"))) == {"a", "c"}
    assert len(index) == 2


def test_snippets_are_whole_sentences_with_all_words_of_the_question():
    """HC4."""
    filler = " ".join(f"Sentence number {n} says nothing of note." for n in range(40))
    body = f"{filler}\n\n## Who may sign?\n\nOnly the notary may. {filler}\n\nThe turban stays on. {filler}"
    [hit] = SearchIndex([make("a", "Untitled", body), make("b", "Fees")]).search("notary turban").hits
    assert "Who may sign? Only the notary may." in hit.snippet_text, "a question is kept with its answer"
    assert "The turban stays on." in hit.snippet_text
    assert 300 <= len(hit.snippet_text) <= 450
    assert (hit.matched, hit.shown) == (2, 2)
    for piece in hit.snippet_text.split(" … "):
        assert piece[0].isupper()
        assert piece[-1] in ".?"


def test_a_snippet_of_a_short_text_is_all_of_it():
    [hit] = SearchIndex([make("a", "Passport", "## Which one\n\nAny will do.\n\n- one\n- two")]).search("passport").hits
    assert hit.snippet_text == "Which one: Any will do. one · two"
    assert [f.text for f in hit.title if f.marked] == ["Passport"]


def test_related_articles_are_of_the_same_section_first():
    """HC9."""
    day = date(2026, 1, 1)
    near = [
        Article(f"n{i}", "en", "", Kind.FAQ, "selfie", "Selfie light", day, day, "Light on a face.") for i in (1, 2)
    ]
    far = Article("far", "en", "", Kind.FAQ, "privacy", "Selfie light", day, day, "Light on a face. Light on a face.")
    index = SearchIndex([*near, far, make("x", "Fees", "No fees.")])
    assert [a.slug for a in index.similar("n1", count=2)] == ["n2", "far"]
    assert index.similar("missing") == []


def test_a_search_during_an_edit_sees_all_of_it_or_nothing():
    index = SearchIndex([make("a", "Passport one"), make("b", "Passport two")])
    index.replace("a", [make("a", "Permit")])
    assert slugs(index.search("passport"))[-1:] == ["b"] or set(slugs(index.search("passport"))) == {"a", "b"}
    index.commit()
    assert slugs(index.search("passport")) == ["b"]

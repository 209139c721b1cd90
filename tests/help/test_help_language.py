"""Words in twelve languages: folding, stems, breaks between words, typing errors, what people call things (HC2)."""

from datetime import date

import pytest

from fourcorners.help.language import (
    LANGUAGES,
    Vocabulary,
    date_text,
    is_stop_word,
    language_of_query,
    meanings,
    parse_locale,
    sentences,
    terms_of,
    words,
)
from fourcorners.help.language.languages import languages
from fourcorners.help.language.stems import folded
from fourcorners.help.search.snippets import CHARS_MAX


def texts(text, language):
    return [word.text for word in words(text, language)]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ("photo", "photos", "Photo's", "PHOTO")),
        ("en", ("instant", "instantly", "INSTANT")),
        ("de", ("Ausweis", "Ausweise", "AUSWEIS")),
        ("fr", ("vérification", "verification", "vérifications")),
        ("es", ("rechazada", "rechazado", "rechazadas")),
        ("ru", ("документ", "документы", "документа")),
        ("ar", ("صورة", "صُورَة")),
        ("ko", ("사진을", "사진이", "사진은")),
    ],
)
def test_forms_of_a_word_share_a_term(language, forms):
    shared = set.intersection(*(set(terms_of(form, language)) for form in forms))
    assert shared, [terms_of(form, language) for form in forms]


def test_words_of_different_languages_do_not_meet():
    assert set(terms_of("photo", "en")).isdisjoint(terms_of("photo", "fr"))


def test_marks_that_tell_words_apart_stay():
    """Thai vowels and the voicing of kana are letters, not accents."""
    assert folded("ตา") != folded("ตี")
    assert folded("ガ") != folded("カ")
    assert folded("ÄÖÜ ß") == "aou ss"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "身份证照片", ["身份", "证", "照片"]),
        ("ja", "顔写真を", ["顔写真", "を"]),
        ("th", "บัตรประชาชน", ["บัตร", "ประชาชน"]),
        ("ko", "신분증 사진을", ["신분증", "사진을"]),
        ("en", "Don't re-upload 10.5 MB!", ["Don't", "re", "upload", "10", "5", "MB"]),
    ],
)
def test_words_are_broken_as_the_language_does(language, text, expected):
    assert texts(text, language) == expected


def test_words_know_where_they_stand():
    text = "A photo, 照片 too."
    assert [text[w.start : w.end] for w in words(text, "zh")] == [w.text for w in words(text, "zh")]


def test_sentences_are_whole_and_none_fills_a_snippet():
    text = "Is it 10.5 MB? Yes. Word " + "word " * 200 + "end.\nNext line"
    found = [text[a:b] for a, b in sentences(text, "en")]
    assert found[:2] == ["Is it 10.5 MB?", "Yes."]
    assert found[-1] == "Next line"
    assert max(map(len, found)) < CHARS_MAX / 2
    assert "".join(found).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_typing_errors_of_one_edit_are_found_in_long_words_only():
    known = Vocabulary()
    known.add({"rejected", "selfie", "photo", "card", "reject"})
    assert known.near("rejectd") == ["reject", "rejected"]
    assert known.near("slefie") == ["selfie"]
    assert known.near("phot") == []
    assert known.near("cads") == []
    assert known.near("refections") == []


def test_a_vocabulary_forgets_what_is_taken_away():
    known = Vocabulary()
    known.add({"selfie"})
    known.add({"selfie", "passport"})
    known.take_away({"selfie", "passport"})
    assert "selfie" in known
    assert known.near("pasport") == []
    known.take_away({"selfie"})
    assert known.near("selfe") == []
    assert len(known) == 0


def test_what_people_call_things_is_known():
    [phrase] = meanings(list(words("utility bill", "en")), "en")
    assert ("en:proof", "en:address") in phrase.meanings
    [phrase] = meanings(list(words("Personalausweis", "de")), "de")
    assert ("en:ident", "en:card") in phrase.meanings
    [phrase] = meanings(list(words("如何上传", "zh")), "zh")
    assert phrase.meanings == (("en:upload",),)


GRAMMAR_WORDS = ("the", "der", "les", "para", "para", "della", "как", "في", "的", "です", "그리고", "และ")
GRAMMAR = dict(zip(LANGUAGES, GRAMMAR_WORDS, strict=True))
PHOTO_WORDS = ("Foto", "photo", "foto", "foto", "foto", "фото", "صورة", "照片", "写真", "사진", "รูปถ่าย")
PHOTO = dict(zip(LANGUAGES[1:], PHOTO_WORDS, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_complete(language):
    entry = languages()[language]
    assert entry.direction == ("rtl" if language == "ar" else "ltr")
    assert len(entry.months) in (0, 12)
    assert "2026" in date_text(date(2026, 3, 9), language)
    assert is_stop_word(GRAMMAR[language], language)
    if language != "en":
        [phrase] = meanings(list(words(PHOTO[language], language)), language)
        assert ("en:photo",) in phrase.meanings


def test_dates_follow_the_locale():
    """HC5, HC8."""
    day = date(2023, 10, 13)
    assert date_text(day, "en") == date_text(day, "en", "US") == date_text(day, "en", "AE") == "Oct 13, 2023"
    assert date_text(day, "en", "GB") == date_text(day, "en", "AU") == "13 Oct 2023"
    assert date_text(day, "de") == "13.10.2023"
    assert date_text(day, "ja") == "2023/10/13"


def test_locales_and_scripts_tell_the_language():
    assert parse_locale("pt_BR") == ("pt", "BR")
    assert parse_locale("en-ae") == ("en", "AE")
    assert parse_locale("zh-Hant-TW") == ("zh", "TW")
    assert parse_locale("tlh") == ("en", "")
    assert language_of_query("顔写真", "ja") == "ja"
    assert language_of_query("照片", "en") == "zh"
    assert language_of_query("写真の", "en") == "ja"
    assert language_of_query("photo", "fr") == "fr"

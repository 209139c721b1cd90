"""What words are, in twelve languages: where they begin, what they have in common, what they mean to us."""

from fourcorners.help.language.languages import LANGUAGES, Language, date_text, language_of_query, parse_locale
from fourcorners.help.language.phrases import Phrase, meanings
from fourcorners.help.language.stems import is_stop_word, terms_of
from fourcorners.help.language.subjects import of_other_subjects
from fourcorners.help.language.vocabulary import Vocabulary
from fourcorners.help.language.words import Word, sentences, words

__all__ = [
    "LANGUAGES",
    "Language",
    "Phrase",
    "Vocabulary",
    "Word",
    "date_text",
    "is_stop_word",
    "language_of_query",
    "meanings",
    "of_other_subjects",
    "parse_locale",
    "sentences",
    "terms_of",
    "words",
]

"""Search over articles: `SearchIndex(articles).search("photo rejected")`."""

from fourcorners.help.search.index import SearchIndex
from fourcorners.help.search.question import TERM_CHARS_MAX, cleaned
from fourcorners.help.search.results import PAGE_SIZE, Fragment, Hit, Results

__all__ = ["PAGE_SIZE", "TERM_CHARS_MAX", "Fragment", "Hit", "Results", "SearchIndex", "cleaned"]

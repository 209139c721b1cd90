"""What tantivy holds of an article, the fields that are searched; and what is kept beside it, to show what was found.

To take texts out of tantivy's store would take as long as the search itself.
"""

from dataclasses import dataclass

import tantivy
from tantivy import Document

from fourcorners.help.article import Article
from fourcorners.help.search.prepared import Fields, Prepared

__all__ = ["Kept", "article_document", "article_schema"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A variant, taken apart; `own` are the terms that the package's article does not have.

    `audience` are those who see it, `language|region` each.
    """

    article: Article
    parts: Prepared
    own: frozenset[str]
    audience: tuple[str, ...]


def article_schema() -> tantivy.Schema:
    """The fields. `number` tells which `Kept` a document is."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_text_field("slug", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "headings", "body"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("any", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def article_document(number: int, kept: Kept, fields: Fields) -> Document:
    """A variant to be searched."""
    document = Document()
    document.add_unsigned("number", number)
    document.add_text("slug", kept.article.slug)
    document.add_text("audience", " ".join(kept.audience))
    document.add_text("kind", kept.article.kind.value)
    document.add_text("title", fields.title)
    document.add_text("headings", fields.headings)
    document.add_text("body", fields.body)
    document.add_text("any", " ".join(kept.parts.terms))
    return document

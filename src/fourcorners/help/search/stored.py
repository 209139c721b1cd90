"""What tantivy keeps of an article: the fields that are searched, and what snippets are cut from."""

from collections.abc import Sequence
from typing import Any

import tantivy
from tantivy import Document

from fourcorners.help.article import Article
from fourcorners.help.search.prepared import Prepared

__all__ = ["article_document", "article_schema", "stored_bytes", "stored_text"]


def article_schema() -> tantivy.Schema:
    """The fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("slug", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("audience", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "headings", "body"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("any", tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("updated", fast=True)
    for field in ("text", "layout", "marks"):
        builder.add_bytes_field(field, stored=True)
    return builder.build()


def article_document(article: Article, parts: Prepared, audience: Sequence[str]) -> Document:
    """A variant, for those that `audience` names: `language|region`."""
    document = Document()
    document.add_text("slug", article.slug)
    document.add_text("key", article.key)
    document.add_text("audience", " ".join(audience))
    document.add_text("kind", article.kind.value)
    document.add_text("title", parts.title)
    document.add_text("headings", parts.headings)
    document.add_text("body", parts.body)
    document.add_text("any", " ".join(parts.terms))
    document.add_unsigned("updated", article.updated.toordinal())
    document.add_bytes("text", parts.text.encode())
    document.add_bytes("layout", parts.layout)
    document.add_bytes("marks", parts.marks.encode())
    return document


def stored_bytes(document: Document, field: str) -> bytes:
    """A field of bytes."""
    stored: Any = document.get_first(field)
    return bytes(stored)


def stored_text(document: Document, field: str) -> str:
    """The same, read as text."""
    return stored_bytes(document, field).decode()

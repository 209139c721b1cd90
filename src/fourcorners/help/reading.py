"""An article's Markdown, read: as HTML for a page, as plain blocks for the index, as contents and reading time."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from fourcorners.help.language import words
from fourcorners.help.language.languages import languages
from fourcorners.help.pictures import is_right, picture_names

__all__ = ["Block", "Entry", "Page", "blocks", "images_in", "pictures_in", "render"]

WORDS_PER_MINUTE = 220
"""An adult reads 238 words of English a minute silently (Brysbaert 2019, mean over 190 studies); rounded down."""

PICTURE = "picture:"
"""Address of a drawn example: `![what it shows](picture:name)`."""
ARTICLE = "help:"
"""Address of another article: `[words](help:slug)`."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an item of a list or a cell, as plain text."""

    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `anchor` is the heading's id on the page."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it is shown. `html` is safe: no tag in it comes from the text."""

    html: str
    contents: tuple[Entry, ...]
    minutes: int


def render(body: str, language: str, address_of: Callable[[str, str], str]) -> Page:
    """The page of a body. `address_of(scheme, name)` gives the address of `picture:` and `help:` links."""
    markdown = _markdown()
    tokens = markdown.parse(body)
    contents: list[Entry] = []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            anchor = f"part-{len(contents) + 1}"
            token.attrSet("id", anchor)
            contents.append(Entry(int(token.tag[1:]), anchor, _plain(tokens[number + 1])))
        for child in token.children or ():
            _readdress(child, language, address_of)
    html: str = markdown.renderer.render(tokens, markdown.options, {})
    count = sum(1 for block in blocks(body) for _ in words(block.text, language))
    return Page(html, tuple(contents), max(1, -(-count // WORDS_PER_MINUTE)))


def blocks(body: str) -> list[Block]:
    """The plain text of a body, block by block; what pictures show is left out."""
    found: list[Block] = []
    tokens = _markdown().parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            heading = before is not None and before.type == "heading_open"
            text = " ".join(_plain(token).split())
            if text:
                found.append(Block(text, heading))
        elif token.type in ("fence", "code_block") and token.content.strip():
            found.append(Block(" ".join(token.content.split()), heading=False))
    return found


def pictures_in(body: str) -> list[str]:
    """Names of the drawn examples that a body shows."""
    return re.findall(rf"\]\({PICTURE}([^)\s]+)\)", body)


def images_in(body: str) -> list[str]:
    """Addresses of pictures in a body that are no drawn examples."""
    tokens = [child for token in _markdown().parse(body) for child in token.children or ()]
    addresses = [str(token.attrGet("src")) for token in tokens if token.type == "image"]
    return [address for address in addresses if not address.startswith(PICTURE)]


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    allowed = markdown.validateLink
    markdown.add_render_rule("image", _example)
    markdown.validateLink = lambda url: url.startswith((PICTURE, ARTICLE)) or allowed(url)  # type: ignore[method-assign]
    return markdown


def _example(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ANN401
    """A drawn example with its caption; what it is right or wrong for is said in words, not by colour alone."""
    token = tokens[at]
    caption = escapeHtml(_plain(token))
    tone, label = token.meta["example"]
    source = escapeHtml(str(token.attrGet("src")))
    return (
        f'<span class="example {tone}"><img src="{source}" alt="" loading="lazy" width="360">'
        f'<span class="caption"><strong>{escapeHtml(label)}:</strong> {caption}</span></span>'
    )


def _readdress(token: Token, language: str, address_of: Callable[[str, str], str]) -> None:
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    if attribute is None:
        return
    address = str(token.attrGet(attribute))
    name, entry = address.removeprefix(PICTURE), languages()[language]
    right = name in picture_names() and is_right(name)
    token.meta = {**token.meta, "example": ("right", entry.right) if right else ("wrong", entry.wrong)}
    for scheme in (PICTURE, ARTICLE):
        if address.startswith(scheme):
            token.attrSet(attribute, address_of(scheme.rstrip(":"), address.removeprefix(scheme)))
            break
    else:
        token.attrSet("rel", "noopener nofollow")


def _plain(token: Token) -> str:
    parts: list[str] = []
    children: Sequence[Any] = token.children or ()
    for child in children:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)

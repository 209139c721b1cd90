"""An article: Markdown with a few facts before it, in one language and for one region or all."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from fourcorners.help.errors import ArticleInvalid
from fourcorners.help.language import LANGUAGES
from fourcorners.kit.data import load_toml

__all__ = [
    "BODY_CHARS_MAX",
    "FALLBACK",
    "TITLE_CHARS_MAX",
    "Article",
    "Kind",
    "article_from",
    "best_variant",
    "parse",
    "read_folder",
    "sections",
    "shipped",
]

TITLE_CHARS_MAX = 150
BODY_CHARS_MAX = 100_000
FALLBACK = "en"
"""The language that an article is shown in where there is no variant in the reader's own."""

FENCE = "+++"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REGION = re.compile(r"|[A-Z]{2}")


class Kind(StrEnum):
    """What sort of text it is: the tabs of the search page."""

    FAQ = "faq"
    ANNOUNCEMENT = "announcement"
    PRODUCT_DOCUMENT = "product_document"


@dataclass(frozen=True, slots=True)
class Article:
    """One variant of an article. `region` is empty for everywhere; `body` is Markdown without the title."""

    slug: str
    language: str
    region: str
    kind: Kind
    section: str
    title: str
    published: date
    updated: date
    body: str

    @property
    def key(self) -> str:
        """Names the variant: `slug|language|region`."""
        return f"{self.slug}|{self.language}|{self.region}"


def parse(text: str, slug: str, language: str, region: str = "") -> Article:
    """The article in a Markdown file that begins with TOML between two lines `+++`. Raises ArticleInvalid."""
    opening, _, rest = text.lstrip("\ufeff").partition(FENCE)
    facts_text, fence, body = rest.partition(f"\n{FENCE}")
    if opening.strip() or not fence:
        raise ArticleInvalid(f"The article {slug} does not begin with its facts between two lines of {FENCE}.")
    try:
        facts: dict[str, Any] = tomllib.loads(facts_text)
    except tomllib.TOMLDecodeError as error:
        raise ArticleInvalid(f"The facts of the article {slug} cannot be read: {error}.") from error
    missing = {"kind", "section", "title", "published"} - facts.keys()
    if missing:
        raise ArticleInvalid(f"The article {slug} does not say its {', '.join(sorted(missing))}.")
    published = facts["published"]
    updated = facts.get("updated", published)
    return article_from(
        slug, language, region, facts["kind"], facts["section"], facts["title"], published, updated, body.strip()
    )


def article_from(
    slug: str,
    language: str,
    region: str,
    kind: str,
    section: str,
    title: str,
    published: date,
    updated: date,
    body: str,
) -> Article:
    """The article, if everything about it is as it must be. Raises ArticleInvalid."""
    faults = {
        f"{slug!r} is no name for an address": not SLUG.fullmatch(slug) or len(slug) > 80,
        f"there is no language {language!r}": language not in LANGUAGES,
        f"{region!r} is no region": not REGION.fullmatch(region),
        f"{kind!r} is no kind of article": kind not in set(Kind),
        f"there is no section {section!r}": section not in sections(),
        f"a title has 1 to {TITLE_CHARS_MAX} characters": not 0 < len(title.strip()) <= TITLE_CHARS_MAX,
        f"a text has 1 to {BODY_CHARS_MAX} characters": not 0 < len(body.strip()) <= BODY_CHARS_MAX,
        "its days are not days": not (isinstance(published, date) and isinstance(updated, date)),
    }
    wrong = [fault for fault, holds in faults.items() if holds]
    if wrong:
        raise ArticleInvalid(f"The article {slug} cannot be taken: {wrong[0]}.", faults=wrong)
    return Article(slug, language, region, Kind(kind), section, title.strip(), published, updated, body.strip())


def sections() -> dict[str, dict[str, str]]:
    """Names of the sections in each language, by the section's name in addresses, in the order they are shown."""
    table: dict[str, dict[str, str]] = load_toml("fourcorners.help.articles", "sections.toml")["sections"]
    return table


def best_variant(variants: Sequence[Article], language: str, region: str) -> Article | None:
    """The variant that a reader sees: own language before English, own region before everywhere (HC8)."""
    by_place = {(v.language, v.region): v for v in variants}
    order = ((language, region), (language, ""), (FALLBACK, region), (FALLBACK, ""))
    return next((by_place[place] for place in order if place in by_place), None)


@cache
def shipped() -> tuple[Article, ...]:
    """The articles inside this package: `articles/<language>/<slug>[.<REGION>].md`."""
    return tuple(read_folder(files("fourcorners.help.articles")))


def read_folder(root: Traversable) -> Iterator[Article]:
    """The articles of a folder that is laid out as the package's own. Raises ArticleInvalid."""
    for language in LANGUAGES:
        folder = root.joinpath(language)
        if not folder.is_dir():
            continue
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            if file.name.endswith(".md"):
                slug, _, region = file.name.removesuffix(".md").partition(".")
                yield parse(file.read_text(encoding="utf-8"), slug, language, region)

"""Reads articles, Markdown files with YAML front matter, into frozen values or clear errors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from waypost.articles import front_matter as field
from waypost.articles.article import TOPICS, Article, ArticleSource, ShortQuestion
from waypost.articles.front_matter import BadArticle
from waypost.values.content import read_yaml

LANGUAGES = ("en", "es")

FIELDS = (
    "slug",
    "language",
    "languages",
    "title",
    "summary",
    "related",
    "questions",
    "sources",
    "reviewed_by",
    "reviewed_on",
    "next_review_due",
    "review_note",
    "topic",
    "place",
)


def article_files(folder: Path) -> list[Path]:
    """The articles' files by name; the folder's README is not one."""
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")


def file_name(slug: str, language: str) -> str:
    """The name of an article's file in a language."""
    return f"{slug}.md" if language == "en" else f"{slug}.{language}.md"


def load_articles(folder: Path, language: str) -> tuple[Article, ...]:
    """Every article of the folder in one language, by slug.

    Raises:
        BadArticle: a file cannot be read as an article.
    """
    articles = (read_article(path) for path in article_files(folder))
    return tuple(article for article in articles if article.language == language)


def read_article(path: Path) -> Article:
    """One article from its file.

    Raises:
        BadArticle: the file is not an article; the message says what to change.
    """
    front, body = _split(path)
    about = "The front matter"
    field.only(front, FIELDS, about)
    article = Article(
        slug=field.slug(front, "slug", about),
        language=_language(front),
        languages=tuple(str(code) for code in field.items(front, "languages")),
        title=field.text(front, "title", about),
        summary=field.text(front, "summary", about),
        related=field.slugs(front, "related"),
        questions=tuple(_question(item) for item in field.items(front, "questions")),
        sources=_sources(front),
        reviewed_by=field.text(front, "reviewed_by", about) if front.get("reviewed_by") else "",
        reviewed_on=field.maybe_day(front, "reviewed_on", about),
        next_review_due=field.day(front, "next_review_due", about),
        review_note=field.text(front, "review_note", about) if front.get("review_note") else "",
        topic=field.one_of(front, "topic", TOPICS, "more"),
        place=field.number(front, "place", 100),
        body=body,
        path=path,
    )
    _agree(article)
    return article


def _split(path: Path) -> tuple[Mapping[str, Any], str]:
    try:
        written = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise BadArticle("The file is not UTF-8 text.") from None
    opening, _, rest = written.partition("---\n")
    front, fence, body = rest.partition("\n---\n")
    if opening or not fence:
        raise BadArticle("The file should begin with front matter between two lines of '---'.")
    try:
        fields = read_yaml(front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" near line {mark.line + 2}" if mark else ""
        raise BadArticle(f"The front matter is not YAML{where}.") from None
    except ValueError:  # PyYAML takes 2026-02-31 for a date, then fails to build it
        raise BadArticle("The front matter has a day that does not exist.") from None
    return field.mapping(fields, "The front matter"), body.strip() + "\n"


def _language(front: Mapping[str, Any]) -> str:
    code = front.get("language")
    if code not in LANGUAGES:
        raise BadArticle("The front matter needs 'language': en or es.")
    return str(code)


def _question(item: object) -> ShortQuestion:
    fields = field.mapping(item, "A question")
    field.only(fields, ("ask", "answer"), "A question")
    return ShortQuestion(
        field.text(fields, "ask", "A question"), field.slug(fields, "answer", "A question")
    )


def _sources(front: Mapping[str, Any]) -> tuple[ArticleSource, ...]:
    sources = tuple(_source(item) for item in field.items(front, "sources"))
    keys = [source.key for source in sources]
    if len(set(keys)) != len(keys):
        raise BadArticle("Two sources have the same key.")
    return sources


def _source(item: object) -> ArticleSource:
    fields = field.mapping(item, "A source")
    field.only(fields, ("key", "title", "publisher", "url", "published", "read"), "A source")
    key = field.slug(fields, "key", "A source")
    where = f"The source {key!r}"
    return ArticleSource(
        key=key,
        title=field.text(fields, "title", where),
        publisher=field.text(fields, "publisher", where),
        url=field.web_address(fields, where),
        published=field.published(fields, where),
        read=field.maybe_day(fields, "read", where),
    )


def _agree(article: Article) -> None:
    """Check that fields agree with each other and with the file's name."""
    name = file_name(article.slug, article.language)
    if article.path.name != name:
        raise BadArticle(f"The file should be named {name}.")
    if article.language not in article.languages or set(article.languages) - set(LANGUAGES):
        raise BadArticle("'languages' should list the article's language and others of en, es.")
    if bool(article.reviewed_by) != (article.reviewed_on is not None):
        raise BadArticle("'reviewed_by' and 'reviewed_on' must both be given or both be null.")

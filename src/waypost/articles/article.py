"""An article: checked text with its questions, sources and review status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

TOPICS = ("start", "inside", "rights", "choosing", "people", "more")
"""What an article is about, in the order in which the list leads a reader."""


@dataclass(frozen=True, slots=True)
class ShortQuestion:
    """A question that the article answers.

    ``answer`` is the id of the heading whose first paragraph is the short answer.
    """

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """A public source of a claim.

    ``published`` is a year, a month or a day as the source gives it ("2021", "2021-02",
    "2021-02-01"), empty where it has no date. ``read`` is the day its text was read for the
    article, None where it was not opened again.
    """

    key: str
    title: str
    publisher: str
    url: str
    published: str
    read: date | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language; ``body`` is Markdown, ``path`` the file that it was read from.

    ``reviewed_by`` is the clinician who reviewed it, empty until one has. ``topic`` is one of
    ``TOPICS``, and ``place`` its position in that topic, lowest first.
    """

    slug: str
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    related: tuple[str, ...]
    questions: tuple[ShortQuestion, ...]
    sources: tuple[ArticleSource, ...]
    reviewed_by: str
    reviewed_on: date | None
    next_review_due: date
    review_note: str
    topic: str
    place: int
    body: str
    path: Path

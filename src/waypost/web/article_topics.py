"""The order in which the list leads a reader: what an IOP is, what it is like, what else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.articles.article import Article


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading of the list with its articles in reading order."""

    key: str
    title: str
    articles: tuple[Article, ...]


ORDER = {
    "start": (
        "what-is-an-iop",
        "who-an-iop-suits",
        "iop-and-outpatient",
        "iop-and-inpatient",
        "detox-and-iop",
    ),
    "inside": (
        "what-happens-in-an-iop",
        "the-weekly-schedule",
        "how-long-it-lasts",
        "therapies",
        "medication-in-an-iop",
        "drug-testing",
    ),
}


def topics(articles: Sequence[Article]) -> list[Topic]:
    """Every article once, under its topic; those without a topic come last, by title."""
    left = {article.slug: article for article in articles}
    found = []
    for key, title in _titles():
        some = [left.pop(slug) for slug in ORDER.get(key, tuple(left)) if slug in left]
        if some:
            found.append(Topic(key, title, tuple(some)))
    return found


def _titles() -> list[tuple[str, str]]:
    return [
        ("start", _("Is it for me?")),
        ("inside", _("What it is like")),
        ("more", _("More answers")),
    ]

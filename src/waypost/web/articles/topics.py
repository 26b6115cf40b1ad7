"""The order in which the list leads a reader: what an IOP is, what it is like, what else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.articles.article import TOPICS, Article


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading of the list with its articles in reading order."""

    key: str
    title: str
    articles: tuple[Article, ...]


def topics(articles: Sequence[Article]) -> list[Topic]:
    """Every article once, under its topic; a topic without articles is left out."""
    titles = _titles()
    ordered = sorted(articles, key=lambda a: (a.place, a.title.casefold()))
    all_topics = [
        Topic(key, titles[key], tuple(a for a in ordered if a.topic == key)) for key in TOPICS
    ]
    return [topic for topic in all_topics if topic.articles]


def _titles() -> dict[str, str]:
    return {
        "start": _("Is it for me?"),
        "inside": _("What it is like"),
        "rights": _("Cost, work and rights"),
        "choosing": _("Choosing a program"),
        "people": _("For you and the people close to you"),
        "more": _("More answers"),
    }

"""Which articles to offer beside an article: those it names, then those that share sources."""

from __future__ import annotations

from collections.abc import Sequence

from waypost.articles.article import Article

MOST = 4


def related(article: Article, articles: Sequence[Article], most: int = MOST) -> list[Article]:
    """At most ``most`` other articles in the same language, the named ones first, in order.

    Then come those that share the most sources, ties by title: the same for every reader.
    """
    unlisted = {a.slug: a for a in articles if a.language == article.language}
    unlisted.pop(article.slug, None)
    named = [unlisted.pop(slug) for slug in article.related if slug in unlisted]
    ours = {source.url for source in article.sources}
    shared = sorted(
        ((len(ours & {s.url for s in other.sources}), other) for other in unlisted.values()),
        key=lambda pair: (-pair[0], pair[1].title),
    )
    return (named + [other for count, other in shared if count])[:most]

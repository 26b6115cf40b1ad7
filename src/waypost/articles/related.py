"""Which articles to offer beside one: those it names, then those that share its sources."""

from __future__ import annotations

from collections.abc import Sequence

from waypost.articles.article import Article

MOST = 4


def related(article: Article, articles: Sequence[Article], most: int = MOST) -> list[Article]:
    """At most ``most`` other articles in the same language, the named ones first in their order.

    After them come those that share the most sources, then by title: the same for every reader.
    """
    others = {a.slug: a for a in articles if a.language == article.language}
    others.pop(article.slug, None)
    named = [others.pop(slug) for slug in article.related if slug in others]
    ours = {source.url for source in article.sources}
    shared = sorted(
        ((len(ours & {s.url for s in other.sources}), other) for other in others.values()),
        key=lambda pair: (-pair[0], pair[1].title),
    )
    return (named + [other for count, other in shared if count])[:most]

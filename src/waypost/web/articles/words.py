"""The sentences around an article: its review, and where each source is from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from waypost.articles.article import Article, ArticleSource
from waypost.design.words import date_text, month_text


def review_words(article: Article) -> str:
    """Who reviewed the article and when, or that nobody has."""
    if article.reviewed_by and article.reviewed_on:
        named = {"who": article.reviewed_by, "day": date_text(article.reviewed_on)}
        return _("Reviewed by %(who)s on %(day)s.") % named
    due = date_text(article.next_review_due)
    return _("A review by a clinician is still to come (due %(day)s).") % {"day": due}


def due_words(article: Article) -> str:
    """When a reviewed article is due for review; `review_words` states the first review's day."""
    if not (article.reviewed_by and article.reviewed_on):
        return ""
    return _("Next review due %(day)s.") % {"day": date_text(article.next_review_due)}


def source_dates(source: ArticleSource) -> str:
    """When the source was published and when it was read for the article."""
    parts = [_published(source.published)]
    if source.read:
        parts.append(_("read on %(day)s") % {"day": date_text(source.read)})
    else:
        parts.append(_("not read again for this article"))
    return ", ".join(parts)


def _published(written: str) -> str:
    if not written:
        return _("undated")
    year, *rest = (int(part) for part in written.split("-"))
    if not rest:
        return str(year)
    if len(rest) == 1:
        return month_text(date(year, rest[0], 1))
    return date_text(date(year, rest[0], rest[1]))

"""The articles as an Atom feed (RFC 4287), one in each language."""

from __future__ import annotations

from datetime import date
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from waypost.articles.article import Article
from waypost.design.environment import language_prefix
from waypost.web.articles.library import articles_in
from waypost.web.frame import cacheable


@cacheable
def feed(request: HttpRequest) -> HttpResponse:
    """Every article in the language of the path, most recently changed first."""
    language = translation.get_language() or "en"
    articles = [a for a in articles_in(language).values() if a.language == language]
    articles.sort(key=lambda a: (changed_on(a), a.slug), reverse=True)
    base = settings.WAYPOST_BASE_URL + language_prefix()
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    attributes = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language}
    xml.startElement("feed", AttributesImpl(attributes))
    xml.addQuickElement("id", f"{base}/articles/feed.atom")
    xml.addQuickElement("title", _("Waypost: articles"))
    xml.addQuickElement("updated", _moment(max(map(changed_on, articles), default=EPOCH)))
    xml.addQuickElement("link", attrs={"rel": "self", "href": f"{base}/articles/feed.atom"})
    xml.addQuickElement("link", attrs={"rel": "alternate", "href": f"{base}/articles"})
    for article in articles:
        _entry(xml, article, f"{base}/articles/{article.slug}")
    xml.endElement("feed")
    xml.endDocument()
    return response


EPOCH = date(1970, 1, 1)


def changed_on(article: Article) -> date:
    """The last day on which somebody worked on it: its review, or the last source that was read."""
    days = [source.read for source in article.sources if source.read]
    return max([*days, article.reviewed_on or EPOCH])


def _entry(xml: SimplerXMLGenerator, article: Article, address: str) -> None:
    xml.startElement("entry", AttributesImpl({}))
    xml.addQuickElement("id", address)
    xml.addQuickElement("title", article.title)
    xml.addQuickElement("updated", _moment(changed_on(article)))
    xml.addQuickElement("link", attrs={"rel": "alternate", "href": address})
    xml.addQuickElement("summary", article.summary)
    xml.startElement("author", AttributesImpl({}))
    xml.addQuickElement("name", "Waypost")
    xml.endElement("author")
    xml.endElement("entry")


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

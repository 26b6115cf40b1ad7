"""Pages of words: the list with its search, one article, and the questions with their answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.articles.related import related
from waypost.articles.search_words import lines_in_danger
from waypost.design.environment import language_prefix
from waypost.levels_of_care.safety.safety import the_safety
from waypost.serving.process import snapshot_of
from waypost.texting.crisis.tiers import Tier, classify
from waypost.web.articles.library import AnsweredHere, answers_of, articles_in, blocks_of, html_of
from waypost.web.articles.near import near, near_query, place_in_hand, programs_beside
from waypost.web.articles.search import article_index
from waypost.web.articles.topics import topics
from waypost.web.articles.words import due_words, review_words, source_dates
from waypost.web.frame import cacheable, render

MOST_TYPED = 200


def _help_first(typed: str) -> tuple[str, ...]:
    """The lines to show first: those of the articles' words, or of the danger words of texts."""
    listed = lines_in_danger(typed)
    if listed or classify(typed).tier > Tier.HIGH:
        return listed
    return ("911", "988")


@cacheable
def article_list(request: HttpRequest) -> HttpResponse:
    """Every article; or the passages, answers and programs that match what is typed."""
    typed = request.GET.get("q", "")[:MOST_TYPED].strip()
    context: dict[str, Any] = {"typed": typed, "section": "/articles", **_carried(request)}
    if typed:
        context["help_lines"] = [the_safety().lines[name] for name in _help_first(typed)]
        context["lang"] = _language()
        context["found"] = article_index(_language()).search(typed)
        context["programs"] = programs_beside(snapshot_of(request), typed)
    else:
        context["topics"] = topics(list(articles_in(_language()).values()))
    return render(request, "articles/list.html", context)


@cacheable
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article with its sources, its review status, what is related and programs near."""
    library = articles_in(_language())
    shown = library.get(slug)
    if shown is None:
        raise Http404(_("There is no article with this address."))
    nearby = near(snapshot_of(request), request.GET.get("near", ""))
    carried = request.GET.get("near", "") if nearby and nearby.understood else ""
    context = {
        "article": shown,
        "sections": [b for b in blocks_of(shown) if b.tag == "h2"],
        "html": html_of(shown, language_prefix(), _("Source")),
        "review": review_words(shown),
        "due": due_words(shown),
        "sources": [(source, source_dates(source)) for source in shown.sources],
        "related": related(shown, list(library.values())),
        "near": nearby,
        "near_query": near_query(carried),
        "section": "/articles",
    }
    return render(request, "articles/article.html", context)


@cacheable
def answers(request: HttpRequest, key: str = "") -> HttpResponse:
    """Questions with their short answers, a topic a page: for people and, as FAQPage, machines."""
    every = topics(list(articles_in(_language()).values()))
    chosen = next((topic for topic in every if topic.key == (key or every[0].key)), None)
    if chosen is None:
        raise Http404(_("There is no topic with this address."))
    groups = [answers_of(article) for article in chosen.articles]
    context = {
        "topics": every,
        "chosen": chosen,
        "groups": [group for group in groups if group],
        "json_ld": faq_json_ld([answered for group in groups for answered in group]),
        "section": "/articles",
        **_carried(request),
    }
    return render(request, "articles/answers.html", context)


def _carried(request: HttpRequest) -> dict[str, str]:
    """The place carried along, for each link and the search form."""
    typed = request.GET.get("near", "")
    return {"place": place_in_hand(typed), "near_query": near_query(typed)}


def faq_json_ld(answered: Sequence[AnsweredHere]) -> Markup:
    """The questions as schema.org's FAQPage, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": _language(),
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.ask,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": question.answer,
                    "url": settings.WAYPOST_BASE_URL
                    + f"{language_prefix()}/articles/{question.article.slug}#{question.anchor}",
                },
            }
            for question in answered
        ],
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - every "<" is escaped above


def _language() -> str:
    return translation.get_language() or "en"

"""This process's articles, read and rendered once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from waypost.articles.article import Article
from waypost.articles.blocks import Block, blocks, short_answer
from waypost.articles.reading import load_articles
from waypost.articles.render import render
from waypost.values.content import content_folder


@dataclass(frozen=True, slots=True)
class AnsweredHere:
    """A question with its short answer and the place of the full answer."""

    ask: str
    answer: str
    article: Article
    anchor: str


@cache
def articles_in(language: str) -> dict[str, Article]:
    """Every article by slug: in this language, or in English if it is not translated yet."""
    folder = content_folder() / "articles"
    chosen = {article.slug: article for article in load_articles(folder, "en")}
    if language != "en":
        chosen |= {article.slug: article for article in load_articles(folder, language)}
    return dict(sorted(chosen.items(), key=lambda pair: pair[1].title.casefold()))


@cache
def blocks_of(article: Article) -> tuple[Block, ...]:
    """An article's blocks."""
    return blocks(article.body)


@cache
def html_of(article: Article, prefix: str, source_word: str) -> Markup:
    """An article's body; its HTML is made by our own renderer, which lets no raw HTML through."""
    return Markup(render(article, prefix, source_word))  # noqa: S704


@cache
def answers_of(article: Article) -> tuple[AnsweredHere, ...]:
    """The questions that one article answers."""
    return tuple(
        AnsweredHere(q.ask, short_answer(blocks_of(article), q.answer), article, q.answer)
        for q in article.questions
    )


def answers_in(language: str) -> tuple[AnsweredHere, ...]:
    """Every question that the articles answer, article by article."""
    return tuple(
        answered for article in articles_in(language).values() for answered in answers_of(article)
    )

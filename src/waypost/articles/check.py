"""Checks the articles of a folder: `waypost articles check` prints the problems, a test fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from waypost.articles.article import Article
from waypost.articles.avoided_words import uses
from waypost.articles.blocks import Block, blocks, heading_id, short_answer
from waypost.articles.figures import states_a_figure
from waypost.articles.findings import ArticleFinding, Severity
from waypost.articles.front_matter import BadArticle
from waypost.articles.reading import LANGUAGES, article_files, file_name, read_article
from waypost.articles.reading_level import grade, word_count
from waypost.articles.spanish import spanish_faults
from waypost.values.content import read_yaml

FEWEST_WORDS = 500
MOST_WORDS = 1_200
HIGHEST_GRADE = 9.0


@dataclass(frozen=True, slots=True)
class Checked:
    """One article with its blocks, and the headings of every article that its links can reach."""

    article: Article
    blocks: tuple[Block, ...]
    headings: Mapping[str, frozenset[str]]
    today: date


Rule = Callable[[Checked], Iterator[str]]


def check(folder: Path, today: date) -> list[ArticleFinding]:
    """Every problem of every article in the folder, by file; empty if there are none."""
    findings, articles = _read(folder)
    for article in articles:
        headings = _headings_in(article.language, articles)
        checked = Checked(article, blocks(article.body), headings, today)
        for name, severity, rule in RULES:
            findings += [
                ArticleFinding(article.path, severity, name, words) for words in rule(checked)
            ]
    return sorted(findings)


@cache
def site_pages() -> frozenset[str]:
    """Pages of our own, besides articles, that an article may link to."""
    text = (files("waypost.articles") / "data" / "pages.yaml").read_text("utf-8")
    return frozenset(read_yaml(text))


def _read(folder: Path) -> tuple[list[ArticleFinding], list[Article]]:
    findings, articles = [], []
    for path in article_files(folder):
        try:
            articles.append(read_article(path))
        except BadArticle as error:
            findings.append(ArticleFinding(path, Severity.ERROR, "front matter", str(error)))
    return findings, articles


def _headings_in(language: str, articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    """Headings by slug; English ones for an article that is not in the language, as readers see."""
    chosen = {a.slug: a for a in articles if a.language == "en"}
    chosen |= {a.slug: a for a in articles if a.language == language}
    return {slug: _headings(article) for slug, article in chosen.items()}


@cache
def _headings(article: Article) -> frozenset[str]:
    return frozenset(heading_id(b.text) for b in blocks(article.body) if b.is_heading)


def _structure(c: Checked) -> Iterator[str]:
    titles = [heading_id(b.text) for b in c.blocks if b.is_heading]
    for repeated in sorted({t for t in titles if titles.count(t) > 1}):
        yield f"Two headings have the id {repeated!r}: change the words of one."
    if any(b.tag == "h1" for b in c.blocks):
        yield "A heading with one '#': the title is the page's first heading, sections begin '##'."
    if any(b.tag == "th" and not b.text for b in c.blocks):
        yield "A table has a column without a heading."
    if "<" in c.article.body:
        yield "There is raw HTML or a '<': it would be shown as it stands."


def _sources(c: Checked) -> Iterator[str]:
    if not c.article.sources:
        yield "It names no source."
    keys = {source.key for source in c.article.sources}
    cited = {key for b in c.blocks for key in b.cited}
    for key in sorted(cited - keys):
        yield f"It cites {key!r}, which is not among its sources."
    for key in sorted(keys - cited):
        yield f"It lists the source {key!r} and never cites it."
    for b in c.blocks:
        if "[^" in b.text:
            yield f"A citation is misspelled in: {_start(b.text)}"


def _figures(c: Checked) -> Iterator[str]:
    for b in c.blocks:
        if b.tag in ("p", "li", "td") and not b.cited and states_a_figure(b.text):
            yield f"A figure has no source in: {_start(b.text)}"


def _questions(c: Checked) -> Iterator[str]:
    if not c.article.questions:
        yield "It answers no question."
    for question in c.article.questions:
        answer = short_answer(c.blocks, question.answer)
        if not answer:
            yield f"{question.ask!r} points to {question.answer!r}, where no paragraph follows."
        if answer.endswith(":"):
            yield f"The short answer to {question.ask!r} breaks off: {_start(answer)}"
        if not question.ask.endswith("?"):
            yield f"{question.ask!r} does not end in a question mark."


def _links(c: Checked) -> Iterator[str]:
    for slug in c.article.related:
        if slug not in c.headings or slug == c.article.slug:
            yield f"The related article {slug!r} is not another article."
    for target in (link for b in c.blocks for link in b.links):
        if not _alive(target, c):
            yield f"The link {target!r} leads nowhere."


def _alive(target: str, c: Checked) -> bool:
    if target.startswith(("https://", "tel:", "sms:")):
        return True
    page, _, fragment = target.partition("#")
    slug = page.removeprefix("/articles/") if page else c.article.slug
    if page and not page.startswith("/articles/"):
        return page.partition("?")[0] in site_pages()
    return slug in c.headings and (not fragment or fragment in c.headings[slug])


def _languages(c: Checked) -> Iterator[str]:
    a = c.article
    names = {language: file_name(a.slug, language) for language in LANGUAGES}
    present = {language for language, name in names.items() if (a.path.parent / name).exists()}
    if present != set(a.languages):
        yield f"'languages' says {', '.join(a.languages)}; there is {', '.join(sorted(present))}."


def _words(c: Checked) -> Iterator[str]:
    a = c.article
    own = [a.title, a.summary, *(q.ask for q in a.questions), *(b.text for b in c.blocks)]
    for text in own:
        for use in uses(text):
            yield f"{use.found!r}: write {use.avoided.instead!r} (in: {_start(text)})"


def _level(c: Checked) -> Iterator[str]:
    level = grade(c.blocks, c.article.language)
    if level > HIGHEST_GRADE:
        yield f"It reads at grade {level:.1f}; at most {HIGHEST_GRADE:.0f} is wanted."


def _length(c: Checked) -> Iterator[str]:
    count = word_count(c.blocks)
    if not FEWEST_WORDS <= count <= MOST_WORDS:
        yield f"It has {count} words; {FEWEST_WORDS} to {MOST_WORDS} are wanted."


def _review(c: Checked) -> Iterator[str]:
    if c.article.next_review_due < c.today:
        yield f"Its review was due on {c.article.next_review_due.isoformat()}."


def _start(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


RULES: Sequence[tuple[str, Severity, Rule]] = (
    ("structure", Severity.ERROR, _structure),
    ("languages", Severity.ERROR, _languages),
    ("missing source", Severity.ERROR, _sources),
    ("missing source", Severity.ERROR, _figures),
    ("questions", Severity.ERROR, _questions),
    ("dead link", Severity.ERROR, _links),
    ("word to avoid", Severity.ERROR, _words),
    ("reading age", Severity.ERROR, _level),
    ("length", Severity.ERROR, _length),
    ("Spanish", Severity.ERROR, lambda c: spanish_faults(c.article, c.blocks)),
    ("stale review", Severity.WARNING, _review),
)

"""Articles become safe HTML: nothing that a writer types can run or leave our origin unseen."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.article_files import write
from waypost.articles.article import Article
from waypost.articles.blocks import blocks, heading_id, short_answer
from waypost.articles.reading import read_article
from waypost.articles.render import render

ALLOWED = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "sup", "em", "strong", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "code", "pre", "hr", "br", "blockquote"),
}
ATTRIBUTES = {"href", "rel", "id", "aria-label", "class", "title", "start", "scope"}


class Reader(HTMLParser):
    """Collects every element and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Article:
    return read_article(write(tmp_path_factory.mktemp("articles")))


def html(article: Article, body: str, prefix: str = "") -> str:
    return render(replace(article, body=body), prefix)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](/a "\\" onmouseover=alert(1) \\"")',
        "| a |\n|:-:|\n| b |\n",
        "![x](https://example.org/pixel.png)",
        '<https://example.org/"onload=x>',
        "## <b onclick=x>heading</b>",
    ],
)
def test_nothing_hostile_gets_through(article: Article, hostile: str) -> None:
    reader = read(html(article, hostile))
    assert set(reader.tags) <= ALLOWED
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES
    for name, value in reader.attributes:
        if name == "href":
            assert not (value or "").startswith(("javascript:", "data:", "vbscript:"))


@settings(max_examples=150, deadline=None)
@given(text=st.text(alphabet="<>\"'&[]()!#^:-/ \nabj1|`*", max_size=60))
def test_any_text_becomes_known_elements_only(article: Article, text: str) -> None:
    reader = read(html(article, text))
    assert set(reader.tags) <= ALLOWED
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES


def test_our_own_links_speak_the_language_of_the_page(article: Article) -> None:
    body = "[ours](/help-now) [below](#what-it-is) [theirs](https://example.gov/)"
    text = html(article, body, "/es")
    assert 'href="/es/help-now"' in text
    assert 'href="#what-it-is"' in text
    assert '<a href="https://example.gov/" rel="noreferrer">' in text


def test_a_telephone_number_can_be_tapped(article: Article) -> None:
    text = html(article, "Call 1-800-662-4357, or 988. [1-800-273-8255](/help-now) at 10-20-300.")
    assert '<a href="tel:18006624357" class="tel">1-800-662-4357</a>, or 988.' in text
    assert '<a href="/help-now">1-800-273-8255</a> at 10-20-300.' in text
    assert text.count("<a ") == 2


def test_the_first_cells_of_a_table_are_headers(article: Article) -> None:
    text = html(article, "| a | b |\n|---|---|\n| c | d |\n| e | f |\n").replace("\n", "")
    assert '<th scope="col">a</th><th scope="col">b</th>' in text
    assert '<tr><th scope="row">c</th><td>d</td></tr>' in text
    assert '<tr><th scope="row">e</th><td>f</td></tr>' in text


def test_citations_are_numbered_links_to_the_sources(article: Article) -> None:
    text = html(article, "So it is.[^first] And so.[^nobody]")
    assert '<sup class="cite"><a href="#source-1" aria-label="Source 1">1</a></sup>' in text
    assert "nobody" not in text


def test_headings_have_ids_without_accents_or_marks(article: Article) -> None:
    assert '<h2 id="que-es">' in html(article, "## ¿Qué es?")
    assert heading_id("12 steps, & more!") == "12-steps-more"
    assert heading_id("¡!") == "section"


def test_a_short_answer_is_the_first_paragraph_without_its_citations() -> None:
    found = blocks(
        "## One\n\n- item\n\nThe *first*\none.[^a]\n\nThe second.\n\n## Two\n\n### Three"
    )
    assert short_answer(found, "one") == "The first one."
    assert short_answer(found, "two") == ""


def test_blocks_tell_paragraphs_from_items_and_cells() -> None:
    found = blocks("a\n\n- b\n\n| c |\n|---|\n| d[^k] |\n")
    assert [(b.tag, b.text, b.cited) for b in found] == [
        ("p", "a", ()),
        ("li", "b", ()),
        ("th", "c", ()),
        ("td", "d", ("k",)),
    ]


def test_reading_keeps_what_the_file_says(tmp_path: Path) -> None:
    article = read_article(write(tmp_path))
    assert article.sources[0].published == "2021"
    assert article.reviewed_by == ""

"""Renders an article's Markdown as safe HTML: no raw HTML or script, our links in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from waypost.articles.article import Article
from waypost.articles.blocks import heading_id, plain, reader

TELEPHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")


def render(article: Article, prefix: str = "", source_word: str = "Source") -> str:
    """The article's body as HTML.

    ``prefix`` goes before the addresses of our own pages ("" or "/es"); ``source_word`` is what a
    screen reader says before a citation's number.
    """
    tokens = reader().parse(article.body)
    _prepare(tokens, prefix)
    numbers = {source.key: n for n, source in enumerate(article.sources, 1)}
    env = {"numbers": numbers, "source_word": source_word}
    return _Renderer().render(tokens, reader().options, env)


def _prepare(tokens: Sequence[Token], prefix: str) -> None:
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            before.attrSet("id", heading_id(plain(token)))
    _table_headers(tokens)
    for token in tokens:
        token.attrs.pop("style", None)  # a column's alignment: our pages allow no inline style
        for child in token.children or []:
            if child.type == "link_open":
                _link(child, prefix)
        if token.children:
            token.children = list(_with_telephones(token.children))


def _table_headers(tokens: Sequence[Token]) -> None:
    """Mark a table's first row and column as headers, so that screen readers announce them."""
    first_of_row = False
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "tr_open":
            first_of_row = True
        elif token.type == "td_open" and first_of_row:
            token.tag = "th"
            token.attrSet("scope", "row")
        elif token.type == "td_close" and first_of_row:
            token.tag = "th"
            first_of_row = False


def _with_telephones(children: Sequence[Token]) -> Iterator[Token]:
    """The same tokens, with each telephone number outside a link made into a link to call it."""
    depth = 0
    for child in children:
        depth += child.nesting if child.tag == "a" else 0
        if child.type == "text" and not depth:
            yield from _split_at_telephones(child.content)
        else:
            yield child


def _split_at_telephones(text: str) -> Iterator[Token]:
    at = 0
    for number in TELEPHONE.finditer(text):
        yield Token("text", "", 0, content=text[at : number.start()])
        href = "tel:" + number.group().replace("-", "")
        yield Token("link_open", "a", 1, attrs={"href": href, "class": "tel"})
        yield Token("text", "", 0, content=number.group())
        yield Token("link_close", "a", -1)
        at = number.end()
    yield Token("text", "", 0, content=text[at:])


def _link(token: Token, prefix: str) -> None:
    target = str(token.attrGet("href"))
    if target.startswith("/"):
        token.attrSet("href", prefix + target)
    elif not target.startswith(("#", "tel:", "sms:")):
        token.attrSet("rel", "noreferrer")


class _Renderer(RendererHTML):
    """HTML whose citations are numbered links to the list of sources."""

    def citation(
        self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]
    ) -> str:
        key = tokens[idx].meta["key"]
        number = env["numbers"].get(key)
        if number is None:
            return ""
        label = escape(f"{env['source_word']} {number}")
        return (
            f'<sup class="cite"><a href="#source-{number}" aria-label="{label}">{number}</a></sup>'
        )

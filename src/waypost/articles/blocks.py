"""An article's text block by block: what the checks, the search and the short answers read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from waypost.articles.citations import markdown
from waypost.values.letters import without_accents

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table cell as plain text.

    ``tag`` is its element (``p``, ``li``, ``h2``, ``td``); ``section`` the id of the heading
    above it ("" before the first); ``cited`` the keys of its citations; ``links`` its
    targets.
    """

    tag: str
    text: str
    section: str
    cited: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.tag in HEADINGS

    @property
    def anchor(self) -> str:
        """A heading's own id."""
        return heading_id(self.text)


@cache
def reader() -> MarkdownIt:
    """The one Markdown reader of the process."""
    return markdown()


def heading_id(words: str) -> str:
    """The words in lower case joined by hyphens, without accents or marks."""
    bare = without_accents(words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "section"


def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in order."""
    all_blocks: list[Block] = []
    open_tags: list[str] = []
    section = ""
    for token in reader().parse(body):
        if token.nesting == 1:
            open_tags.append(token.tag)
        elif token.nesting == -1:
            open_tags.pop()
        elif token.type == "inline":
            block = _block(token, open_tags, section)
            if block.is_heading:
                section = heading_id(block.text)
            all_blocks.append(block)
    return tuple(all_blocks)


def plain(token: Token) -> str:
    """An inline token's words, citations left out."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def short_answer(all_blocks: Sequence[Block], heading: str) -> str:
    """The first paragraph under a heading; empty where there is none."""
    for block in all_blocks:
        if block.section == heading and block.tag == "p":
            return block.text
    return ""


def _block(token: Token, open_tags: Sequence[str], section: str) -> Block:
    children = token.children or []
    tag = open_tags[-1] if open_tags else "p"
    if tag == "p" and "li" in open_tags:
        tag = "li"
    return Block(
        tag=tag,
        text=plain(token),
        section=section,
        cited=tuple(child.meta["key"] for child in children if child.type == "citation"),
        links=tuple(str(child.attrGet("href")) for child in children if child.type == "link_open"),
    )

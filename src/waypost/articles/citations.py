"""``[^key]`` in an article's Markdown: a citation of one of its sources."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

MARK = re.compile(r"\[\^([a-z0-9-]{1,60})\]")


def citation(state: StateInline, silent: bool) -> bool:
    """An inline rule of markdown-it: one citation becomes one token whose meta is its key."""
    mark = MARK.match(state.src, state.pos)
    if not mark:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"key": mark.group(1)}
    state.pos = mark.end()
    return True


def markdown() -> MarkdownIt:
    """CommonMark with tables and citations; raw HTML is shown as text, images are off."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.inline.ruler.before("link", "citation", citation)
    return reader

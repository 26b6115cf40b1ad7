"""Links to the pages before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from waypost.navigation.answer import Answer
from waypost.navigation.need_url import query_pairs


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where this page stands among the others; an empty address means there is none."""

    page: int
    pages: int
    before: str
    after: str
    last: str = ""

    @property
    def beyond(self) -> bool:
        """Whether there is no such page."""
        return self.page > self.pages


def page_links(answer: Answer, kept: list[str]) -> PageLinks:
    """The addresses of the pages beside this one, what is kept kept."""

    def query(page: int) -> str:
        if not 1 <= page <= answer.pages:
            return ""
        pairs = query_pairs(replace(answer.need, page=page))
        return urlencode([*pairs, *(("keep", k) for k in kept)])

    page = answer.need.page
    return PageLinks(page, answer.pages, query(page - 1), query(page + 1), query(answer.pages))

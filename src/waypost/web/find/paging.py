"""Links to the pages before and after."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from waypost.navigation.answer import Answer
from waypost.navigation.need import MAX_PAGE
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

    others = urlencode([pair for pair in query_pairs(answer.need) if pair[0] != "page"])
    pages = min(answer.pages, MAX_PAGE)

    def query(page: int) -> str:
        if not 1 <= page <= pages:
            return ""
        number = [] if page == 1 else [f"page={page}"]
        return "&".join([*filter(None, [others]), *number, *(f"keep={k}" for k in kept)])

    page = answer.need.page
    return PageLinks(page, answer.pages, query(page - 1), query(page + 1), query(pages))

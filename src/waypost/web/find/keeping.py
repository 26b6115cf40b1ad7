"""Your list, and the search it came from: both live in the address alone and travel along every
link; nothing is stored anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from markupsafe import escape

from waypost.navigation.need import BadNeed, Need
from waypost.navigation.need_url import need_from_query, query_pairs

MOST_KEPT = 20
MOST_COMPARED = 4
_SITE_ID = re.compile(r"site_[0-9a-z]{4,32}")


def site_ids(values: Iterable[str], most: int = MOST_KEPT) -> list[str]:
    """Well-formed site ids, each once, in their order, at most ``most``."""
    return list(dict.fromkeys(v for v in values if _SITE_ID.fullmatch(v)))[:most]


def kept_ids(request: HttpRequest) -> list[str]:
    """The sites a visitor keeps, as the address says."""
    return site_ids(request.GET.getlist("keep"))


@dataclass(frozen=True, slots=True)
class Carried:
    """The search and the list that an address carries; ``pairs`` are the search's, [] for none."""

    need: Need
    pairs: list[tuple[str, str]]
    kept: list[str]

    @property
    def searched(self) -> bool:
        """Whether there is a search to go back to."""
        return bool(self.need.place or self.need.text)

    def query(self, kept: Iterable[str] | None = None) -> str:
        """The query of the results and of a program's page, with another list if one is given."""
        ids = self.kept if kept is None else kept
        return urlencode([*self.pairs, *(("keep", k) for k in ids)])

    def list_query(self, kept: Iterable[str] | None = None) -> str:
        """The query of your list and of a comparison."""
        ids = self.kept if kept is None else kept
        return urlencode([*self.pairs, *(("site", k) for k in ids)])

    def toggled(self, site_id: str) -> list[str]:
        """The list with this site on it, or without it if it was."""
        others = [k for k in self.kept if k != site_id]
        return others if site_id in self.kept else [*others, site_id][-MOST_KEPT:]


def carried(request: HttpRequest, name: str = "keep", most: int = MOST_KEPT) -> Carried:
    """What an address carries; a search that cannot be read is none. ``name`` holds the list."""
    query = {key: request.GET.getlist(key) for key in request.GET if key not in ("keep", "site")}
    kept = site_ids(request.GET.getlist(name), most)
    try:
        need = need_from_query(query)
    except BadNeed:
        need = Need()
    return Carried(need, query_pairs(need) if need.place or need.text else [], kept)


class Keeping:
    """The addresses of one page with one site more kept, or one less.

    ``search`` is the page's own search as a query string: written once for all cards.
    """

    def __init__(self, search: str, kept: list[str]) -> None:
        self._kept = kept
        self._search = search
        self._one_more = str(escape(self._query("keep", [*kept[1 - MOST_KEPT :], ""])))

    def keeps(self, site_id: str) -> bool:
        """Whether a visitor keeps this site."""
        return site_id in self._kept

    @property
    def length(self) -> int:
        """How many sites a visitor keeps."""
        return len(self._kept)

    def as_list(self) -> str:
        """The query string of your list."""
        return self._query("site", self._kept)

    def as_page(self) -> str:
        """The query string that a program's page is given along."""
        return self._query("keep", self._kept)

    def toggled_escaped(self, site_id: str) -> str:
        """The query string with this site kept, or no longer kept if it was; escaped for HTML."""
        if site_id not in self._kept:
            return f"{self._one_more}{site_id}"
        others = [k for k in self._kept if k != site_id]
        return str(escape(self._query("keep", others)))

    def _query(self, name: str, ids: list[str]) -> str:
        # A site's id needs no quoting.
        return "&".join([*filter(None, [self._search]), *(f"{name}={k}" for k in ids)])

"""A shortlist that lives in the address alone: nothing is stored anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest

MOST_KEPT = 20
MOST_COMPARED = 4
_SITE_ID = re.compile(r"site_[0-9a-z]{4,32}")


def site_ids(values: Iterable[str], most: int = MOST_KEPT) -> list[str]:
    """Well-formed site ids, each once, in their order, at most ``most``."""
    return list(dict.fromkeys(v for v in values if _SITE_ID.fullmatch(v)))[:most]


def kept_ids(request: HttpRequest) -> list[str]:
    """The sites a visitor keeps, as the address says."""
    return site_ids(request.GET.getlist("keep"))


class Keeping:
    """The addresses of one page with one site more kept, or one less."""

    def __init__(self, pairs: list[tuple[str, str]], kept: list[str]) -> None:
        self._kept = kept
        self._pairs = urlencode(pairs)  # once for all cards; a site's id needs no quoting

    def keeps(self, site_id: str) -> bool:
        """Whether a visitor keeps this site."""
        return site_id in self._kept

    @property
    def length(self) -> int:
        """How many sites a visitor keeps."""
        return len(self._kept)

    def as_list(self) -> str:
        """The query string of the shortlist of what is kept."""
        return list_query(self._kept)

    def toggled(self, site_id: str) -> str:
        """The query string with this site kept, or let go of if it was kept."""
        others = [k for k in self._kept if k != site_id]
        now = others if site_id in self._kept else [*others, site_id][-MOST_KEPT:]
        return "&".join([*filter(None, [self._pairs]), *(f"keep={k}" for k in now)])


def list_query(kept: Iterable[str]) -> str:
    """The query string of a shortlist or a comparison of these sites."""
    return urlencode([("site", k) for k in kept])

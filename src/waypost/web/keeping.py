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


def toggled(pairs: list[tuple[str, str]], kept: list[str], site_id: str) -> str:
    """The query string with one site kept, or let go of if it was kept."""
    now = [k for k in kept if k != site_id] if site_id in kept else [*kept, site_id][-MOST_KEPT:]
    return urlencode([*pairs, *(("keep", k) for k in now)])


def list_query(kept: Iterable[str]) -> str:
    """The query string of a shortlist or a comparison of these sites."""
    return urlencode([("site", k) for k in kept])

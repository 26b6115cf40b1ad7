"""The rows that answer a question to the locator, in its order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from waypost.api.locator.asking import ATTRIBUTES, LocatorAsk
from waypost.api.locator.columns import Columns, columns
from waypost.api.locator.values import LocatorLimit
from waypost.places.place import Found, Place
from waypost.publishing.reader import Snapshot
from waypost.search.index import Hits, Query
from waypost.search.query import row_mask

Rows = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows with their miles (None without a starting point), and the total."""

    rows: list[int]
    miles: list[float | None]
    total: int


def find_page(snapshot: Snapshot, ask: LocatorAsk) -> Page:
    """Answer a question from the snapshot."""
    hits = snapshot.index.search(_query(snapshot, ask))
    order = np.arange(len(hits.rows))
    if ask.name or ask.street or ask.phone:
        order = np.array([i for i in order if _named(columns(snapshot), ask, int(hits.rows[i]))])
    order = _sorted(snapshot, ask, hits, order.astype(np.int64))
    start = (ask.page - 1) * ask.page_size
    page = order[start : start + ask.page_size]
    miles = [None] * len(page) if hits.miles is None else hits.miles[page].tolist()
    return Page(hits.rows[page].tolist(), miles, len(order))


def _query(snapshot: Snapshot, ask: LocatorAsk) -> Query:
    near = ask.near
    distance = ask.limit_value if ask.limit is LocatorLimit.DISTANCE else None
    return Query(
        lat=near.lat if near else None,
        lon=near.lon if near else None,
        radius_miles=float(distance) if distance is not None else None,
        any_of={"code": _codes(ask.languages)} if ask.languages else {},
        all_of=_codes(ask.codes),
        none_of=_codes(ask.without),
        rows=_all_of(_masks(snapshot, ask)),
        limit=snapshot.index.size,
        count_groups=(),
    )


def _codes(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(f"code:{code}" for code in codes)


def _masks(snapshot: Snapshot, ask: LocatorAsk) -> Iterable[Words]:
    if len(ask.surveys) == 1:
        bits = columns(snapshot).surveys[next(iter(ask.surveys))]
        yield row_mask(np.flatnonzero(bits), snapshot.index.size)
    if ask.state:
        yield snapshot.rows_in_state(ask.state)
    value = ask.limit_value
    if ask.limit is LocatorLimit.STATE:
        yield snapshot.rows_in_state(str(value) if value else _here(snapshot, ask, "state"))
    elif ask.limit is LocatorLimit.COUNTY:
        yield snapshot.rows_in_county(str(value) if value else _here(snapshot, ask, "county_fips"))


def _here(snapshot: Snapshot, ask: LocatorAsk, area: str) -> str:
    """The starting point's state or county; "-", which matches none, where it has none."""
    assert ask.near is not None  # `read_ask` refuses an area without a value or a starting point
    resolution = snapshot.gazetteer.resolve(f"{ask.near.lat:.5f},{ask.near.lon:.5f}")
    place: Place | None = resolution.place if isinstance(resolution, Found) else None
    return getattr(place, area, None) or "-"


def _all_of(masks: Iterable[Words]) -> Words | None:
    both: Words | None = None
    for mask in masks:
        both = mask if both is None else both & mask
    return both


def _named(stored: Columns, ask: LocatorAsk, row: int) -> bool:
    texts = stored.texts
    return (
        (ask.name in texts["name1"][row] or ask.name in texts["name2"][row])
        and ask.street in texts["street1"][row]
        and _has_phone(stored.phones[row], ask.phone)
    )


def _has_phone(numbers: str, part: str) -> bool:
    """Whether a number contains ``part``, ignoring punctuation in both."""
    digits = "".join(c for c in part if c.isascii() and c.isdigit())
    return not part or bool(digits and digits in numbers)


def _sorted(snapshot: Snapshot, ask: LocatorAsk, hits: Hits, order: Rows) -> Rows:
    """Sort by the requested attribute; among equals nearest first, as the engine returned them."""
    if ask.sort in (0, 1):
        return order[::-1] if ask.sort == 1 else order
    name = ATTRIBUTES[ask.sort - 1]
    if name in ("latitude", "longitude"):
        coordinates = snapshot.index.lats if name == "latitude" else snapshot.index.lons
        return order[np.argsort(coordinates[hits.rows[order]], kind="stable")]
    if name == "miles":
        return order
    texts = columns(snapshot).texts[name]
    keys = [texts[int(row)] for row in hits.rows[order]]
    return order[sorted(range(len(keys)), key=keys.__getitem__)]

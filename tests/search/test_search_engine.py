"""The engine answers what its slow twin answers: the same rows in order, totals and counts."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twins import made_up_sites as made_up
from twins import search_twin as twin
from waypost.search.index import Index, Query, UnknownColumn, build_index


def index_of(sites: list[twin.TwinSite]) -> Index:
    return build_index(
        [s.lat for s in sites],
        [s.lon for s in sites],
        made_up.GROUPS,
        [s.columns for s in sites],
    )


def mask_of(index: Index, positions: set[int]) -> np.ndarray:
    bits = np.zeros(index.block_count * 64, dtype=np.bool_)
    bits[: index.size] = np.isin(index.order, list(positions))
    return np.packbits(bits, bitorder="little").view(np.uint64)


def compare(sites: list[twin.TwinSite], index: Index, query: Query, allowed: set[int] | None):
    expected = twin.search(sites, made_up.GROUPS, query, allowed)
    got = index.search(query)
    assert got.total == expected.total, query
    assert index.order[got.rows].tolist() == expected.positions, query
    assert dict(got.counts) == expected.counts, query
    assert index.count(query) == expected.total, query
    if expected.miles is None:
        assert got.miles is None
    else:
        assert got.miles.tolist() == pytest.approx(expected.miles, abs=1e-6)


@pytest.mark.parametrize("seed", range(60))
def test_the_engine_equals_its_twin_on_thousands_of_random_needs(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr("waypost.search.index.WIDE_GROUP", 1 + seed % 4)  # in several parts, or one
    sites = made_up.sites(rng, rng.choice([0, 1, 3, 63, 64, 65, 150]))
    index = index_of(sites)
    compared = 0
    for _ in range(60):
        query = made_up.query(rng)
        allowed = None
        if rng.random() < 0.2:
            allowed = {i for i in range(len(sites)) if rng.random() < 0.5}
            query = made_up.replace_rows(query, mask_of(index, allowed))
        if not twin.near_the_edge(query, sites):
            compare(sites, index, query, allowed)
            compared += 1
    assert compared > 40


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 90))
def test_the_engine_equals_its_twin_on_what_hypothesis_finds(seed: int, size: int) -> None:
    rng = random.Random(seed)
    sites = made_up.sites(rng, size)
    query = made_up.query(rng)
    if not twin.near_the_edge(query, sites):
        compare(sites, index_of(sites), query, None)


def test_a_site_exactly_at_the_place_is_within_any_radius() -> None:
    sites = [twin.TwinSite(30.27, -97.74, frozenset({"level:iop"}))]
    assert index_of(sites).search(Query(30.27, -97.74, 0.0001)).total == 1


def test_a_circle_reaches_across_the_date_line() -> None:
    sites = [
        twin.TwinSite(52.0, 179.9, frozenset()),
        twin.TwinSite(52.0, -179.9, frozenset()),
        twin.TwinSite(52.0, 0.0, frozenset()),
    ]
    hits = index_of(sites).search(Query(52.0, -179.95, 20.0))
    assert index_of(sites).order[hits.rows].tolist() == [1, 0]
    assert hits.miles.tolist() == pytest.approx([2.127, 6.38], abs=0.01)


def test_pages_of_ties_join_into_the_whole_without_repeats() -> None:
    sites = [twin.TwinSite(30.0, -97.0, frozenset())] * 150
    index = index_of(sites)
    pages = [
        index.order[index.search(Query(30.0, -97.1, 25.0, limit=7, offset=o)).rows].tolist()
        for o in range(0, 161, 7)
    ]
    assert [position for page in pages for position in page] == list(range(150))


def test_the_order_rows_are_given_in_matters_only_for_ties() -> None:
    rng = random.Random(5)
    sites = list({(s.lat, s.lon): s for s in made_up.sites(rng, 120)}.values())
    shuffled = sites[:]
    rng.shuffle(shuffled)
    a, b = index_of(sites), index_of(shuffled)
    for _ in range(40):
        query = made_up.query(rng)
        if query.lat is None:
            continue
        first = [sites[i] for i in a.order[a.search(query).rows]]
        second = [shuffled[i] for i in b.order[b.search(query).rows]]
        assert [s.columns for s in first] == [s.columns for s in second]
        assert dict(a.search(query).counts) == dict(b.search(query).counts)


def test_an_unknown_column_is_named() -> None:
    index = index_of([twin.TwinSite(30.0, -97.0, frozenset())])
    with pytest.raises(UnknownColumn, match="payment:gold"):
        index.search(Query(all_of=frozenset({"payment:gold"})))
    with pytest.raises(UnknownColumn, match="colors"):
        index.search(Query(count_groups=("colors",)))


def test_an_index_comes_back_from_its_arrays() -> None:
    rng = random.Random(3)
    sites = made_up.sites(rng, 100)
    index = Index.from_arrays(index_of(sites).to_arrays())
    for _ in range(20):
        query = made_up.query(rng)
        if not twin.near_the_edge(query, sites):
            compare(sites, index, query, None)
    row = int(np.flatnonzero(index.order == 17)[0])
    rows = np.array([row])
    assert {n for n in index.names if index.offer(n, rows)[0]} == sites[17].columns

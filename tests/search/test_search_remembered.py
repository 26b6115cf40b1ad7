"""What is kept of earlier choices: the same answers, never more memory than allowed."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from twins import made_up_sites as made_up
from waypost.search.index import Index, Query, build_index
from waypost.search.remembered import Everywhere, Remembered


def answer(total: int, words: int = 4) -> Everywhere:
    return Everywhere(np.zeros(words, np.uint64), total, np.zeros(8, np.int32), {})


def test_what_was_asked_last_is_kept_and_the_oldest_makes_room() -> None:
    kept = Remembered(limit=3 * answer(0).size)
    for name in "abc":
        kept.put(name, answer(ord(name)))
    assert kept.get("a") is not None  # asked again, so that b is now the oldest
    kept.put("d", answer(0))
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]
    assert kept.held == 3 * answer(0).size
    kept.put("d", answer(1))
    assert kept.held == 3 * answer(0).size
    kept.forget()
    assert (kept.held, kept.get("a")) == (0, None)


def test_an_answer_larger_than_the_limit_is_not_kept() -> None:
    kept = Remembered(limit=10)
    kept.put("big", answer(1, words=100))
    assert (kept.get("big"), kept.held) == (None, 0)


def made_up_index(size: int) -> Index:
    sites = made_up.sites(random.Random(1), size)
    return build_index(
        [s.lat for s in sites], [s.lon for s in sites], made_up.GROUPS, [s.columns for s in sites]
    )


def test_a_second_answer_equals_the_first_at_any_place() -> None:
    index = made_up_index(300)
    rng = random.Random(9)
    for _ in range(60):
        query = made_up.query(rng)
        first, second = index.search(query), index.search(query)
        index.remembered.forget()
        third = index.search(query)
        for other in (second, third):
            assert other.rows.tolist() == first.rows.tolist()
            assert (other.total, dict(other.counts)) == (first.total, dict(first.counts))


def test_a_caller_may_change_its_counts_without_changing_the_next_answer() -> None:
    index = made_up_index(300)
    query = Query(30.0, -97.0)
    counts = dict(index.search(query).counts)
    index.search(query).counts.clear()  # type: ignore[attr-defined]
    assert dict(index.search(query).counts) == counts


def test_threads_share_it() -> None:
    index = made_up_index(3_000)
    rng = random.Random(2)
    queries = [made_up.query(rng) for _ in range(200)]
    expected = [index.search(q).rows.tolist() for q in queries]
    index.remembered.forget()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda q: index.search(q).rows.tolist(), queries))
    assert found == expected
    assert 0 <= index.remembered.held <= index.remembered.limit


def test_the_index_takes_less_than_a_hundred_bytes_a_site() -> None:
    groups = {
        "facet": tuple(f"facet:{i}" for i in range(181)),
        "code": tuple(f"code:{i}" for i in range(317)),
    }
    size = 30_000
    rng = np.random.default_rng(1)
    index = build_index(
        rng.uniform(25, 49, size),
        rng.uniform(-124, -67, size),
        groups,
        np.zeros((size, 498), dtype=np.bool_),
    )
    arrays = (
        index.order,
        index.lats,
        index.lons,
        index.vectors,
        index.starts,
        *index.parts,
        index.whole,
        index.all_blocks,
    )
    total = sum(array.nbytes for array in arrays) + index.remembered.limit
    assert total / size < 100

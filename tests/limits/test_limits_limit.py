"""How often may be asked, beside the plain way of counting it, and by several processes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.limits import limit as limits
from waypost.limits import table as tables
from waypost.limits.limit import VARIABLE, Limit, forget, shared_table
from waypost.limits.table import Table, new_memory

ASKED = st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 50)), max_size=60)


@given(ASKED, st.integers(1, 29))
def test_it_counts_like_the_plain_way(asked: list[tuple[str, int]], most: int) -> None:
    limit, now, kept = Limit("x", most, 100.0, Table(new_memory())), 0, []
    for key, later in asked:
        now += later
        recent = [at for one, at in kept if one == key and at > now - 100.0]
        wait = limit.wait(key, now)
        if len(recent) < most:
            assert wait == 0.0
            kept.append((key, now))
        else:
            assert 0 < wait <= 100.0
            assert wait == min(recent) + 100 - now


def test_a_refused_try_does_not_lengthen_the_wait() -> None:
    limit = Limit("x", 1, 10.0, Table(new_memory()))
    assert limit.wait("x", 0.0) == 0.0
    assert [limit.wait("x", at) for at in (1.0, 2.0, 9.0)] == [9.0, 8.0, 1.0]
    assert limit.wait("x", 10.0) == 0.0


def test_limits_of_different_names_do_not_meet() -> None:
    table = Table(new_memory())
    assert Limit("a", 1, 10.0, table).wait("x", 0.0) == 0.0
    assert Limit("b", 1, 10.0, table).wait("x", 0.0) == 0.0
    assert Limit("a", 1, 10.0, table).wait("x", 1.0) == 9.0


def test_what_is_kept_names_nobody_and_is_forgotten() -> None:
    descriptor = new_memory()
    table = Table(descriptor)
    limit = Limit("member", 5, 3600.0, table)
    for number in range(50):
        limit.wait(f"CANARYID77Q31-{number}", 0.0)
    held = os.pread(descriptor, tables._BYTES, tables._KEY_BYTES)
    assert b"CANARY" not in held and any(held)
    digest = table._digest("member\0CANARYID77Q31-7")
    assert digest in held
    start = (
        tables._KEY_BYTES
        + (int.from_bytes(digest[:4]) % tables._GROUPS) * tables._IN_GROUP * tables._SLOT.size
    )
    assert table._read(start, 4000.0) == (bytes(16), [])


def test_the_table_does_not_grow_and_the_oldest_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_GROUPS", 1)
    limit = Limit("x", 1, 3600.0, Table(new_memory()))
    for number in range(9):
        assert limit.wait(str(number), float(number)) == 0.0
    assert limit.wait("8", 9.0) > 0  # still known
    assert limit.wait("0", 9.0) == 0.0  # forgotten


def test_any_text_is_a_key_and_only_what_fits_is_a_limit() -> None:
    assert Limit("x", 1, 1.0, Table(new_memory())).wait("\ud800", 0.0) == 0.0
    for most, seconds in ((0, 1.0), (30, 1.0), (1, 0.0), (1, 3601.0)):
        with pytest.raises(ValueError, match="A limit counts"):
            Limit("x", most, seconds)


ASK = """
import time
from waypost.limits.limit import Limit
print(sum(Limit("shared", 20).wait("somebody", time.monotonic()) == 0 for _ in range(15)))
"""


def test_processes_count_together() -> None:
    descriptor = new_memory()
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", ASK],
            env=os.environ | {VARIABLE: str(descriptor)},
            pass_fds=(descriptor,),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    allowed = [int(process.communicate(timeout=60)[0]) for process in asking]
    assert sum(allowed) == 20
    os.close(descriptor)


def test_a_process_alone_has_a_table_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    first = shared_table()
    assert shared_table() is first
    forget()
    assert shared_table() is not first
    assert limits.HOUR == tables.KEPT_SECONDS

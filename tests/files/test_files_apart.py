"""Work in a process of its own: its answer, its errors, and its end where it wants too much."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from waypost.files.apart import Bounds, TooMuch, work_apart
from waypost.files.archives import BadFile
from waypost.files.writing import forget_partials, partial_of

MEMORY = 300_000_000


@dataclass(frozen=True)
class Answer:
    """What a piece of work gives back."""

    words: str
    process: int


def answer(words: str) -> Answer:
    """Work that goes well."""
    return Answer(words, os.getpid())


def refuse(words: str) -> None:
    """Work that a file makes impossible."""
    raise BadFile(words)


def take_all_memory(how: str) -> int:
    """Work that never has enough: the interpreter says so, or a library of C does."""
    if how == "array":
        import numpy as np

        return len(np.ones(10**10))
    return len([bytes(10_000_000) for _ in range(10_000)])


def end_at_once(code: int) -> None:
    """Work whose process ends without a word."""
    if code < 0:
        os.abort()
    os._exit(code)


def never_end() -> None:
    """Work without an end."""
    for _ in count():
        pass


def test_the_answer_comes_from_another_process() -> None:
    given = work_apart(answer, "well")
    assert given.words == "well" and given.process != os.getpid()


def test_an_error_is_raised_as_it_was_there_with_its_traceback() -> None:
    with pytest.raises(BadFile, match="a file is empty") as raised:
        work_apart(refuse, "a file is empty")
    assert str(raised.value) == "a file is empty"
    assert "in refuse" in raised.value.__notes__[0]


@pytest.mark.parametrize("how", ["array", "bytes"])
def test_memory_has_a_bound(how: str) -> None:
    with pytest.raises(TooMuch, match=r"not read within 0\.3 GB of memory"):
        work_apart(take_all_memory, how, bounds=Bounds(MEMORY))


def test_time_has_a_bound() -> None:
    with pytest.raises(TooMuch, match="not read within 1 seconds") as raised:
        work_apart(never_end, bounds=Bounds(MEMORY, seconds=1))
    assert raised.value.process > 0


def test_an_abort_is_memory_and_a_code_is_a_fault_of_ours() -> None:
    with pytest.raises(TooMuch, match="memory"):
        work_apart(end_at_once, -6)
    with pytest.raises(RuntimeError, match="ended with code 7"):
        work_apart(end_at_once, 7)


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    left, others = partial_of(tmp_path / "a.csv", 4711), partial_of(tmp_path / "a.csv", 4712)
    for path in (left, others):
        path.write_bytes(b"half")
    forget_partials(tmp_path, 4711)
    assert [p.name for p in tmp_path.iterdir()] == [others.name]

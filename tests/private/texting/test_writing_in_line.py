"""Turns to write on SQLite: between processes one writes at a time, and threads write together."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from running import PATIENCE, never, slowly, until
from waypost.texting.actions import storing
from waypost.texting.actions.storing import TextStore, ToStore
from waypost.texting.actions.turns import in_line_to_write

TIMES, THREADS = 40, 6
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
FORK = get_context("fork")  # so that another process knows of the test's database


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the embedded database, beside which the turns are."""
    assert connection.vendor == "sqlite"
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "private.sqlite3"))


def count_up(file: Path) -> None:
    """Add to a number in a file, in a way that loses counts where two do it at once."""
    for _ in range(TIMES):
        with in_line_to_write():
            for seen in slowly([int(file.read_text("ascii"))], 0.0005):
                file.write_text(str(seen + 1), "ascii")


@pytest.mark.usefixtures("database")
def test_one_process_writes_at_a_time(tmp_path: Path):
    file = tmp_path / "count"
    file.write_text("0", "ascii")
    both = [FORK.Process(target=count_up, args=(file,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(PATIENCE)
    assert [process.exitcode for process in both] == [0, 0]
    assert int(file.read_text("ascii")) == 2 * TIMES


def hold(file: Path) -> None:
    """Have the turn until killed."""
    with in_line_to_write():
        file.touch()
        killed = threading.Event()  # which nobody sets
        killed.wait(PATIENCE)


@pytest.mark.usefixtures("database")
def test_the_turn_of_a_process_that_is_killed_is_free(tmp_path: Path):
    process = FORK.Process(target=hold, args=(tmp_path / "held",))
    process.start()
    until((tmp_path / "held").exists, "turn of the other process")
    got = threading.Event()

    def take() -> None:
        with in_line_to_write():
            got.set()

    waiting = threading.Thread(target=take, daemon=True)
    waiting.start()
    never(got.is_set, "a turn while another process has it")
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(PATIENCE)
    assert got.wait(PATIENCE)
    waiting.join(PATIENCE)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was stored together, without a database; a text with no words cannot be stored."""
    batches: list[list[str]] = []

    @contextmanager
    def turn() -> Iterator[None]:
        yield

    def stored(texts: Sequence[ToStore]) -> list[int]:
        if not all(text.text for text in texts):
            raise DatabaseError("no words")
        batches.append([text.text for text in texts])
        return [int(text.carrier_id) for text in texts]

    monkeypatch.setattr(storing, "writing", turn)
    monkeypatch.setattr(storing, "_stored", stored)
    return batches


def together(store: TextStore, words: list[str]) -> dict[str, object]:
    """Store texts in threads of their own that all wait for the same turn; what each was given."""
    given: dict[str, object] = {}

    def one(number: int, text: str) -> None:
        try:
            given[text] = store.store(ToStore("tw", str(number), 1, text, 0, NOW))
        except DatabaseError as error:
            given[text] = str(error)

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(words, start=1)]
    with store._turn:
        for thread in threads:
            thread.start()
        until(lambda: len(store._waiting) == len(words), "texts that wait")
    for thread in threads:
        thread.join(PATIENCE)
    return given


def test_what_waits_is_stored_in_one_transaction(written: list[list[str]]):
    words = [f"text {n}" for n in range(THREADS)]
    store = TextStore()
    assert together(store, words) == {word: n for n, word in enumerate(words, start=1)}
    assert [sorted(batch) for batch in written] == [words]
    assert store._waiting == []


def test_one_that_cannot_be_stored_takes_no_other_with_it(written: list[list[str]]):
    words = ["one", "", "three"]
    assert together(TextStore(), words) == {"one": 1, "": "no words", "three": 3}
    assert sorted(written) == [["one"], ["three"]]

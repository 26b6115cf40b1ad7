"""STOP while texts leave: a small run of the measure that `make bench` makes a million times."""

from __future__ import annotations

from pathlib import Path

from bench.texting_bench import environment, stand

PEOPLE, ATTEMPTS = 60, 800


def test_nothing_leaves_after_the_commit_of_a_stop_but_the_confirmation(tmp_path: Path):
    words = stand(environment(str(tmp_path)), "race", str(PEOPLE), str(ATTEMPTS))
    attempts, left, refused, stops, late, confirmed, most = map(int, words.split())
    assert attempts == ATTEMPTS == left + refused
    assert stops > 0 and left > 0
    assert late == 0
    assert (confirmed, most) == (stops, 1)

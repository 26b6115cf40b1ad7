"""The table of attacks is read whole, and each of its tests is there."""

from __future__ import annotations

from collections import Counter

from attacks.run import ROOT, row_of, table


def test_every_attack_of_the_table_has_its_tests() -> None:
    rows = table()
    assert len(rows) >= 8
    for attack, paths in rows:
        assert paths, attack
        for path in paths:
            assert (ROOT / path).exists(), path


def test_a_row_is_held_where_its_tests_passed_and_none_failed() -> None:
    found = {"tests/files/a.py": Counter(passed=2), "tests/web/b.py": Counter(passed=1, failure=1)}
    assert row_of("Bombs", ["tests/files"], found) == (True, f"held  {'Bombs':<86}2 passed")
    assert row_of("Forms", ["tests/files", "tests/web/b.py"], found)[0] is False
    assert row_of("Forms", ["tests/nothing"], found)[1].endswith("nothing ran")
    skipped = {"tests/web/b.py": Counter(skipped=3)}
    assert row_of("Forms", ["tests/web/b.py"], skipped)[0] is False  # nothing was proved

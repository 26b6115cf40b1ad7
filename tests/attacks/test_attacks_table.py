"""The table of attacks is read whole, and each of its tests is there."""

from __future__ import annotations

from attacks.run import ROOT, table


def test_every_attack_of_the_table_has_its_tests() -> None:
    rows = table()
    assert len(rows) >= 8
    for attack, paths in rows:
        assert paths, attack
        for path in paths:
            assert (ROOT / path).exists(), path

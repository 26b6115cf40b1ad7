"""A file is whole under its name, or the old one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from waypost.files.digests import sha256_of
from waypost.files.writing import replacing


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.csv"
    with replacing(path) as making:
        making.write_text("one")
        assert not path.exists()
    with replacing(path) as making:
        making.write_text("two")
        assert path.read_text() == "one"
    assert path.read_text() == "two"
    assert [p.name for p in path.parent.iterdir()] == ["a.csv"]


def test_after_an_error_the_old_one_stays_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("one")
    with pytest.raises(ZeroDivisionError), replacing(path) as making:
        making.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "one"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.csv"):
        pass


def test_a_digest_is_known_from_other_tools(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")  # FIPS 180-4's own example
    assert sha256_of(tmp_path / "a").startswith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9c")

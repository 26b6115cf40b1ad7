"""A backup is one sealed file that opens whole, with its key alone, or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from waypost.files import backup
from waypost.files.backup import (
    BadBackup,
    make_backup_key,
    open_files,
    read_backup_key,
    seal_files,
)


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    make_backup_key(tmp_path / "key")
    return read_backup_key(tmp_path / "key")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "PIECE", 4_096)


def sealed(tmp_path: Path, key: bytes, content: bytes = b"Jordan Canary " * 2_000) -> Path:
    (tmp_path / "private.sqlite3").write_bytes(content)
    (tmp_path / "record-keys").write_bytes(b"seal x\n")
    names = ("private.sqlite3", "record-keys")
    seal_files({name: tmp_path / name for name in names}, tmp_path / "sealed", key)
    return tmp_path / "sealed"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("size", [0, 1, 4_095, 4_096, 4_097, 30_000])
def test_what_was_sealed_comes_back_readable_by_its_owner_alone(
    tmp_path: Path, key: bytes, size: int
) -> None:
    path = sealed(tmp_path, key, b"J" * size)
    assert open_files(path, tmp_path / "back", key) == ["private.sqlite3", "record-keys"]
    back = tmp_path / "back" / "private.sqlite3"
    assert back.read_bytes() == b"J" * size
    assert {mode(path), mode(back), mode(tmp_path / "key")} == {0o600}
    assert mode(tmp_path / "back") == 0o700


def test_nothing_of_it_can_be_read_without_the_key(tmp_path: Path, key: bytes) -> None:
    path = sealed(tmp_path, key)
    assert b"Jordan" not in path.read_bytes() and b"private" not in path.read_bytes()
    with pytest.raises(BadBackup, match="another"):
        open_files(path, tmp_path / "back", bytes(32))
    assert list((tmp_path / "back").iterdir()) == []


def test_any_changed_byte_or_missing_piece_is_noticed_before_a_file_is_put(
    tmp_path: Path, key: bytes
) -> None:
    path = sealed(tmp_path, key)
    whole = path.read_bytes()
    length = int.from_bytes(whole[17:21], "big") + 16  # the first piece with its length and nonce
    first, rest = whole[17 : 17 + length], whole[17 + length :]
    damaged = [bytes([whole[n] ^ 1 if n == at else whole[n] for n in range(len(whole))])
               for at in range(17, len(whole), 997)]  # fmt: skip
    damaged += [
        whole[:-1],
        whole[: 17 + length],
        whole[:17],
        whole[:17] + rest,
        whole[:17] + first + first + rest,
    ]
    for number, content in enumerate(damaged):
        path.write_bytes(content)
        with pytest.raises(BadBackup):
            open_files(path, tmp_path / f"back{number}", key)
        assert list((tmp_path / f"back{number}").iterdir()) == []


def test_a_key_is_never_written_over_and_a_folder_never_mixed(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(BadBackup, match="exists"):
        make_backup_key(tmp_path / "key")
    for text in ("", "zz", "00" * 31):
        (tmp_path / "bad").write_text(text)
        with pytest.raises(BadBackup, match="holds no key"):
            read_backup_key(tmp_path / "bad")
    with pytest.raises(BadBackup, match="not empty"):
        open_files(sealed(tmp_path, key), tmp_path, key)
    (tmp_path / "other").write_bytes(b"x")
    with pytest.raises(BadBackup, match="not a backup"):
        open_files(tmp_path / "other", tmp_path / "new", key)

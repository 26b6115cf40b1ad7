"""A store never changes: one changed bit anywhere is refused, and a signature says who made it."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from waypost.files import seal as sealing
from waypost.files.keys import BadKey, make_key, public_bytes, public_text, read_key
from waypost.files.seal import BrokenSeal, content_size, read_ahead, read_seal, write_seal
from waypost.files.store import (
    BadStoreFile,
    Store,
    StoreFault,
    open_immutable,
    sign_store,
    unsealed_copy,
)

NUMBER = 0x57415950


def store(path: Path) -> Path:
    """A small sealed store."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {NUMBER}")
    connection.execute("CREATE TABLE fact (site TEXT, phone TEXT)")
    rows = [(f"site_{n}", f"+1937555{n:04}") for n in range(500)]
    connection.executemany("INSERT INTO fact VALUES (?, ?)", rows)
    connection.commit()
    connection.close()
    write_seal(path)
    return path


@pytest.mark.parametrize("signed", [False, True], ids=["sealed", "signed"])
def test_a_changed_bit_anywhere_is_refused(tmp_path: Path, signed: bool) -> None:
    path = store(tmp_path / "store")
    if signed:
        make_key(tmp_path / "key")
        sign_store(path, read_key(tmp_path / "key"))
    whole = path.read_bytes()
    chosen = random.Random(9)
    inside = [chosen.randrange(len(whole) - sealing.SIZE) for _ in range(200)]
    for at in [*inside, *range(len(whole) - sealing.SIZE, len(whole))]:
        changed = bytearray(whole)
        changed[at] ^= 1 << chosen.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(BadStoreFile) as refused:
            Store(path, NUMBER)
        assert refused.value.fault in (StoreFault.DAMAGED, StoreFault.FOREIGN)
    path.write_bytes(whole)
    assert Store(path, NUMBER).rows("SELECT count(*) FROM fact") == [(500,)]


@pytest.mark.parametrize("size", [0, 1, 15, 100, 4096, -1, -sealing.SIZE, -sealing.SIZE - 1])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, size: int) -> None:
    path = store(tmp_path / "store")
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(BadStoreFile, match=r"seal|changed|cut off"):
        Store(path, NUMBER)


def test_other_files_are_called_what_they_are(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    for given, fault in (
        (path, StoreFault.FOREIGN),
        (tmp_path, StoreFault.UNOPENED),
        (tmp_path / "no", StoreFault.UNOPENED),
    ):
        with pytest.raises(BadStoreFile) as refused:
            Store(given, NUMBER + 1)
        assert refused.value.fault is fault


@pytest.mark.parametrize(
    "name", ["a#b", "a?b=1&mode=rwc", "100%41", "with a space", "näh\u202e", "a:b"]
)
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    path = store(tmp_path / name / "store")
    assert Store(path, NUMBER).rows("SELECT min(site) FROM fact") == [("site_0",)]
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_sealed_store_is_a_database_that_every_tool_opens(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    for connection in (sqlite3.connect(path), open_immutable(path)):
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (500,)
        connection.close()


def test_a_copy_is_written_to_and_sealed_again(tmp_path: Path) -> None:
    path, copy = store(tmp_path / "store"), tmp_path / "copy"
    unsealed_copy(path, copy)
    with copy.open("rb") as file:
        assert content_size(file) == copy.stat().st_size == path.stat().st_size - sealing.SIZE
    connection = sqlite3.connect(copy)
    connection.execute("INSERT INTO fact VALUES ('new', '')")
    connection.commit()
    connection.close()
    write_seal(copy)
    assert Store(copy, NUMBER).rows("SELECT count(*) FROM fact") == [(501,)]
    write_seal(copy)
    assert Store(copy, NUMBER).rows("SELECT count(*) FROM fact") == [(501,)]


def test_readers_go_on_while_a_store_is_signed(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    before = Store(path, NUMBER)
    public = make_key(tmp_path / "key")
    sign_store(path, read_key(tmp_path / "key"))
    assert before.seal.key == b"" and before.rows("SELECT count(*) FROM fact") == [(500,)]
    after = Store(path, NUMBER)
    assert after.seal.digest == before.seal.digest
    assert public_text(after.seal.key) == public


def test_what_has_changed_is_not_signed(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    path.write_bytes(path.read_bytes().replace(b"+19375550001", b"+19375559999"))
    make_key(tmp_path / "key")
    with pytest.raises(BrokenSeal):
        sign_store(path, read_key(tmp_path / "key"))


def test_a_key_is_its_owners_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    public = make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert public_text(read_key(path).public_key().public_bytes_raw()) == public
    assert public_text(public_bytes(f" {public}\n")) == public
    with pytest.raises(FileExistsError):
        make_key(path)


@pytest.mark.parametrize("text", ["", "abc", "ä", "A" * 44, "A" * 42 + "==", "A" * 64])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey, match="44 letters"):
        public_bytes(text)


def test_what_is_no_private_key_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    other = ec.generate_private_key(ec.SECP256R1())
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for data in (b"", b"no key", pem):
        (tmp_path / "key").write_bytes(data)
        with pytest.raises(BadKey, match="waypost snapshot key"):
            read_key(tmp_path / "key")


def test_read_seal_is_of_the_file_that_is_open(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    with path.open("rb") as file:
        path.unlink()
        assert len(read_seal(file).digest) == 32


def test_a_file_read_ahead_is_checked_like_any_other(tmp_path: Path) -> None:
    path = store(tmp_path / "store")
    read_ahead(path)
    assert Store(path, NUMBER).rows("SELECT count(*) FROM fact") == [(500,)]
    whole = bytearray(path.read_bytes())
    whole[5_000] ^= 1
    path.write_bytes(whole)
    read_ahead(path)
    with pytest.raises(BadStoreFile):
        Store(path, NUMBER)


def test_another_file_under_the_name_is_read_anew(tmp_path: Path) -> None:
    path, other = store(tmp_path / "store"), tmp_path / "other"
    other.write_bytes(path.read_bytes()[:5_000] + b"x" + path.read_bytes()[5_001:])
    read_ahead(path)
    other.replace(path)
    with pytest.raises(BadStoreFile):
        Store(path, NUMBER)


def test_what_cannot_be_read_ahead_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    read_ahead(tmp_path / "nothing")
    with pytest.raises(BadStoreFile):
        Store(tmp_path / "nothing", NUMBER)

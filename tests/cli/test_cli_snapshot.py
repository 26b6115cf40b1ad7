"""`waypost snapshot`: a copy on another machine is known for whose it is, and for whole."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from cli.country import carry, program, run
from publishing.test_publishing_faults import publish, site
from waypost.editions.downloads.files import DownloadKind, download_path, write_downloads
from waypost.files.keys import public_bytes, read_key
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import BadSnapshot, Current, Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path: Path, settings) -> Path:
    """A data folder with a small snapshot and its files for download."""
    settings.WAYPOST_DATA_DIR = folder = tmp_path / "data"
    folder.mkdir()
    publish(folder, [site(n) for n in range(5)])
    write_downloads(folder, Snapshot(folder / FILE_NAME))
    return folder


@pytest.fixture
def public(tmp_path: Path, settings) -> str:
    """A key is made and set; its public half."""
    result = run("snapshot", "key", str(tmp_path / "key"))
    assert result.exit_code == 0
    settings.WAYPOST_SIGNING_KEY = tmp_path / "key"
    return re.search(r"WAYPOST_SNAPSHOT_SIGNED_BY=(\S{44})\n", result.output)[1]


def test_a_published_snapshot_is_signed_and_checked_elsewhere(
    data: Path, public: str, tmp_path: Path
) -> None:
    unsigned = run("snapshot", "verify")
    assert unsigned.exit_code == 0 and "Nobody signed it." in unsigned.output
    assert run("snapshot", "verify", "--signed-by", public).exit_code == 4
    assert run("snapshot", "sign").exit_code == 0
    copy = tmp_path / "copy.sqlite3"
    snapshot = Snapshot(data / FILE_NAME)
    plain, packed = (
        download_path(data, snapshot.version, DownloadKind.SQLITE, packed=p) for p in (False, True)
    )
    for content in (plain.read_bytes(), gzip.decompress(packed.read_bytes())):
        copy.write_bytes(content)
        result = run("snapshot", "verify", str(copy), "--signed-by", public)
        assert result.exit_code == 0, result.output
        assert "copy.sqlite3 is whole: 5 sites" in " ".join(result.output.split())
    other = (
        run("snapshot", "key", str(tmp_path / "other")).output.rpartition("SIGNED_BY=")[2].strip()
    )
    refused = run("snapshot", "verify", str(copy), "--signed-by", other)
    assert refused.exit_code == 4 and "not with the key" in " ".join(refused.output.split())


def test_a_server_that_names_a_key_reads_nothing_else(data: Path, public: str) -> None:
    path = data / FILE_NAME
    current = Current(path, public_bytes(public))
    with pytest.raises(BadSnapshot, match="signed by nobody"):
        current.get()
    run("snapshot", "sign")
    signed = current.get()
    publish(data, [site(n) for n in range(6)])  # somebody puts another in its place
    assert current.get() is signed


def test_publish_signs_by_itself(
    tmp_path: Path, settings, public: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    monkeypatch.setattr("waypost.cli.publish_command.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2024=[program(n) for n in range(1, 4)])
    assert run("publish").exit_code == 0
    signed = Snapshot(tmp_path / "data" / FILE_NAME, public_bytes(public))
    assert signed.signed_by == read_key(tmp_path / "key").public_key().public_bytes_raw()
    assert run("doctor").output.count(f"signed with {public}") == 1


def test_each_mistake_ends_with_a_sentence(
    data: Path, public: str, tmp_path: Path, settings
) -> None:
    key = str(tmp_path / "key")
    changed = tmp_path / "changed"
    changed.write_bytes((data / FILE_NAME).read_bytes().replace(b"Center 3", b"Center 4", 1))
    for arguments, code, words in (
        (("key", key), 2, "already exists"),
        (("key", str(tmp_path / "no" / "folder")), 4, "cannot be written"),
        (("verify", "--signed-by", "abc"), 2, "44 letters"),
        (("verify", "--signed-by", ""), 2, "44 letters"),
        (("verify", str(tmp_path / "none")), 3, "no snapshot"),
        (("verify", str(changed)), 4, "has changed since it was published"),
        (("sign", str(changed)), 4, "has changed since it was published"),
        (("sign", key), 4, "cannot be read"),
    ):
        result = run("snapshot", *arguments)
        assert result.exit_code == code, arguments
        assert words in " ".join(result.output.split())
    for path, words in (
        (data / FILE_NAME, "holds no private key"),
        (tmp_path / "none", "No such file"),
    ):
        settings.WAYPOST_SIGNING_KEY = path
        result = run("snapshot", "sign")
        assert result.exit_code == 4 and words in " ".join(result.output.split())
    settings.WAYPOST_SIGNING_KEY = None
    assert run("snapshot", "sign").exit_code == 2

"""Settings: each is read, and each that cannot be used ends the start with a sentence."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.config import setting_values
from waypost.config.environment import BadSetting, read_environment

LONG = "x" * 32


@pytest.fixture
def folder(tmp_path: Path) -> dict[str, str]:
    return {"WAYPOST_DATA_DIR": str(tmp_path)}


def test_nothing_need_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setting_values, "usual_data_dir", lambda: tmp_path / "new")
    found = read_environment({})
    assert found.data_dir == tmp_path / "new"
    assert found.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")
    assert (found.debug, found.database_url, found.tile_url) == (False, "", "")
    assert found.base_url == "http://127.0.0.1:8000"


def test_an_empty_value_is_as_none(folder: dict[str, str]) -> None:
    names = [name for name in _names() if name != "WAYPOST_DATA_DIR"]
    assert read_environment(folder | dict.fromkeys(names, "")) == read_environment(folder)


def _names() -> set[str]:
    text = (Path(setting_values.__file__).parent / "environment.py").read_text("utf-8")
    return set(re.findall(r"WAYPOST_[A-Z_]+", text))


def test_what_is_set_is_read(folder: dict[str, str]) -> None:
    found = read_environment(
        folder
        | {
            "WAYPOST_SECRET_KEY": LONG,
            "WAYPOST_DEBUG": "Yes",
            "WAYPOST_ALLOWED_HOSTS": "waypost.example.org, .example.net,[::1],*",
            "WAYPOST_DATABASE_URL": "postgresql://me:p%40ss@db.example.org:5432/way%20post",
            "WAYPOST_BASE_URL": "https://waypost.example.org/",
            "WAYPOST_TILE_URL": "https://t.example.org/{z}/{x}/{y}.png",
            "WAYPOST_LIVE_URL": "https://private.example.org/",
            "WAYPOST_TRUSTED_PROXIES": "10.0.0.1, ::1",
            "WAYPOST_SNAPSHOT_SIGNED_BY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        }
    )
    assert (found.secret_key, found.debug) == (LONG, True)
    assert found.allowed_hosts == ("waypost.example.org", ".example.net", "[::1]", "*")
    assert found.base_url == "https://waypost.example.org"
    assert found.signed_by == bytes(range(32))
    assert found.live_url == "https://private.example.org"
    assert found.trusted_proxies == {"10.0.0.1", "::1"}
    assert "p%40ss" in found.database_url


WRONG = [
    ("WAYPOST_DATA_DIR", "var", "a full path"),
    ("WAYPOST_DATA_DIR", "~nobody-of-this-name/x", "a full path"),
    ("WAYPOST_DATA_DIR", "/dev/null", "this user may read and write"),
    ("WAYPOST_DATA_DIR", "/proc/waypost", "this user may read and write"),
    ("WAYPOST_SECRET_KEY", "short", "at least 32 characters"),
    ("WAYPOST_DEBUG", "maybe", "set it to 1 or 0"),
    ("WAYPOST_NONCOMMERCIAL_INSTRUMENTS", "2", "set it to 1 or 0"),
    ("WAYPOST_ALLOWED_HOSTS", "https://example.org", "no scheme, no port, no path"),
    ("WAYPOST_ALLOWED_HOSTS", "example.org:8000", "no scheme, no port, no path"),
    ("WAYPOST_ALLOWED_HOSTS", "a b", "host names"),
    ("WAYPOST_ALLOWED_HOSTS", ",", "host names"),
    ("WAYPOST_DATABASE_URL", "mysql://db/name", "postgresql://"),
    ("WAYPOST_DATABASE_URL", "postgresql://db.example.org", "postgresql://"),
    ("WAYPOST_DATABASE_URL", "postgresql:///name", "postgresql://"),
    ("WAYPOST_DATABASE_URL", "postgresql://db:port/name", "postgresql://"),
    ("WAYPOST_BASE_URL", "waypost.example.org", "an address like https://"),
    ("WAYPOST_BASE_URL", "ftp://example.org", "an address like https://"),
    ("WAYPOST_BASE_URL", "http://[bad", "an address like https://"),
    ("WAYPOST_BASE_URL", "http://example.org:port", "an address like https://"),
    ("WAYPOST_BASE_URL", "http://", "an address like https://"),
    ("WAYPOST_TILE_URL", "https://t.example.org/1.png", "{z}, {x} and {y}"),
    ("WAYPOST_TILE_URL", "https://[{z}/{x}/{y}", "{z}, {x} and {y}"),
    ("WAYPOST_LIVE_URL", "private.example.org", "an address like https://"),
    ("WAYPOST_TRUSTED_PROXIES", "proxy.example", "IP addresses"),
    ("WAYPOST_SIGNING_KEY", "signing.pem", "a full path"),
    ("WAYPOST_SNAPSHOT_SIGNED_BY", "/etc/waypost/signing.pem", "44 letters"),
]


@pytest.mark.parametrize(("name", "value", "says"), WRONG)
def test_a_value_that_cannot_be_used_says_what_to_set(
    name: str, value: str, says: str, folder: dict[str, str]
) -> None:
    with pytest.raises(BadSetting) as caught:
        read_environment(folder | {name: value})
    assert name in str(caught.value)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_secret_is_never_told_back(folder: dict[str, str]) -> None:
    for name, value in (
        ("WAYPOST_SECRET_KEY", "hunter2"),
        ("WAYPOST_DATABASE_URL", "mysql://me:hunter2@db/name"),
    ):
        with pytest.raises(BadSetting) as caught:
            read_environment(folder | {name: value})
        assert "hunter2" not in str(caught.value)


def test_postgresql_without_its_driver_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, folder: dict[str, str]
) -> None:
    monkeypatch.setattr(setting_values, "find_spec", lambda name: None)
    with pytest.raises(BadSetting, match="pip install"):
        read_environment(folder | {"WAYPOST_DATABASE_URL": "postgresql://db/name"})


@given(st.sampled_from(sorted(_names())), st.text(st.characters(exclude_characters="\x00")))
def test_no_text_is_a_stack_trace(name: str, text: str) -> None:
    env = {"WAYPOST_SECRET_KEY": LONG, name: text}
    try:
        read_environment(env)
    except BadSetting as error:
        assert name in str(error)


def test_a_key_is_made_once_and_is_its_owners_alone(folder: dict[str, str], tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as workers:
        keys = set(workers.map(lambda _: read_environment(folder).secret_key, range(40)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("held", [b"", b"short", b"\xff" * 64])
def test_a_damaged_key_says_what_to_do(held: bytes, folder: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(held)
    with pytest.raises(BadSetting, match="is damaged; delete it"):
        read_environment(folder)


@pytest.mark.parametrize(
    ("name", "value"), [("WAYPOST_DEBUG", "maybe"), ("WAYPOST_DATABASE_URL", "mysql://db/x")]
)
def test_the_program_ends_with_the_sentence_and_a_code(
    name: str, value: str, folder: dict[str, str]
) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "waypost.config.command", "doctor"],
        env=os.environ | folder | {name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 78  # EX_CONFIG
    assert told.stdout == ""
    assert told.stderr.startswith("waypost: ") and name in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1

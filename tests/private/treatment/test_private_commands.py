"""`waypost private` and `waypost keys`: a backup restored, keys turned over, a report without names."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer

from waypost.accounts.actions import found_organization
from waypost.cli import private_commands as commands
from waypost.files.keyring import CannotOpen, Keyring, read_keyring, write_keyring
from waypost.treatment.records.actions import add_person
from waypost.treatment.records.models import PersonInCare
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import person_in_care

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def private(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder with a database and its keys, as a started desk leaves it."""
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    write_keyring(folder / "record-keys", settings.WAYPOST_KEYRING)
    settings.PRIVATE = replace(settings.PRIVATE, folder=folder, keys_file=folder / "record-keys")
    monkeypatch.setattr(commands, "with_private_database", lambda: None)
    return folder


def with_rows(folder: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    path = folder / commands.DATABASE
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE people (words TEXT)")
        database.execute("INSERT INTO people VALUES ('sealed words')")
        database.commit()
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    return path


def test_a_backup_is_restored_with_its_keys_and_every_file_is_its_owners_alone(
    private: Path, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    with_rows(private, monkeypatch, settings)
    key, sealed, back = tmp_path / "key", tmp_path / "backup", tmp_path / "back"
    commands.backup_key(key)
    commands.backup(sealed, key)
    assert b"sealed words" not in sealed.read_bytes() and list(private.glob("tmp*")) == []
    commands.restore(sealed, back, key)
    with closing(sqlite3.connect(back / commands.DATABASE)) as database:
        assert database.execute("SELECT words FROM people").fetchall() == [("sealed words",)]
    assert read_keyring(back / "record-keys") == settings.WAYPOST_KEYRING
    files = [key, sealed, *back.iterdir()]
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
    assert "2 files, sealed" in capsys.readouterr().out


def test_a_damaged_backup_or_another_key_stops_with_a_sentence(
    private: Path, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    with_rows(private, monkeypatch, settings)
    for name in ("key", "other"):
        commands.backup_key(tmp_path / name)
    commands.backup(tmp_path / "backup", tmp_path / "key")
    for made in (
        lambda: commands.restore(tmp_path / "backup", tmp_path / "back", tmp_path / "other"),
        lambda: commands.restore(tmp_path / "backup", private, tmp_path / "key"),
        lambda: commands.backup(tmp_path / "x", tmp_path / "none"),
        lambda: commands.backup_key(tmp_path / "key"),
    ):
        with pytest.raises(typer.Exit):
            made()
    said = capsys.readouterr().err
    assert all(
        word in said for word in ("another one", "not empty", "holds no key", "never overwritten")
    )


@pytest.mark.django_db
def test_the_keys_are_turned_over_and_the_old_one_goes_only_when_asked(
    private: Path, settings, capsys
) -> None:
    owner = Owner(found_organization(name="River House", kind="program", by="t", now=NOW))
    before = settings.WAYPOST_KEYRING
    person = add_person(owner, words=PersonWords("Jordan Canary"), by="t", now=NOW)
    commands.rotate(drop_old=False)
    kept = read_keyring(private / "record-keys")
    assert kept.seals[1:] == before.seals and kept.mark == before.mark
    assert person_in_care(owner, person).words.name == "Jordan Canary"
    commands.rotate(drop_old=True)
    settings.WAYPOST_KEYRING = newest = read_keyring(private / "record-keys")
    assert len(newest.seals) == 1 and person_in_care(owner, person).words.name == "Jordan Canary"
    settings.WAYPOST_KEYRING = Keyring(before.mark, before.seals)
    with pytest.raises(CannotOpen):
        person_in_care(owner, person)
    assert capsys.readouterr().out.count("1 texts sealed again") == 2


@pytest.mark.django_db
def test_the_report_of_retention_names_records_and_nobody(private: Path, capsys) -> None:
    owner = Owner(found_organization(name="River House", kind="program", by="t", now=NOW))
    old = add_person(
        owner, words=PersonWords("Jordan Canary"), by="t", now=NOW - timedelta(days=9_000)
    )
    commands.retention()
    said = capsys.readouterr().out
    assert f"{owner.organization}: 1 erased, 0 kept, next none" in said and old in said
    assert "Canary" not in said and PersonInCare.objects.count() == 0

"""What is sealed opens in its own place with any key of the ring, and with nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from waypost.files.keyring import (
    BadKeyring,
    CannotOpen,
    Keyring,
    kept_keyring,
    new_keyring,
    read_keyring,
    with_new_seal,
    write_keyring,
)

TEXT = "José Núñez, +1 512 555 0100\x1f😀"


@pytest.fixture
def ring() -> Keyring:
    """A new one."""
    return new_keyring()


@pytest.mark.parametrize("text", ["", TEXT], ids=["empty", "odd"])
def test_what_is_sealed_opens_again_and_shows_nothing(ring: Keyring, text: str) -> None:
    sealed = ring.seal(text, "contact.number")
    assert ring.open(sealed, "contact.number") == text
    assert text == "" or text not in sealed


def test_it_opens_in_its_own_place_only(ring: Keyring) -> None:
    with pytest.raises(CannotOpen, match=r"for contact\.number, not for note\.text"):
        ring.open(ring.seal(TEXT, "contact.number"), "note.text")


@pytest.mark.parametrize("change", ["cut", "flip", "foreign", "plain"])
def test_what_was_changed_or_sealed_elsewhere_does_not_open(ring: Keyring, change: str) -> None:
    sealed = ring.seal(TEXT, "a")
    middle = len(sealed) // 2
    flipped = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    bad = {
        "cut": sealed[:-4],
        "flip": flipped,
        "foreign": new_keyring().seal(TEXT, "a"),
        "plain": TEXT,
    }[change]
    with pytest.raises(CannotOpen):
        ring.open(bad, "a")


def test_a_new_key_seals_and_the_old_ones_still_open(ring: Keyring) -> None:
    old = ring.seal(TEXT, "a")
    newer = with_new_seal(ring)
    assert newer.open(old, "a") == TEXT
    assert ring.is_newest(old) and not newer.is_newest(old)
    assert newer.is_newest(newer.seal(TEXT, "a"))
    with pytest.raises(CannotOpen):
        ring.open(newer.seal(TEXT, "a"), "a")


def test_a_digest_stays_when_keys_are_turned_over_and_differs_by_place(ring: Keyring) -> None:
    assert ring.digest("+15125550100", "phone") == with_new_seal(ring).digest(
        "+15125550100", "phone"
    )
    assert ring.digest("+15125550100", "phone") != ring.digest("+15125550100", "other")
    assert ring.digest("+15125550100", "phone") != new_keyring().digest("+15125550100", "phone")


def test_the_keys_are_not_in_what_is_printed(ring: Keyring) -> None:
    assert ring.seals[0] not in repr(ring)


def test_it_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "private" / "record-keys"
    first = kept_keyring(path)
    write_keyring(path, new_keyring())  # another process that came too late
    assert kept_keyring(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_keyring(path, with_new_seal(first), over=True)
    assert read_keyring(path).seals[1:] == first.seals
    assert [file.name for file in path.parent.iterdir()] == ["record-keys"]


@pytest.mark.parametrize(
    "text", ["", "mark", "mark AAAA\n", "seal AAAA\nmark AAAA\n", "mark é\n", "mark !!\nseal !!\n"],
    ids=["empty", "half", "no seal", "short", "letters", "noise"],
)  # fmt: skip
def test_a_damaged_file_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record-keys"
    path.write_text(text, "utf-8")
    with pytest.raises(BadKeyring, match="restore it from its backup"):
        kept_keyring(path)
    assert path.read_text("utf-8") == text

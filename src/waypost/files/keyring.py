"""Keys that seal a person's words at rest: made once, kept by their owner alone, turned over.

The file has one key a line: ``mark KEY`` first, then ``seal KEY`` lines, the newest first. The
newest seals; each of them opens, so a new key can be put in front while rows still hold the old.
The mark is never turned over, since what it made (a suppressed telephone number) is never opened.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from waypost.files.writing import replacing, write_once

_BETWEEN = "\x1f"


class CannotOpen(ValueError):
    """Sealed text that none of the keys opens, or that was sealed for another place."""


class BadKeyring(ValueError):
    """A file of keys that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """``mark`` makes keyed digests; ``seals`` are Fernet keys, the newest first."""

    mark: bytes = field(repr=False)
    seals: tuple[str, ...] = field(repr=False)

    def seal(self, text: str, place: str) -> str:
        """``text`` sealed for one place, such as ``contact.number``; readable there alone."""
        return self._keys().encrypt(f"{place}{_BETWEEN}{text}".encode()).decode()

    def open(self, sealed: str, place: str) -> str:
        """What was sealed for this place.

        Raises:
            CannotOpen: no key fits, a letter was changed, or it was sealed for another place.
        """
        try:
            there, _, text = self._keys().decrypt(sealed.encode()).decode().partition(_BETWEEN)
        except (InvalidToken, UnicodeError):
            raise CannotOpen("None of the keys opens this.") from None
        if there != place:
            raise CannotOpen(f"This was sealed for {there}, not for {place}.")
        return text

    def is_newest(self, sealed: str) -> bool:
        """Whether the newest key sealed it; otherwise it is to be sealed again."""
        try:
            Fernet(self.seals[0]).decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def digest(self, text: str, place: str) -> str:
        """A keyed digest in hex, the same for the same text, of which nobody can guess the text."""
        return hmac.new(self.mark, f"{place}{_BETWEEN}{text}".encode(), hashlib.sha256).hexdigest()

    def _keys(self) -> MultiFernet:
        return _made_keys(self.seals)


@lru_cache(maxsize=8)
def _made_keys(seals: tuple[str, ...]) -> MultiFernet:
    """Made once a keyring: a page opens dozens of rows, a worker two texts for each it sends."""
    return MultiFernet([Fernet(key) for key in seals])


def new_keyring() -> Keyring:
    """A keyring with one new key of each kind."""
    return Keyring(secrets.token_bytes(32), (Fernet.generate_key().decode(),))


def with_new_seal(keyring: Keyring) -> Keyring:
    """The same with a new key in front, which seals from now on."""
    return Keyring(keyring.mark, (Fernet.generate_key().decode(), *keyring.seals))


def read_keyring(path: Path) -> Keyring:
    """The keyring of this file.

    Raises:
        BadKeyring: it is damaged, or cannot be read.
    """
    try:
        lines = [line.split(" ", 1) for line in path.read_text("ascii").split("\n") if line]
        marks = [base64.b64decode(key, validate=True) for kind, key in lines if kind == "mark"]
        seals = tuple(key for kind, key in lines if kind == "seal")
        for key in seals:
            Fernet(key)
    except (OSError, ValueError) as error:
        raise BadKeyring(f"{path} cannot be read as keys; restore it from its backup.") from error
    if len(marks) != 1 or not seals:
        raise BadKeyring(f"{path} lacks a key; restore it from its backup.")
    return Keyring(marks[0], seals)


def write_keyring(path: Path, keyring: Keyring, *, over: bool = False) -> None:
    """Write the keys so that only their owner reads them; an existing file stays unless ``over``.

    Several processes may start at once: the first to put its file in place wins.
    """
    lines = [f"mark {base64.b64encode(keyring.mark).decode()}"]
    lines += [f"seal {key}" for key in keyring.seals]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = "\n".join(lines) + "\n"
    if not over:
        write_once(path, text)
        return
    with replacing(path) as making:
        making.touch(0o600)
        making.write_text(text, "ascii")


def kept_keyring(path: Path) -> Keyring:
    """The keyring of this file, made where there is none; `BadKeyring` where it is damaged."""
    if not path.exists():
        write_keyring(path, new_keyring())
    return read_keyring(path)
